/**
 * Trains the five networks, one for each fold.
 *
 * What readers discarded is a class beside the regions. In each fold the network does not see some of the discarded clusters: on
 * them, and on them alone, can be measured how it takes what nobody showed it (docs/decisions/019-the-atlas-model.md).
 */

import { discard } from "../../../clinic/atlas/fold-actions.ts";
import type { StateDict } from "../../../engine/tensor.ts";
import { OsteonError } from "../../../errors.ts";
import type { LabelledPictures } from "../../../learning/train-classifier.ts";
import { loadStateDict } from "../../../nn/load-state-dict.ts";
import { stateSpecs } from "../../../nn/network.ts";
import type { Home } from "../../../store/index.ts";
import { type FitHooks, type FitPlace, fitNetwork, loadPictures } from "../../training/index.ts";
import { type ClusterNetwork, inputShapeOf, networkOf, topLayerOf } from "../cluster-network.ts";
import { sourceSizeFor } from "../config.ts";
import type { Lesson } from "./lessons.ts";
import type { LessonSplit } from "./split-lessons.ts";
import type { AtlasTrainingSettings } from "./training-settings.ts";

/** The lessons of one fold. */
export interface FoldLessons {
  readonly learn: readonly Lesson[];
  /** Of patients that the fold does not learn from. */
  readonly validation: readonly Lesson[];
}

/**
 * The fold that does not learn from a discarded cluster. Clusters that look alike have numbers that follow each other, so those that a
 * fold does not see are alike. Of a single discarded cluster every fold learns.
 */
export const hiddenClustersOf = (lessons: readonly Lesson[], folds: number): ReadonlyMap<number, number> => {
  const discarded = new Set(lessons.flatMap(({ cluster, label }) => (label === discard ? [cluster] : [])));
  if (discarded.size < 2) return new Map();
  const inOrder = [...discarded].sort((a, b) => a - b);
  return new Map(inOrder.map((cluster, place) => [cluster, Math.floor((place * folds) / discarded.size)]));
};

/** @param options.learnsHoldOut whether who is held out while networks are measured is learned from, by those that sort */
export const foldsOf = (
  lessons: readonly Lesson[],
  { holdOut, folds }: LessonSplit,
  { learnsHoldOut = false }: { readonly learnsHoldOut?: boolean } = {},
): FoldLessons[] => {
  const isHeld = ({ image }: Lesson): boolean => holdOut.has(image.patient);
  const hidden = hiddenClustersOf(
    lessons.filter((lesson) => !isHeld(lesson)),
    folds.length,
  );
  const given = learnsHoldOut ? lessons : lessons.filter((lesson) => !isHeld(lesson));
  return folds.map((patients, fold) => {
    const seen = given.filter(({ label, cluster }) => label !== discard || hidden.get(cluster) !== fold);
    return {
      learn: seen.filter(({ image }) => !patients.has(image.patient)),
      validation: seen.filter(({ image }) => patients.has(image.patient)),
    };
  });
};

/** What {@link fitFolds} is told. */
export interface FitFoldsOptions extends FitHooks, Pick<FitPlace, "memory" | "course"> {
  readonly network: ClusterNetwork;
  /** The weights of the network that made the clusters; null where there are none to begin with. */
  readonly pretrained: StateDict | null;
  /** In the order of the networks' outputs. */
  readonly classes: readonly string[];
  readonly settings: AtlasTrainingSettings;
  readonly epochs: number;
  readonly seed: number;
}

/** Of each network. */
const checkpoints = 5;

/** @throws OsteonError `interrupted` when the signal stops it */
export const fitFolds = async (
  home: Home,
  folds: readonly FoldLessons[],
  options: FitFoldsOptions,
): Promise<StateDict[]> => {
  const states: StateDict[] = [];
  for (const [fold, lessons] of folds.entries()) {
    states.push(await fitFold(home, lessons, { ...options, fold, folds: folds.length }));
    if (options.signal?.aborted && fold + 1 < folds.length) {
      const sentence = `Training was interrupted after network ${fold + 1} of ${folds.length}; start it again to go on.`;
      throw new OsteonError("interrupted", sentence);
    }
  }
  return states;
};

const fitFold = async (
  home: Home,
  { learn, validation }: FoldLessons,
  options: FitFoldsOptions & { readonly fold: number; readonly folds: number },
): Promise<StateDict> => {
  const { network: plan, pretrained, classes, settings, epochs, seed, fold, folds } = options;
  const { imageSize } = plan;
  const labelled = async (lessons: readonly Lesson[]): Promise<LabelledPictures> => ({
    pictures: await loadPictures(
      home,
      lessons.map(({ image }) => image),
      sourceSizeFor(imageSize),
    ),
    labels: lessons.map(({ label }) => classes.indexOf(label)),
    classes: classes.length,
  });
  const trained = await fitNetwork(
    networkOf(plan, classes.length),
    {
      ...(await labelled(learn)),
      settings: { ...settings.training, imageSize, epochs, seed: seed + fold },
      ...(pretrained === null ? {} : { initial: withNewTopLayer(plan, pretrained, { classes, seed: seed + fold }) }),
      validation: await labelled(validation),
    },
    { ...options, network: fold, networks: folds, checkpoints },
  );
  return trained.state;
};

/** The weights that made the clusters, "injected" with the labels (Eur Radiol 2023): the top layer begins anew. */
const withNewTopLayer = (
  plan: ClusterNetwork,
  pretrained: StateDict,
  { classes, seed }: { readonly classes: readonly string[]; readonly seed: number },
): StateDict =>
  loadStateDict(stateSpecs(networkOf(plan, classes.length), inputShapeOf(plan, 1)), pretrained, {
    newParts: [`${topLayerOf(plan)}.`],
    seed,
  });
