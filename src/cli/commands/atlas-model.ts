/** `osteon atlas train` and `osteon atlas sort`: networks that learn the regions from labelled clusters, and what they sort. */

import { Command, Option } from "commander";
import { OsteonError } from "../../errors.ts";
import {
  type AtlasPresetName,
  atlasPresets,
  FileSorter,
  type SortedFile,
  sortArchive,
  trainAtlas,
} from "../../systems/atlas/index.ts";
import { findFiles, isTextFile } from "../../systems/cohort/index.ts";
import { type CommonOptions, interruptSignal, wholeNumber, withCommonOptions, withHome } from "../context.ts";
import { answer, count, say } from "../output.ts";
import { duration, startProgress } from "../progress.ts";

interface TrainOptions extends CommonOptions {
  readonly clustering?: string;
  readonly preset: AtlasPresetName;
  readonly epochs?: number;
}

export const trainAtlasCommand = (): Command =>
  withCommonOptions(new Command("train"))
    .description("trains five networks on the labelled clusters' regions; goes on with an unfinished run")
    .option("--clustering <run>", "whose labels are learned; the newest by default")
    .addOption(new Option("--preset <name>", "the settings").choices(Object.keys(atlasPresets)).default("small"))
    .option("--epochs <n>", "epochs of each network, instead of what the preset says", wholeNumber(1, 10_000))
    .action(train);

const train = async (options: TrainOptions): Promise<void> => {
  const start = performance.now();
  const report = await withHome(options, { command: "atlas train" }, async (home) => {
    const progress = startProgress("Training", options);
    try {
      return await trainAtlas(home, {
        preset: options.preset,
        seed: options.seed,
        ...(options.clustering === undefined ? {} : { clustering: options.clustering }),
        ...(options.epochs === undefined ? {} : { epochs: options.epochs }),
        signal: interruptSignal(),
        now: () => new Date(),
        onResume: (epochs) => say(`Going on with an unfinished run after ${count(epochs, "epoch")}.`, options),
        onEpoch: ({ epoch, epochs, loss, accuracy }) =>
          progress.update(epoch, epochs, `loss ${loss.toFixed(3)}, accuracy ${accuracy.toFixed(3)}`),
      });
    } finally {
      progress.end();
    }
  });
  const seconds = (performance.now() - start) / 1e3;
  const head = [
    `${count(report.regions.length, "region")} learned from ${count(report.trainRadiographs, "radiograph")} of`,
    `${count(report.trainPatients, "patient")} in ${count(report.labelledClusters, "labelled cluster")} (${report.discardedClusters} discarded),`,
    `${count(report.networks, "network")} of ${count(report.epochs, "epoch")} in ${duration(seconds)};`,
    `tried on ${count(report.testRadiographs, "radiograph")} of ${count(report.testPatients, "patient")} held out (${report.externalTestPatients} external): run ${report.run}.`,
  ].join(" ");
  const figures = report.figures.map(({ name, value, interval }) => {
    const range = interval ? `  [${interval[0].toFixed(3)}, ${interval[1].toFixed(3)}]` : "";
    return `  ${name.padEnd(40)} ${value.toFixed(3)}${range}`;
  });
  const labels = report.labels.map(
    ({ label, precision, recall, support }) =>
      `  ${label.padEnd(40)} precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}, ${count(support, "radiograph")}`,
  );
  const text = [head, ...figures, "Held-out radiographs as they are sorted:", ...labels].join("\n");
  answer({ ...report, ms: Math.round(seconds * 1e3) }, text, options);
};

interface SortCommandOptions extends CommonOptions {
  readonly archive: boolean;
  readonly again: boolean;
}

export const sortAtlasCommand = (): Command =>
  withCommonOptions(new Command("sort"))
    .description("says which region radiographs show, and which belong to none")
    .argument("[path...]", "radiographs, or folders of them")
    .option("--archive", "sorts the radiographs of the home that are not sorted yet, and keeps it", false)
    .option("--again", "with --archive: also those that this model has sorted", false)
    .action((paths: string[], options: SortCommandOptions) => {
      if (options.archive === paths.length > 0)
        throw new OsteonError("bad-usage", "Name radiographs to sort, or --archive for those of the home.");
      if (options.again && !options.archive) throw new OsteonError("bad-usage", "--again goes with --archive.");
      return options.archive ? sortHome(options) : sortFiles(paths, options);
    });

const sortHome = async (options: SortCommandOptions): Promise<void> => {
  const start = performance.now();
  const report = await withHome(options, { command: "atlas sort" }, async (home) => {
    const progress = startProgress("Sorting", options);
    try {
      const { again } = options;
      return await sortArchive(home, {
        again,
        signal: interruptSignal(),
        now: () => new Date(),
        onProgress: progress.update,
      });
    } finally {
      progress.end();
    }
  });
  const rows = Object.entries(report.byRegion).map(([region, images]) => `  ${region.padEnd(24)} ${images}`);
  const text = [
    `${count(report.sorted, "radiograph")} sorted by run ${report.run}, ${report.unknown} of no region.`,
    ...rows,
  ].join("\n");
  answer({ ...report, ms: Math.round(performance.now() - start) }, text, options);
};

const sortFiles = async (paths: readonly string[], options: SortCommandOptions): Promise<void> => {
  const files = await findFiles(paths, isTextFile);
  const signal = interruptSignal();
  await withHome(options, { command: "atlas sort" }, async (home) => {
    const sorter = await FileSorter.open(home);
    try {
      for (const file of files) {
        if (signal.aborted) throw new OsteonError("interrupted", "Sorting was interrupted.");
        const sorted = await sorter.sort(file);
        answer(sortedFields(sorted), sortedLine(sorted), options);
      }
    } finally {
      await sorter.close();
    }
  });
};

/** What `--json` prints of a sorted file: the next likeliest region is a name, as the likeliest is. */
export interface SortedFields extends Omit<SortedFile, "second"> {
  readonly second: string | null;
  readonly secondScore: number | null;
}

const sortedFields = ({ image, region, score, second, ...rest }: SortedFile): SortedFields => ({
  image,
  region,
  score,
  second: second?.region ?? null,
  secondScore: second?.score ?? null,
  ...rest,
});

/** A sorted file as people read it on a terminal. */
const sortedLine = ({ image, region, score, second, known, reason }: SortedFile): string => {
  if (region === null || score === null) return `${image}: ${reason ?? "not read"}`;
  const likely = second ? `${region} ${score.toFixed(2)}, ${second.region} ${second.score.toFixed(2)}` : region;
  return known ? `${image}: ${likely}` : `${image}: of no region; ${reason} The likeliest would be ${likely}.`;
};
