/** `osteon transfer`: pretraining on radiographs without labels, and what it is worth on a small task. */

import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { OsteonError, shown } from "../../errors.ts";
import { checkChosenFile, type Home, listImages, writeChosenFile } from "../../store/index.ts";
import { type NetworkName, networkNames, readWeightsFile } from "../../systems/training/index.ts";
import {
  evaluateTransfer,
  imagesNamedIn,
  modelCardName,
  patientsOfClasses,
  pretrainedName,
  pretrainNetwork,
  type TransferPresetName,
  type TransferReport,
  type TransferSettings,
  type TransferTarget,
  transferPresets,
  transferTargets,
  withDownstream,
  withNetwork,
} from "../../systems/transfer/index.ts";
import { type CommonOptions, interruptSignal, wholeNumber, withCommonOptions, withHome } from "../context.ts";
import { answer, count, say } from "../output.ts";
import { duration, startProgress } from "../progress.ts";

export const transferCommand = (): Command =>
  new Command("transfer")
    .description("pretraining by cluster numbers, and what it is worth on a small task")
    .addCommand(pretrain())
    .addCommand(evaluate());

interface NetworkOptions extends CommonOptions {
  readonly preset: TransferPresetName;
  readonly network?: NetworkName;
  readonly imageSize?: number;
  readonly epochs?: number;
}

const withNetworkOptions = (command: Command): Command =>
  withCommonOptions(command)
    .addOption(new Option("--preset <name>", "the settings").choices(Object.keys(transferPresets)).default("small"))
    .addOption(new Option("--network <name>", "instead of what the preset says").choices([...networkNames]))
    .option(
      "--image-size <pixels>",
      "side of the network's input, instead of what the preset says",
      wholeNumber(32, 512),
    )
    .option("--epochs <n>", "instead of what the preset says", wholeNumber(1));

const settingsOf = (options: NetworkOptions): TransferSettings => withNetwork(transferPresets[options.preset], options);

interface PretrainCommandOptions extends NetworkOptions {
  readonly clustering?: string;
  readonly weights?: string;
  readonly fromNothing: boolean;
  readonly for?: TaskNames;
  readonly leaveOut?: string;
  readonly out?: string;
}

interface TaskNames {
  readonly target: TransferTarget;
  readonly classes: readonly string[];
}

/** `entity=A,B`. */
const taskNames = (text: string): TaskNames => {
  const [target = "", classes = ""] = text.split(/=(.*)/s);
  if (!transferTargets.includes(target as TransferTarget))
    throw new InvalidArgumentError(`Name it as ${transferTargets[0]}=A,B, with one of ${transferTargets.join(", ")}.`);
  return { target: target as TransferTarget, classes: classNames(classes) };
};

const classNames = (text: string): string[] =>
  text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

const pretrain = (): Command =>
  withNetworkOptions(new Command("pretrain"))
    .description("learns the cluster numbers of the archive's radiographs; goes on with an unfinished run")
    .option("--clustering <run>", "another than the newest")
    .option("--weights <file>", "what it begins with: .pth, .safetensors, .onnx or .tflite")
    .option("--from-nothing", "random weights, also where the clustering has a network of the same kind", false)
    .option(
      "--for <target=classes>",
      "the task it is for: nothing is learned from patients of these classes",
      taskNames,
    )
    .option(
      "--leave-out <file>",
      "a CSV table whose column image names radiographs; nothing is learned of their patients",
    )
    .option("--out <file>", "the weights as a file, a model card in Markdown beside it")
    .action(async (options: PretrainCommandOptions) => {
      if (options.out !== undefined) for (const file of outFiles(options.out)) await checkChosenFile(file);
      const begin = options.fromNothing ? "nothing" : options.weights && (await readWeightsFile(options.weights));
      if (options.fromNothing && options.weights !== undefined)
        throw new OsteonError("bad-usage", "Begin either from nothing or with weights; leave one of the two out.");
      const report = await withHome(options, { command: "transfer pretrain" }, async (home) => {
        const leaveOut = await leftOut(home, options);
        const progress = startProgress("Pretraining", options);
        try {
          const done = await pretrainNetwork(home, {
            settings: settingsOf(options),
            seed: options.seed,
            clustering: options.clustering,
            begin: begin || undefined,
            epochs: options.epochs,
            leaveOut,
            signal: interruptSignal(),
            now: () => new Date(),
            onResume: (epochs) => say(`Going on with an unfinished run after ${count(epochs, "epoch")}.`, options),
            onEpoch: ({ epoch, epochs, loss, accuracy }) =>
              progress.update(epoch, epochs, `loss ${loss.toFixed(3)}, accuracy ${accuracy.toFixed(3)}`),
          });
          if (options.out !== undefined) {
            const [weightsFile, cardFile] = outFiles(options.out);
            await writeChosenFile(weightsFile, await home.files.readArtefact(done.run, pretrainedName));
            await writeChosenFile(cardFile, await home.files.readArtefact(done.run, modelCardName));
          }
          return done;
        } finally {
          progress.end();
        }
      });
      const { network, radiographs, patients, clusters, figures, seconds, run } = report;
      const told = figures.map(
        ({ name, value, interval: [low, high] }) =>
          `  ${name.padEnd(20)} ${value.toFixed(3)}  [${low.toFixed(3)}, ${high.toFixed(3)}]`,
      );
      const head = `${network} learned ${clusters} clusters of ${count(radiographs, "radiograph")} of ${count(patients, "patient")} in ${duration(seconds)}: run ${run}.`;
      answer(report, [head, ...told].join("\n"), options);
    });

/** The weights, and the model card beside them. */
const outFiles = (file: string): readonly [weights: string, card: string] => [
  file,
  `${file.replace(/\.safetensors$/, "")}.md`,
];

const leftOut = async ({ database }: Home, { for: task, leaveOut }: PretrainCommandOptions) => {
  const images = await listImages(database);
  const named = leaveOut === undefined ? [] : imagesNamedIn(await readTable(leaveOut), images);
  return new Set([...(task ? patientsOfClasses(images, task) : []), ...named.map(({ patient }) => patient)]);
};

interface EvaluateCommandOptions extends NetworkOptions {
  readonly target: TransferTarget;
  readonly classes: readonly string[];
  readonly only?: string;
  readonly weights?: string;
  readonly pretrained?: string;
  readonly seeds?: number;
  readonly folds?: number;
  readonly images?: number;
  readonly allowOverlap: boolean;
}

/** `imagenet=FILE`, or the file alone. */
const imageNetFile = (text: string): string => text.replace(/^imagenet=/, "");

const evaluate = (): Command =>
  withNetworkOptions(new Command("evaluate"))
    .description("the same network from nothing, from ImageNet's weights and from pretrained ones, on a small task")
    .addOption(
      new Option("--target <target>", "what is told apart").choices([...transferTargets]).default(transferTargets[0]),
    )
    .requiredOption("--classes <names>", "two values of the target or more, separated by commas", classNames)
    .option("--only <file>", "a CSV table whose column image names the radiographs of the task")
    .option("--weights <imagenet=file>", "weights of ImageNet: .pth, .safetensors, .onnx or .tflite", imageNetFile)
    .option("--pretrained <run>", "another pretraining than the newest")
    .option("--images <n>", "as many radiographs, drawn anew for each seed; all by default", wholeNumber(4))
    .option("--seeds <n>", "instead of what the preset says", wholeNumber(1, 100))
    .option("--folds <n>", "of each seed's cross-validation, instead of what the preset says", wholeNumber(2, 20))
    .option("--allow-overlap", "test also on patients whom the pretraining learned from", false)
    .action(async (options: EvaluateCommandOptions) => {
      const imageNet = options.weights === undefined ? undefined : await readWeightsFile(options.weights);
      const report = await withHome(options, { command: "transfer evaluate" }, async (home) => {
        const { only } = options;
        const named =
          only === undefined ? undefined : imagesNamedIn(await readTable(only), await listImages(home.database));
        const progress = startProgress("Networks", options);
        try {
          return await evaluateTransfer(home, {
            settings: withDownstream(settingsOf(options), options),
            seed: options.seed,
            target: options.target,
            classes: options.classes,
            only: named && new Set(named.map(({ id }) => id)),
            imageNet,
            pretrained: options.pretrained,
            images: options.images,
            allowOverlap: options.allowOverlap,
            signal: interruptSignal(),
            now: () => new Date(),
            onResume: (done) => say(`Going on with an unfinished run after ${count(done, "network")}.`, options),
            onNetwork: progress.update,
          });
        } finally {
          progress.end();
        }
      });
      answer(report, tableOf(report), options);
    });

type Rows = TransferReport["transfer"];
type Bounds = Rows["rows"][number]["interval"];

const tableOf = ({ run, network, imageSize, overlap, transfer }: TransferReport): string => {
  const { rows, differences, folds, seeds, seconds, chance, radiographs, patients } = transfer;
  const accuracies = rows.map(
    ({ start, accuracy, interval, byPatient, seconds: own }) =>
      `  ${start.padEnd(22)} ${percent(accuracy)}   ${bounds(interval)}   ${bounds(byPatient)}   ${duration(own)}`,
  );
  const gains = differences.map(
    ({ first, second, difference, interval, byPatient, differs }) =>
      `  ${`${second} - ${first}`.padEnd(22)} ${percent(difference)}   ${bounds(interval)}   ${bounds(byPatient)}   ${differs ? "differs" : "may be chance"}`,
  );
  const seen =
    overlap.clustered === 0
      ? []
      : [`${count(overlap.clustered, "patient")} had radiographs, unlabelled, in the clusters.`];
  return [
    `${network} at ${imageSize} pixels on ${count(radiographs, "radiograph")} of ${count(patients, "patient")}, ${count(seeds, "seed")} of ${count(folds, "fold")} by patient, in ${duration(seconds)}; who always says the commonest class is right in ${percent(chance).trim()}: run ${run}.`,
    ...seen,
    `  ${"accuracy in %".padEnd(22)}  mean   over seeds         by patient`,
    ...accuracies,
    ...gains,
  ].join("\n");
};

const percent = (share: number): string => (100 * share).toFixed(1).padStart(6);

const bounds = (interval: Bounds): string =>
  interval === null ? "                " : `[${percent(interval[0])},${percent(interval[1])}]`.padEnd(16);

const readTable = async (file: string): Promise<Uint8Array> => {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new OsteonError(
      "bad-input",
      `The file ${shown(basename(file))} cannot be read; name a CSV table.`,
      {},
      cause,
    );
  }
};
