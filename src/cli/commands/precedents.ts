/** `osteon precedents`: train the network, build the index, evaluate, study. */

import { Command, Option } from "commander";
import { type HashFamily, hashFamilies } from "../../retrieval/hashing/hashing.ts";
import { local } from "../../server/access/guard-access.ts";
import { askForHelp } from "../../server/jobs/ask-for-help.ts";
import {
  buildIndex,
  evaluatePrecedents,
  mostHeldOut,
  type PresetName,
  presets,
  type Target,
  type TrainOptions,
  targets,
  trainPrecedents,
} from "../../systems/precedents/index.ts";
import { readWeightsFile } from "../../systems/training/index.ts";
import {
  type CommonOptions,
  interruptSignal,
  numberBetween,
  wholeNumber,
  withCommonOptions,
  withHome,
} from "../context.ts";
import { answer, count, say } from "../output.ts";
import { duration, type Progress, startProgress } from "../progress.ts";
import { studyCommand } from "./precedents-study.ts";

interface TrainCommandOptions extends CommonOptions {
  readonly target?: Target;
  readonly preset: PresetName;
  readonly epochs?: number;
  readonly weights?: string;
  readonly holdOut?: number;
}

interface IndexCommandOptions extends CommonOptions {
  readonly codes?: HashFamily;
  readonly bits?: number;
  readonly helpers?: number;
}

/** The options that say what is learned and how long. */
const withTrainingOptions = (command: Command): Command =>
  withCommonOptions(command)
    .addOption(
      new Option("--target <target>", "what is learned; by default the first with two values").choices([...targets]),
    )
    .addOption(new Option("--preset <name>", "the settings").choices(Object.keys(presets)).default("small"))
    .option("--epochs <n>", "epochs of each network, instead of what the preset says", wholeNumber(1))
    .option("--weights <file>", "what the networks begin with: .pth, .safetensors or .onnx");

export const precedentsCommand = (): Command =>
  new Command("precedents")
    .description("the similar past patients: network, index, evaluation")
    .addCommand(
      withTrainingOptions(new Command("train"))
        .description("train the network on the labelled radiographs; goes on with an unfinished run")
        .option(
          "--hold-out <share>",
          "the share of patients whom the network is kept from, so that links can promise something of new ones",
          numberBetween(0, mostHeldOut),
        )
        .action(train),
    )
    .addCommand(
      withCommonOptions(new Command("index"))
        .description("features and hash codes of every radiograph in the home")
        .addOption(new Option("--codes <family>", "how the hash functions are found").choices([...hashFamilies]))
        .option(
          "--bits <n>",
          "bits of a code, a multiple of 32; by default as the model's settings say",
          wholeNumber(32),
        )
        .option(
          "--helpers <n>",
          "workers that are asked to help, where the database is on a server; all by default",
          wholeNumber(0),
        )
        .action(index),
    )
    .addCommand(
      withTrainingOptions(new Command("evaluate"))
        .description("split by patient, train on 80 %, link the rest: every figure with its interval")
        .action(evaluate),
    )
    .addCommand(studyCommand());

/** What a command that trains hands on: its options, its interrupt, and where it tells how far it is. */
const trainingOptions = async (options: TrainCommandOptions, progress: Progress): Promise<TrainOptions> => ({
  settings: presets[options.preset],
  seed: options.seed,
  ...(options.target ? { target: options.target } : {}),
  ...(options.epochs ? { epochs: options.epochs } : {}),
  ...(options.weights === undefined ? {} : { begin: await readWeightsFile(options.weights) }),
  ...(options.holdOut ? { holdOut: options.holdOut } : {}),
  signal: interruptSignal(),
  now: () => new Date(),
  onResume: (epochsDone) => say(`Going on with an unfinished run after ${count(epochsDone, "epoch")}.`, options),
  onEpoch: ({ epoch, epochs, loss, accuracy }) =>
    progress.update(epoch, epochs, `loss ${loss.toFixed(3)}, accuracy ${accuracy.toFixed(3)}`),
});

const train = async (options: TrainCommandOptions): Promise<void> => {
  const start = performance.now();
  const report = await withHome(options, { command: "precedents train" }, async (home) => {
    const progress = startProgress("Training", options);
    try {
      return await trainPrecedents(home, await trainingOptions(options, progress));
    } finally {
      progress.end();
    }
  });
  const seconds = (performance.now() - start) / 1e3;
  const text = [
    `Trained on ${count(report.radiographs, "radiograph")} of ${count(report.patients, "patient")},`,
    ...(report.heldOutPatients > 0 ? [`kept from ${count(report.heldOutPatients, "patient")},`] : []),
    ...(report.lesions > 0 ? [`with ${count(report.lesions, "marked lesion")},`] : []),
    `${report.classes.length} values of "${report.target}", ${count(report.networks, "network")} of ${count(report.epochs, "epoch")} in ${duration(seconds)}: run ${report.run}.`,
  ].join(" ");
  answer({ ...report, ms: Math.round(seconds * 1e3) }, text, options);
};

const index = async (options: IndexCommandOptions): Promise<void> => {
  const start = performance.now();
  const { codes: family, bits, helpers = null } = options;
  const now = (): Date => new Date();
  const hashing = { ...(family ? { family } : {}), ...(bits ? { bits } : {}) };
  const report = await withHome(options, { command: "precedents index" }, async (home) => {
    const progress = startProgress("Indexing", options);
    try {
      return await buildIndex(home, {
        hashing,
        signal: interruptSignal(),
        now,
        onProgress: progress.update,
        onSlices: (work) => askForHelp(home, work, { helpers, person: local, now }),
      });
    } finally {
      progress.end();
    }
  });
  const text = `Indexed ${count(report.radiographs, "radiograph")} of ${count(report.patients, "patient")} with ${report.bits} bits each (${report.family}) by ${count(report.embedded, "new embedding")}: run ${report.run}.`;
  answer({ ...report, ms: Math.round(performance.now() - start) }, text, options);
};

const evaluate = async (options: TrainCommandOptions): Promise<void> => {
  const report = await withHome(options, { command: "precedents evaluate" }, async (home) => {
    const progress = startProgress("Training", options);
    try {
      return await evaluatePrecedents(home, await trainingOptions(options, progress));
    } finally {
      progress.end();
    }
  });
  const rows = report.figures.map(
    ({ name, value, interval: [low, high] }) =>
      `  ${name.padEnd(34)} ${value.toFixed(3)}  [${low.toFixed(3)}, ${high.toFixed(3)}]`,
  );
  const labels = report.labels.map(
    ({ label, precision, recall, support }) =>
      `  ${label.padEnd(34)} precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, ${count(support, "radiograph")}`,
  );
  const head = `${count(report.testRadiographs, "radiograph")} of ${count(report.testPatients, "patient")} linked to ${count(report.trainPatients, "patient")}; 95 % intervals by patient: run ${report.run}.`;
  answer(report, [head, ...rows, "Plurality vote@5 by label:", ...labels].join("\n"), options);
};
