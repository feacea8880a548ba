/** `osteon atlas cluster`: the archive in clusters, by what DeepCluster learns or what the precedents' network sees. */

import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { Command, InvalidArgumentError, Option } from "commander";
import { OsteonError, shown } from "../../errors.ts";
import {
  type ClusterOptions,
  type ClusterReport,
  clusterArchive,
  clusteringPresets,
  clusterNetworkNames,
} from "../../systems/atlas/index.ts";
import { type CommonOptions, interruptSignal, wholeNumber, withCommonOptions, withHome } from "../context.ts";
import { answer, count } from "../output.ts";
import { duration, startProgress } from "../progress.ts";

interface ClusterCommandOptions
  extends CommonOptions,
    Pick<
      ClusterOptions,
      "features" | "preset" | "network" | "sobel" | "imageSize" | "epochs" | "batchSize" | "clusters"
    > {
  /** A file. */
  readonly weights?: string;
}

/** What is told of the network, and so means nothing where the precedents' network is taken. */
const learningOptions = ["preset", "network", "sobel", "imageSize", "epochs", "batchSize", "weights"] as const;

const mostClusters = 100_000;

/** `250`, `100,250,500` or `auto`. */
const clusterCount = (text: string): number | readonly number[] | "auto" => {
  if (text === "auto") return text;
  const counts = text.split(",").map(wholeNumber(2, mostClusters));
  if (new Set(counts).size < counts.length) throw new InvalidArgumentError("A number of clusters is named twice.");
  return counts.length === 1 ? counts[0]! : counts;
};

export const clusterCommand = (): Command =>
  withCommonOptions(new Command("cluster"))
    .description("puts radiographs that look alike in clusters; goes on with an unfinished run")
    .addOption(
      new Option("--features <which>", "what DeepCluster learns from them, or what the precedents' newest network sees")
        .choices(["deepcluster", "precedents"])
        .default("deepcluster"),
    )
    .option(
      "--clusters <k>",
      "how many; several, as 100,250,500, or `auto`: test runs choose; by default as many as suit the archive",
      clusterCount,
    )
    .addOption(new Option("--preset <name>", "the settings (default: small)").choices(Object.keys(clusteringPresets)))
    .addOption(new Option("--network <name>", "another network than the preset's").choices([...clusterNetworkNames]))
    .option("--sobel", "the network sees edges instead of greys")
    .option("--image-size <side>", "of the network's input in pixels", wholeNumber(32, 512))
    .option("--epochs <n>", "how often it is clustered and learned from", wholeNumber(1))
    .option("--batch-size <n>", "radiographs at a step", wholeNumber(2))
    .option("--weights <file>", "what the network begins with, such as ImageNet's")
    .action(cluster);

const cluster = async (options: ClusterCommandOptions): Promise<void> => {
  const start = performance.now();
  const superfluous = learningOptions.find((name) => options[name] !== undefined);
  if (options.features === "precedents" && superfluous) {
    const flag = superfluous.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw new OsteonError("bad-usage", `--${flag} is for DeepCluster; the precedents' network is taken as it is.`);
  }
  const { features, preset, network, sobel, imageSize, epochs, batchSize, clusters, seed } = options;
  const weights = await readWeights(options.weights);
  const report = await withHome(options, { command: "atlas cluster" }, async (home) => {
    const progress = startProgress("Clustering", options);
    const told = { features, preset, network, sobel, imageSize, epochs, batchSize, clusters, weights, seed };
    try {
      return await clusterArchive(home, {
        ...told,
        signal: interruptSignal(),
        onProgress: progress.update,
        now: () => new Date(),
      });
    } finally {
      progress.end();
    }
  });
  const seconds = (performance.now() - start) / 1e3;
  answer({ ...report, ms: Math.round(seconds * 1e3) }, textOf(report, seconds), options);
};

const readWeights = async (file: string | undefined): Promise<ClusterOptions["weights"]> => {
  if (file === undefined) return undefined;
  try {
    return { name: basename(file), bytes: await readFile(file) };
  } catch (cause) {
    throw new OsteonError("bad-input", `The file ${shown(file)} cannot be read; name a file of weights.`, {}, cause);
  }
};

const textOf = (report: ClusterReport, seconds: number): string => {
  const { radiographs, clusters, sizes, learned, clusterChoice, run } = report;
  const [smallest, median, largest] = sizes;
  const lines = (clusterChoice ?? []).map(
    ({ clusters: k, score, what, nmi, sizes: [least, , middle, , most], chosen }) =>
      `${chosen ? "*" : " "} ${String(k).padStart(6)} clusters of ${least} to ${most}, in the median ${middle}: ${what} ${score.toFixed(3)}, NMI ${nmi.toFixed(3)}`,
  );
  const steady = learned?.nmi == null ? "" : ` NMI of the last two clusterings ${learned.nmi.toFixed(3)}.`;
  return [
    ...lines,
    `${count(radiographs, "radiograph")} in ${count(clusters, "cluster")} of ${smallest} to ${largest}, in the median ${median}, in ${duration(seconds)}: run ${run}.${steady}`,
  ].join("\n");
};
