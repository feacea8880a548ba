/** What an evaluation counts: every reading of "right" over its queries, with 95 % intervals by patient. */

import type { ImageId, PatientId } from "../../clinic/ids.ts";
import { bootstrapInterval } from "../../evidence/bootstrap-interval.ts";
import { type LabelScores, scoresByLabel } from "../../evidence/classification-scores.ts";
import { type ConfusionMatrix, confusionMatrix } from "../../evidence/confusion-matrix.ts";
import { hitRateAtK, precisionAtK, voteAccuracy } from "../../evidence/retrieval-scores.ts";
import type { Interval } from "../../evidence/wilson-interval.ts";
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
type Statistic = (queries: readonly EvaluatedQuery[]) => number;

const retrieved = (search: Search, queries: readonly EvaluatedQuery[]) =>
  queries.map((query) => ({ label: query.label, neighbours: query[search].map(({ label }) => label) }));

const accuracyOf =
  (rule: typeof pluralityVote, k: number, search: Search = "hashed"): Statistic =>
  (queries) =>
    voteAccuracy(
      queries.map(({ label }) => label),
      queries.map((query) => rule(query[search].slice(0, k))?.label ?? null),
    ).accuracy;

/** Every figure by its name. */
export const statistics: ReadonlyMap<string, Statistic> = new Map(
  reportedK.flatMap((k): [string, Statistic][] => [
    [`precision@${k}`, (queries) => precisionAtK(retrieved("hashed", queries), k)],
    [`precision@${k}, exact search`, (queries) => precisionAtK(retrieved("exact", queries), k)],
    [`plurality vote@${k}`, accuracyOf(pluralityVote, k)],
    [`plurality vote@${k}, exact search`, accuracyOf(pluralityVote, k, "exact")],
    [`strict majority vote@${k}`, accuracyOf(strictMajorityVote, k)],
    [`hit rate@${k}`, (queries) => hitRateAtK(retrieved("hashed", queries), k)],
  ]),
);

/** All figures of the queries. */
export const figuresOf = (queries: readonly EvaluatedQuery[], seed: number): EvaluatedFigure[] => {
  const patients = queries.map(({ patient }) => patient);
  return [...statistics].map(([name, statistic]) => {
    const { estimate, interval } = bootstrapInterval(patients, (items) => statistic(items.map((i) => queries[i]!)), {
      random: new Random(seed, "bootstrap"),
    });
    return { name, value: estimate, interval };
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

/** Fewer patients of a label than this, and an interval by drawing them says nothing. */
const fewestPatients = 2;

/** Precision, recall and F1 of each label by the plurality vote. */
export const labelsOf = (queries: readonly EvaluatedQuery[], seed: number): EvaluatedLabel[] => {
  const patients = queries.map(({ patient }) => patient);
  const pairs = queries.map((query) => ({ label: query.label, voted: votedLabel(query) }));
  return scoresByLabel(confusionOf(queries)).map((scores) => {
    const { label } = scores;
    const ofLabel = new Set(queries.flatMap((query) => (query.label === label ? [query.patient] : [])));
    const interval = (score: "precision" | "recall" | "f1"): Interval | null => {
      if (ofLabel.size < fewestPatients) return null;
      const statistic = (items: readonly number[]): number =>
        scoreOf(
          items.map((i) => pairs[i]!),
          { label, score },
        );
      return bootstrapInterval(patients, statistic, { random: new Random(seed, "bootstrap", label) }).interval;
    };
    const intervals = { precision: interval("precision"), recall: interval("recall"), f1: interval("f1") };
    return { ...scores, intervals };
  });
};

/** As `scoresByLabel`, of one label; NaN in a resample where the label does not occur, or nobody was taken for it. */
const scoreOf = (
  pairs: readonly { readonly label: string; readonly voted: string | null }[],
  { label, score }: { readonly label: string; readonly score: "precision" | "recall" | "f1" },
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
