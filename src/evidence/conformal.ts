/**
 * Split conformal prediction (Papadopoulos et al., 2002; Vovk, Gammerman and Shafer, 2005): from how strange the right answer
 * looked in cases that were held out, a set of answers that holds the right one with a chosen probability, whatever the model.
 * The guarantee is for cases drawn like the held-out ones, and over all of them, or for each label where labels are told apart.
 */

/** A case that was held out; smaller scores are less strange. */
export interface ConformalCase {
  /** The right answer. */
  readonly label: string;
  /** How strange each answer would be. */
  readonly scores: ReadonlyMap<string, number>;
}

export interface ConformalOptions {
  /** How often the set is to hold the right answer, in (0, 1). */
  readonly coverage: number;
  /**
   * Whether this is to hold for every label that has cases enough, and for all others together, instead of over all cases
   * (Mondrian prediction).
   */
  readonly byLabel?: boolean;
}

/** Labels that share a limit. */
interface Group {
  /** Null stands for every label that has no group of its own. */
  readonly labels: ReadonlySet<string> | null;
  /** Scores of the right answers, ascending. */
  readonly scores: Float64Array;
}

/** A limit for every label. */
export interface Conformal {
  readonly coverage: number;
  readonly groups: readonly Group[];
}

/** How often sets were right among the cases that they were made from, each by the limits of all others. */
export interface MeasuredCoverage {
  readonly covered: number;
  readonly cases: number;
  /** Labels of a set, on average. */
  readonly meanLabels: number;
}

/** Floating point makes 0.9 of ten a little more than nine. */
const rounding = 1e-9;

/** The place of the limit among this many ascending scores, from 1; beyond their number where they are too few. */
const rankOf = (cases: number, coverage: number): number => Math.ceil((cases + 1) * coverage - rounding);

/**
 * The fewest cases by which a set may leave anything out.
 *
 * @example
 * fewestCases(0.9); // 9
 */
export const fewestCases = (coverage: number): number => Math.ceil(coverage / (1 - coverage) - rounding);

/**
 * The limits by held-out cases; null where they are too few for any.
 *
 * @example
 * const conformal = calibrate(heldOut, { coverage: 0.9 });
 * if (conformal) predictionSet(conformal, new Map([["osteosarcoma", 0.2], ["chordoma", 0.9]]));
 */
export const calibrate = (
  cases: readonly ConformalCase[],
  { coverage, byLabel = false }: ConformalOptions,
): Conformal | null => {
  const fewest = fewestCases(coverage);
  if (cases.length < fewest) return null;
  if (!byLabel) return { coverage, groups: [groupOf(null, cases)] };
  const byName = Map.groupBy(cases, ({ label }) => label);
  const large = [...byName].filter(([, own]) => own.length >= fewest);
  const rest = [...byName].filter(([, own]) => own.length < fewest).flatMap(([, own]) => own);
  return {
    coverage,
    groups: [...large.map(([label, own]) => groupOf(new Set([label]), own)), groupOf(null, rest)],
  };
};

/** Labels that have a limit of their own; none where all share one. */
export const labelsApart = ({ groups }: Conformal): string[] =>
  groups.flatMap(({ labels }) => [...(labels ?? [])]).sort();

/**
 * The answers that are not too strange, the least strange first. Never empty: the least strange is always among them, which can
 * only make the set right more often.
 */
export const predictionSet = (conformal: Conformal, scores: ReadonlyMap<string, number>): string[] =>
  setWithin(scores, (label) => limitOf(groupFor(conformal, label), conformal.coverage));

/** See {@link MeasuredCoverage}. */
export const measureCoverage = (conformal: Conformal, cases: readonly ConformalCase[]): MeasuredCoverage => {
  let covered = 0;
  let labels = 0;
  for (const { label: own, scores } of cases) {
    const ownGroup = groupFor(conformal, own);
    const set = setWithin(scores, (label) => {
      const group = groupFor(conformal, label);
      return limitOf(group, conformal.coverage, group === ownGroup ? scores.get(own) : undefined);
    });
    covered += Number(set.includes(own));
    labels += set.length;
  }
  return { covered, cases: cases.length, meanLabels: labels / cases.length };
};

const setWithin = (scores: ReadonlyMap<string, number>, limitFor: (label: string) => number): string[] => {
  const ranked = [...scores].sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1));
  return ranked.filter(([label, score], i) => i === 0 || score <= limitFor(label)).map(([label]) => label);
};

const groupOf = (labels: Group["labels"], cases: readonly ConformalCase[]): Group => ({
  labels,
  scores: Float64Array.from(cases, ({ label, scores }) => scores.get(label) ?? Number.POSITIVE_INFINITY).sort(),
});

const groupFor = ({ groups }: Conformal, label: string): Group =>
  groups.find(({ labels }) => labels?.has(label)) ?? groups.find(({ labels }) => labels === null)!;

/** @param without a score of the group that is not to count, as if its case had never been there */
const limitOf = ({ scores }: Group, coverage: number, without?: number): number => {
  const count = scores.length - Number(without !== undefined);
  const rank = rankOf(count, coverage);
  if (rank > count) return Number.POSITIVE_INFINITY; // too few to leave any label out
  const limit = scores[rank - 1]!;
  return without !== undefined && without <= limit ? scores[rank]! : limit;
};
