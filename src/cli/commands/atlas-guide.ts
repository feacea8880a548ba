/** `osteon atlas suggest`, `split` and `noise`: what to label next, mixed clusters apart, and labels that are doubted. */

import { randomUUID } from "node:crypto";
import { Command } from "commander";
import { findClustering, type Home, undoClusterSplit } from "../../store/index.ts";
import {
  type AtlasGuide,
  guideAtlas,
  type ShownGuide,
  showGuide,
  splitClusterInParts,
} from "../../systems/atlas/index.ts";
import { type CommonOptions, interruptSignal, wholeNumber, withCommonOptions, withHome } from "../context.ts";
import { answer, count } from "../output.ts";
import { startProgress } from "../progress.ts";

interface GuideCommandOptions extends CommonOptions {
  readonly clustering?: string;
  readonly reader?: string;
}

const withGuideOptions = (command: Command): Command =>
  withCommonOptions(command)
    .option("--clustering <run>", "another than the newest")
    .option("--reader <name>", "by the labels of one reader, instead of what is settled");

export const suggestCommand = (): Command =>
  withGuideOptions(new Command("suggest"))
    .description(
      "which clusters to label next, which to split, images that are out of place, and what more labels would bring",
    )
    .option("--most <n>", "how many of each are told", wholeNumber(1, 500), 20)
    .action(async (options: GuideCommandOptions & { readonly most: number }) => {
      const { clustering, shown, guide } = await workOut(options, "atlas suggest");
      const told = {
        clustering,
        progress: shown.progress,
        labelledClusters: guide.labelledClusters,
        next: guide.next.slice(0, options.most),
        impure: guide.impure.slice(0, options.most),
        outliers: guide.outliers.slice(0, options.most),
        noise: { ...guide.noise, images: guide.noise.images.slice(0, options.most) },
        curve: guide.curve,
      };
      answer(told, describeSuggestions(told), options);
    });

export const noiseCommand = (): Command =>
  withGuideOptions(new Command("noise"))
    .description("labels that the clusters of other labels speak against, by confident learning")
    .action(async (options: GuideCommandOptions) => {
      const { clustering, guide } = await workOut(options, "atlas noise");
      answer({ clustering, ...guide.noise }, describeNoise(guide.noise), options);
    });

interface SplitCommandOptions extends CommonOptions {
  readonly clustering?: string;
  readonly reader: string;
  readonly parts?: number;
  readonly undo: boolean;
}

export const splitCommand = (): Command =>
  withCommonOptions(new Command("split"))
    .description("parts a cluster that shows several things; its parts are labelled in its place")
    .argument("<cluster>", "its number", wholeNumber(1, 1_000_000))
    .option("--clustering <run>", "another than the newest")
    .option("--parts <n>", "how many; by default as many as come out most distinct", wholeNumber(2, 6))
    .option("--reader <name>", "who splits it; `local` is who works at a workbench without accounts", "local")
    .option("--undo", "undoes the split, while no part is labelled or split", false)
    .action(async (cluster: number, options: SplitCommandOptions) => {
      const { reader, undo } = options;
      const made = await withHome(options, { command: "atlas split" }, async (home) => {
        const { id: clustering } = await findClustering(home.database, options.clustering);
        const at = new Date();
        if (undo) {
          await undoClusterSplit(home.database, clustering, { cluster, by: reader, at });
          return { clustering, cluster, parts: [] };
        }
        const acting = { reader, readerName: reader, at };
        const id = randomUUID();
        const parts = await splitClusterInParts(home, { clustering, cluster, parts: options.parts, id, acting });
        return { clustering, cluster, parts };
      });
      const text = undo ? `Cluster ${cluster} is one again.` : `Cluster ${cluster} is now ${made.parts.join(", ")}.`;
      answer(made, text, options);
    });

const workOut = (
  options: GuideCommandOptions,
  command: string,
): Promise<{ readonly clustering: string; readonly shown: ShownGuide; readonly guide: AtlasGuide }> =>
  withHome(options, { command }, async (home: Home) => {
    const { id: clustering } = await findClustering(home.database, options.clustering);
    const reader = options.reader ?? null;
    const progress = startProgress("Looking for neighbours", options);
    try {
      const guide = await guideAtlas(home, {
        clustering,
        reader,
        seed: options.seed,
        signal: interruptSignal(),
        now: () => new Date(),
        onProgress: progress.update,
      });
      const person = reader ?? "local";
      const shown = await showGuide(home, clustering, { person, labels: reader === null ? "settled" : "mine" });
      return { clustering, shown, guide };
    } finally {
      progress.end();
    }
  });

const percent = (share: number): string => `${Math.round(share * 100)} %`;

const reasons: Readonly<Record<AtlasGuide["next"][number]["why"], string>> = {
  probable: "a glance confirms it",
  uncertain: "clusters like it have different labels",
  "far-from-labelled": "nothing labelled is like it",
  large: "many images hang on it",
};

const describeSuggestions = ({
  progress,
  next,
  impure,
  outliers,
  curve,
}: Pick<ShownGuide, "progress"> & Pick<AtlasGuide, "next" | "impure" | "outliers" | "curve">): string => {
  const { actions, clusters, labelledClusters, images, labelledImages } = progress;
  const done = `${labelledClusters} of ${count(clusters, "cluster")} labelled, ${labelledImages} of ${count(images, "image")}, by ${count(actions.total, "action")} (${actions.labels} labels, ${actions.decisions} decisions, ${actions.splits} splits, ${actions.outliers} on outliers).`;
  const lines = [
    done,
    ...section(
      "Label next",
      next.map(({ cluster, images: own, why, proposed, expectedGain }) => {
        const looks = proposed ? `, looks like ${proposed.label} (${percent(proposed.share)})` : "";
        return `${cluster}  ${count(own, "image")}, worth ${expectedGain.toFixed(1)}: ${reasons[why]}${looks}`;
      }),
    ),
    ...section(
      "Split",
      impure.map(({ cluster, score, parts }) => {
        const shown = parts.map((part) => `${part.images.length} ${part.proposed?.label ?? "unknown"}`).join(" + ");
        return `${cluster}  ${percent(score)} sure: ${shown}`;
      }),
    ),
    ...section(
      "Out of place",
      outliers.map(({ image, cluster, given, looksLike }) => {
        const seen = `looks like ${looksLike.label} (${percent(looksLike.share)})`;
        return `${cluster}  ${image}: ${given.label} (${percent(given.share)}), ${seen}`;
      }),
    ),
  ];
  return [...lines, ...describeCurve(curve)].join("\n");
};

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ["", `${title}:`, ...lines.map((line) => `  ${line}`)];

const describeCurve = (curve: AtlasGuide["curve"]): string[] => {
  if (!curve) return ["", "From ten labelled clusters on it can be told what more of them would bring."];
  const range = ([low, high]: readonly [number, number]): string => `[${percent(low)}, ${percent(high)}]`;
  return [
    ...section(
      "Images that carry their cluster's label, if the rest gets what is proposed",
      curve.points.map((point) => {
        const { clusters, accuracy, interval } = point;
        return `${count(clusters, "cluster")}: ${percent(accuracy)} ${range(interval)}`;
      }),
    ),
    ...section(
      "What more labels are worth",
      curve.more.map(({ clusters, gain, gainInterval }) => {
        const points = (share: number): string => (share * 100).toFixed(1);
        return `${clusters} more: ${points(gain)} points [${gainInterval.map(points).join(", ")}]`;
      }),
    ),
  ];
};

const describeNoise = ({ share, judgedImages, notJudged, clusters, pairs }: AtlasGuide["noise"]): string =>
  [
    `${percent(share)} of ${count(judgedImages, "image")} are doubted.`,
    ...section(
      "Clusters whose label was perhaps a slip",
      clusters.map(({ cluster, given, suggested, doubted, images }) => {
        return `${cluster}  ${given}, rather ${suggested}: ${doubted} of ${count(images, "image")}`;
      }),
    ),
    ...section(
      "Labels by what speaks against them",
      pairs.map(({ given, suggested, images }) => `${given}, rather ${suggested}: ${count(images, "image")}`),
    ),
    ...(notJudged.length === 0 ? [] : ["", `Not judged, as a single cluster has the label: ${notJudged.join(", ")}.`]),
  ].join("\n");
