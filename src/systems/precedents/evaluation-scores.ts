/** What an evaluation counts: every reading of "right" over its queries, with 95 % intervals by patient. */

import type { ImageId, PatientId } from "../../clinic/ids.ts";
import { bootstrapInterval } from "../../evidence/bootstrap-interval.ts";
import { type LabelScores, scoresByLabel } from "../../evidence/classification-scores.ts";
import { type ConfusionMatrix, confusionMatrix } from "../../evidence/confusion-matrix.ts";
import { hitRateAtK, precisionAtK, voteAccuracy } from "../../evidence/retrieval-scores.ts";
import { type Interval, wilsonInterval } from "../../evidence/wilson-interval.ts";
import { Random } from "../../numeric/random.ts";
import type { Neighbour } from "../../retrieval/neighbours.ts";
import { pluralityVote, strictMajorityVote } from "../../retrieval/vote.ts";

/** A figure with its 95 % interval by patient. */
export interface EvaluatedFigure {
  readonly name: string;
  readonly value: number;
  readonly interval: Interval;
}

/** The figures of one label; an interval is null where patients of the label are too few to draw from. */
export interface EvaluatedLabel extends LabelScores {
  readonly intervals: Readonly<Record<"precision" | "recall" | "f1", Interval | null>>;
}

/** A radiograph of the test side with its true label and the neighbours it was linked to. */
export interface EvaluatedQuery {
  readonly image: ImageId;
  readonly patient: PatientId;
  readonly label: string;
  readonly hashed: readonly Neighbour[];
  readonly exact: readonly Neighbour[];
}

/** The study reports these (4.4, results). */
export const reportedK = [1, 3, 5, 7] as const;

/** Neighbours whose plurality vote is told label by label, and is the page's main figure. */
export const votingK = 5;

/** The figure that stands for an evaluation where there is room for one. */
export const mainFigure = `plurality vote@${votingK}`;

type Search = "hashed" | "exact";
/** What a figure is the mean of, over the queries. */
type Statistic = (query: EvaluatedQuery) => number;

const retrieved = (query: EvaluatedQuery, search: Search) => [
  { label: query.label, neighbours: query[search].map(({ label }) => label) },
];

const accuracyOf =
  (rule: typeof pluralityVote, k: number, search: Search = "hashed"): Statistic =>
  (query) =>
    voteAccuracy([query.label], [rule(query[search].slice(0, k))?.label ?? null]).accuracy;

/** Every figure by its name. */
const statistics: ReadonlyMap<string, Statistic> = new Map(
  reportedK.flatMap((k): [string, Statistic][] => [
    [`precision@${k}`, (query) => precisionAtK(retrieved(query, "hashed"), k)],
    [`precision@${k}, exact search`, (query) => precisionAtK(retrieved(query, "exact"), k)],
    [`plurality vote@${k}`, accuracyOf(pluralityVote, k)],
    [`plurality vote@${k}, exact search`, accuracyOf(pluralityVote, k, "exact")],
    [`strict majority vote@${k}`, accuracyOf(strictMajorityVote, k)],
    [`hit rate@${k}`, (query) => hitRateAtK(retrieved(query, "hashed"), k)],
  ]),
);

/** What each query adds to each figure: a figure of some queries is the mean of theirs, however often they are drawn. */
export const scoresOf = (queries: readonly EvaluatedQuery[]): ReadonlyMap<string, Float64Array> =>
  new Map([...statistics].map(([name, statistic]) => [name, Float64Array.from(queries, statistic)]));

/** The mean of the scores of some queries. */
export const meanOf =
  (scores: Float64Array) =>
  (items: readonly number[]): number => {
    let sum = 0;
    for (const item of items) sum += scores[item]!;
    return sum / items.length;
  };

/** All figures of the queries. */
export const figuresOf = (queries: readonly EvaluatedQuery[], seed: number): EvaluatedFigure[] => {
  const patients = queries.map(({ patient }) => patient);
  const count = new Set(patients).size;
  return [...scoresOf(queries)].map(([name, scores]) => {
    const { estimate, interval } = bootstrapInterval(patients, meanOf(scores), {
      random: new Random(seed, "bootstrap"),
    });
    return { name, value: estimate, interval: interval[0] < interval[1] ? interval : wilsonOf(estimate, count) };
  });
};

/** The label that the vote gives a query; null where nobody votes. */
export const votedLabel = ({ hashed }: Pick<EvaluatedQuery, "hashed">): string | null =>
  pluralityVote(hashed.slice(0, votingK))?.label ?? null;

/** Who was taken for what by the plurality vote. */
export const confusionOf = (queries: readonly EvaluatedQuery[]): ConfusionMatrix =>
  confusionMatrix(
    queries.map(({ label }) => label),
    queries.map(votedLabel),
  );

/** Of fewer patients an interval would say nothing. */
const fewestPatients = 5;

type Score = keyof EvaluatedLabel["intervals"];

/** Precision, recall and F1 of each label by the plurality vote. */
export const labelsOf = (queries: readonly EvaluatedQuery[], seed: number): EvaluatedLabel[] => {
  const patients = queries.map(({ patient }) => patient);
  const pairs = queries.map((query) => ({ label: query.label, voted: votedLabel(query) }));
  return scoresByLabel(confusionOf(queries)).map((scores) => {
    const { label } = scores;
    const countPatients = (which: "label" | "voted"): number =>
      new Set(patients.filter((_, i) => pairs[i]![which] === label)).size;
    const counted: Readonly<Record<Score, number>> = {
      recall: countPatients("label"),
      precision: countPatients("voted"),
      f1: Math.min(countPatients("label"), countPatients("voted")),
    };
    const intervalOf = (score: Score): Interval | null => {
      if (counted[score] < fewestPatients) return null;
      const statistic = (items: readonly number[]): number =>
        scoreOf(
          items.map((i) => pairs[i]!),
          { label, score },
        );
      const { interval } = bootstrapInterval(patients, statistic, { random: new Random(seed, "bootstrap", label) });
      return interval[0] < interval[1] ? interval : wilsonOf(scores[score], counted[score]);
    };
    return {
      ...scores,
      intervals: { precision: intervalOf("precision"), recall: intervalOf("recall"), f1: intervalOf("f1") },
    };
  });
};

/** Where all are right or all wrong, no draw of them shows another share; as many patients all the same leave room for one. */
const wilsonOf = (share: number, patients: number): Interval => {
  const [low, high] = wilsonInterval(Math.round(share * patients), patients);
  return [Math.min(low, share), Math.max(high, share)];
};

/** As `scoresByLabel`, of one label; NaN in a resample where the label does not occur, or nobody was taken for it. */
const scoreOf = (
  pairs: readonly { readonly label: string; readonly voted: string | null }[],
  { label, score }: { readonly label: string; readonly score: Score },
): number => {
  let [hits, actual, voted] = [0, 0, 0];
  for (const pair of pairs) {
    hits += Number(pair.label === label && pair.voted === label);
    actual += Number(pair.label === label);
    voted += Number(pair.voted === label);
  }
  if (score === "recall") return hits / actual;
  if (score === "precision") return hits / voted;
  return (2 * hits) / (actual + voted);
};
