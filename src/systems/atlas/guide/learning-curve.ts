/**
 * How much labelling has brought so far, and what more of it would bring: after each number of clusters, in the order in which they
 * were labelled, the share of images that would carry their cluster's label had the rest been given what was proposed then.
 * Clusters that were labelled later say whether a proposal was right. Of those that nobody has labelled yet it is estimated by
 * how often proposals as sure as that are right, for labelled clusters that are left out. It needs no training.
 */

import {
  fitInversePowerLaw,
  type InversePowerLaw,
  type LearningPoint,
  scoreAt,
} from "../../../evidence/inverse-power-law.ts";
import type { Interval } from "../../../evidence/wilson-interval.ts";
import { quantiles } from "../../../numeric/quantile.ts";
import { Random } from "../../../numeric/random.ts";
import type { GuideData } from "./guide-data.ts";
import type { GuideEvidence } from "./guide-evidence.ts";
import { type SpreadLabels, spreadLabels } from "./spread-labels.ts";

/** The curve and what it promises. */
export interface LearningCurve {
  readonly points: readonly LearningCurvePoint[];
  readonly law: InversePowerLaw | null;
  readonly more: readonly {
    readonly clusters: number;
    readonly accuracy: number;
    readonly interval: Interval;
    readonly gain: number;
    readonly gainInterval: Interval;
  }[];
}

export interface LearningCurvePoint {
  readonly clusters: number;
  readonly accuracy: number;
  readonly interval: Interval;
  /** The share of the images without a label at that time whose label is known by now. */
  readonly measured: number;
}

/** Of fewer labelled clusters nothing can be told. */
const fewestLabelled = 10;
const mostPoints = 10;
/** Each takes as long as a point. */
const mostLeftOut = 200;
const resamples = 500;
/** Further clusters whose gain is told: what the law adds from here on to what is reached. */
const amounts = [10, 25, 50, 100, 250];

/** Null where fewer than ten clusters are labelled, or all alike. */
export const learningCurve = (data: GuideData, evidence: GuideEvidence, seed: number): LearningCurve | null => {
  const order = inOrder(data, seed);
  if (order.length < fewestLabelled || evidence.labels.length < 2) return null;
  const steps = stepsTo(order.length);
  const trials = steps.map((step) => tryProposals(data, evidence, order.slice(0, step)));
  const leftOut = order.slice(-mostLeftOut).map((place) => leaveOut(evidence, place));
  const random = new Random(seed, "learning curve", "resamples");
  const once = pointsOf(steps, trials, {
    weights: data.clusters.map(() => 1),
    chances: chancesOf(leftOut),
    settle: (chance) => chance,
  });
  const drawn = Array.from({ length: resamples }, () =>
    pointsOf(steps, trials, {
      weights: drawWeights(data.clusters.length, random),
      chances: chancesOf(leftOut.map(() => random.pick(leftOut))),
      settle: (chance) => Number(random.chance(chance)),
    }),
  );
  return {
    points: once.map(({ n, score }, at) => ({
      clusters: n,
      accuracy: score,
      interval: middleOf(drawn.map((points) => points[at]!.score)),
      measured: measuredOf(trials[at]!),
    })),
    ...promise(once, drawn, { labelled: order.length, open: data.clusters.length - order.length }),
  };
};

/** Labelled clusters by the time of their label; those of one time, as of a table, in any order. */
const inOrder = ({ clusters }: GuideData, seed: number): number[] => {
  const places = [...new Random(seed, "learning curve", "order").permutation(clusters.length)];
  return places
    .filter((place) => clusters[place]!.label !== null)
    .sort((a, b) => (clusters[a]!.labelledAt ?? 0) - (clusters[b]!.labelledAt ?? 0));
};

/** Whole numbers from 2 up, each about as many times the one before it. */
const stepsTo = (most: number): number[] => [
  ...new Set(Array.from({ length: mostPoints }, (_, i) => Math.round(2 * (most / 2) ** (i / (mostPoints - 1))))),
];

/** What became of a cluster with so many labels given. */
interface Trial {
  readonly images: number;
  /** How sure the proposal was, in bins; undefined for a cluster that had its label. */
  readonly bin: number | undefined;
  /** Whether its label is what it had, or what was proposed; undefined where nobody has labelled it yet. */
  readonly isRight: boolean | undefined;
}

/**
 * The bins' lower ends, after 0. The share fades with the distance from what is labelled, so it means the same however many
 * clusters are labelled.
 */
const ends = [0.1, 0.2, 0.3, 0.45, 0.6, 0.75];
const binOf = (share: number): number => ends.filter((end) => share >= end).length;

const tryProposals = (data: GuideData, evidence: GuideEvidence, labelled: readonly number[]): Trial[] => {
  const given = new Int32Array(data.clusters.length).fill(-1);
  for (const place of labelled) given[place] = evidence.given[place]!;
  const spread = spreadLabels(evidence.graph, given, evidence.labels.length);
  return data.clusters.map(({ rows }, place) => {
    const images = rows.filter((row) => !data.apart.has(row)).length;
    if (given[place] !== -1) return { images, bin: undefined, isRight: true };
    const { label, share } = strongest(spread, place);
    const truth = evidence.given[place]!;
    return { images, bin: binOf(share), isRight: truth === -1 ? undefined : share > 0 && truth === label };
  });
};

const strongest = (
  { shares, labels }: SpreadLabels,
  place: number,
): { readonly label: number; readonly share: number } => {
  const own = shares.subarray(place * labels, (place + 1) * labels);
  const label = own.reduce((best, share, i) => (share > own[best]! ? i : best), 0);
  return { label, share: own[label]! };
};

/** What would be proposed for a labelled cluster had it no label. */
interface LeftOut {
  readonly bin: number;
  readonly isRight: boolean;
}

const leaveOut = ({ graph, given, labels }: GuideEvidence, place: number): LeftOut => {
  const others = given.slice();
  others[place] = -1;
  const { label, share } = strongest(spreadLabels(graph, others, labels.length), place);
  return { bin: binOf(share), isRight: share > 0 && label === given[place] };
};

/** As if this many proposals of each bin had been seen before, of which `expected` were right. */
const seenBefore = 2;
const expected = [0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/** How often proposals of each bin are right. */
const chancesOf = (leftOut: readonly LeftOut[]): number[] =>
  expected.map((chance, bin) => {
    const own = leftOut.filter((one) => one.bin === bin);
    const right = own.filter(({ isRight }) => isRight).length;
    return (right + seenBefore * chance) / (own.length + seenBefore);
  });

/** How clusters are counted in one resample. */
interface Resample {
  readonly weights: readonly number[];
  /** For each bin the chance that a proposal is right. */
  readonly chances: readonly number[];
  /** What a chance of being right comes to. */
  readonly settle: (chance: number) => number;
}

const pointsOf = (
  steps: readonly number[],
  trials: readonly (readonly Trial[])[],
  { weights, chances, settle }: Resample,
): LearningPoint[] =>
  steps.map((n, at) => {
    let [right, images] = [0, 0];
    trials[at]!.forEach((trial, place) => {
      const weight = weights[place]! * trial.images;
      if (weight === 0) return;
      images += weight;
      right += weight * (trial.isRight === undefined ? settle(chances[trial.bin!]!) : Number(trial.isRight));
    });
    return { n, score: images === 0 ? 0 : right / images };
  });

/** How often each of so many clusters comes when as many are drawn with replacement. */
const drawWeights = (clusters: number, random: Random): number[] => {
  const weights = Array<number>(clusters).fill(0);
  for (let i = 0; i < clusters; i++) weights[random.integer(clusters)]! += 1;
  return weights;
};

const measuredOf = (trials: readonly Trial[]): number => {
  const images = (some: readonly Trial[]): number => some.reduce((sum, trial) => sum + trial.images, 0);
  const rest = trials.filter(({ bin }) => bin !== undefined);
  return rest.length === 0 ? 1 : images(rest.filter(({ isRight }) => isRight !== undefined)) / images(rest);
};

const promise = (
  points: readonly LearningPoint[],
  drawn: readonly (readonly LearningPoint[])[],
  { labelled, open }: { readonly labelled: number; readonly open: number },
): Pick<LearningCurve, "law" | "more"> => {
  const [fit] = fitOf(points);
  if (!fit) return { law: null, more: [] };
  const fits = drawn.flatMap(fitOf);
  const more = amounts
    .filter((amount) => amount < open)
    .map((clusters) => {
      const gainOf = ({ points: own, law: one }: Fit): number =>
        Math.min(1 - own.at(-1)!.score, scoreAt(one, labelled + clusters) - scoreAt(one, labelled));
      const scoreOf = (fit: Fit): number => fit.points.at(-1)!.score + gainOf(fit);
      return {
        clusters,
        accuracy: scoreOf(fit),
        interval: middleOf(fits.map(scoreOf)),
        gain: gainOf(fit),
        gainInterval: middleOf(fits.map(gainOf)),
      };
    });
  return { law: fit.law, more };
};

interface Fit {
  readonly points: readonly LearningPoint[];
  readonly law: InversePowerLaw;
}

/** None where no law can be told. */
const fitOf = (points: readonly LearningPoint[]): Fit[] => {
  const law = fitInversePowerLaw(points);
  return law ? [{ points, law }] : [];
};

const middleOf = (values: readonly number[]): Interval => {
  const [low, high] = quantiles(values, [0.025, 0.975]) as [number, number];
  return [low, high];
};
