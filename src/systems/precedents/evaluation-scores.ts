/** What an evaluation counts: every reading of "right" over its queries, with 95 % intervals by patient. */

import type { ImageId, PatientId } from "../../clinic/ids.ts";
import { type ConfusionMatrix, confusionMatrix } from "../../evidence/confusion-matrix.ts";
import { type EvaluatedLabel, labelScoresByPatient } from "../../evidence/label-scores-by-patient.ts";
import { meanByPatient } from "../../evidence/mean-by-patient.ts";
import { hitRateAtK, precisionAtK, voteAccuracy } from "../../evidence/retrieval-scores.ts";
import type { Interval } from "../../evidence/wilson-interval.ts";
import { Random } from "../../numeric/random.ts";
import type { Neighbour } from "../../retrieval/neighbours.ts";
import { pluralityVote, strictMajorityVote } from "../../retrieval/vote.ts";

export type { EvaluatedLabel } from "../../evidence/label-scores-by-patient.ts";

/** A figure with its 95 % interval by patient. */
export interface EvaluatedFigure {
  readonly name: string;
  readonly value: number;
  readonly interval: Interval;
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

/** All figures of the queries. */
export const figuresOf = (queries: readonly EvaluatedQuery[], seed: number): EvaluatedFigure[] => {
  const patients = queries.map(({ patient }) => patient);
  return [...scoresOf(queries)].map(([name, scores]) => ({
    name,
    ...meanByPatient(patients, scores, new Random(seed, "bootstrap")),
  }));
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

/** Precision, recall and F1 of each label by the plurality vote. */
export const labelsOf = (queries: readonly EvaluatedQuery[], seed: number): EvaluatedLabel[] =>
  labelScoresByPatient(
    queries.map((query) => ({ patient: query.patient, label: query.label, voted: votedLabel(query) })),
    seed,
  );
