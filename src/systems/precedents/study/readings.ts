/**
 * Every reading under which a recommender's figure can be meant, with the value it takes: the published accuracy of 92.86 % beside a
 * precision@3 of 62.58 % does not say which it is (design: state what reproduces, under which reading, and force no number).
 */

import { accuracyScore, precisionScore, recallScore } from "../../../evidence/classification-scores.ts";
import { confusionMatrix } from "../../../evidence/confusion-matrix.ts";
import {
  hitRateAtK,
  precisionAtK,
  recallAtK,
  strictMajorityBound,
  voteAccuracy,
} from "../../../evidence/retrieval-scores.ts";
import {
  distanceWeightedVote,
  pluralityVote,
  prevalenceWeightedVote,
  strictMajorityVote,
  type Vote,
} from "../../../retrieval/vote.ts";
import type { Search } from "./link-rows.ts";
import {
  bestK,
  independentHit,
  independentMajority,
  independentPlurality,
  oneVersusRest,
  publishedPrecision,
  publishedScores,
  publishedVote,
} from "./published-figures.ts";
import { type LabelledNeighbour, type StudyFigure, studyFigure, type TestedQuery } from "./study-items.ts";

/** The study reports these, and no even number (4.4, results). */
export const reportedK = [1, 3, 5, 7] as const;

/** A reading of a published figure. */
export interface Reading {
  readonly name: string;
  readonly k: number;
  readonly search: Search;
  /** Which published figure it may be. */
  readonly of: "precision@k" | "vote accuracy" | "precision" | "recall";
  readonly figure: StudyFigure;
  /** What the paper prints; null for a k that it does not report. */
  readonly published: number | null;
  /** What the reading gives by arithmetic where precision@3 is as published; null where it depends on more. */
  readonly atPublishedPrecision: number | null;
}

type Statistic = (queries: readonly TestedQuery[]) => number;
type Rule = (neighbours: readonly LabelledNeighbour[]) => Vote | null;

/** What a reading counts, before it is measured. */
interface ReadingPlan extends Omit<Reading, "figure"> {
  readonly statistic: Statistic;
}

/** All votes unanimous, or undecided. */
const unanimousVote: Rule = (neighbours) => {
  const vote = pluralityVote(neighbours);
  return vote?.share === 1 ? vote : null;
};

/** Batches over which figures may have been averaged. */
const batchSizes = [4, 5, 6, 8] as const;

/** What is measured of some queries; `prevalence` is of the references. */
export const readingsOf = (
  queries: readonly TestedQuery[],
  { prevalence, classes, seed }: { prevalence: ReadonlyMap<string, number>; classes: readonly string[]; seed: number },
): Reading[] =>
  plans(prevalence, classes).map(({ statistic, ...plan }) => ({
    ...plan,
    figure: studyFigure(queries, statistic, seed),
  }));

/** Labels of the first k neighbours by a search. */
const first = (query: TestedQuery, search: Search, k: number): readonly LabelledNeighbour[] =>
  query.neighbours[search].slice(0, k);

const retrieved = (queries: readonly TestedQuery[], search: Search) =>
  queries.map((query) => ({ label: query.label, neighbours: query.neighbours[search].map(({ label }) => label) }));

/** What each query is taken for. */
export const votesOf = (
  queries: readonly TestedQuery[],
  { rule = pluralityVote, search, k }: { readonly rule?: Rule; readonly search: Search; readonly k: number },
) => ({
  truth: queries.map(({ label }) => label),
  predicted: queries.map((query) => rule(first(query, search, k))?.label ?? null),
});

/** One vote of all neighbours of all of a patient's radiographs, for each of the patient's radiographs. */
const pooledVotes = (queries: readonly TestedQuery[], { search, k }: { search: Search; k: number }) => {
  const byPatient = Map.groupBy(queries, ({ patient }) => patient);
  const said = new Map(
    [...byPatient].map(([patient, own]) => {
      const voters = own
        .flatMap((query) => first(query, search, k))
        .toSorted((a, b) => a.distance - b.distance || a.rank - b.rank)
        .map((voter, i) => ({ ...voter, rank: i + 1 }));
      return [patient, pluralityVote(voters)?.label ?? null] as const;
    }),
  );
  const patients = [...byPatient].map(([patient, [query]]) => ({ label: query!.label, said: said.get(patient)! }));
  return { truth: patients.map(({ label }) => label), predicted: patients.map((one) => one.said) };
};

/** The mean over the classes of "this class or another": right also where both are another. */
const oneVersusRestOf = ({ truth, predicted }: ReturnType<typeof votesOf>, classes: readonly string[]): number =>
  classes.reduce(
    (sum, name) => sum + truth.filter((label, i) => (label === name) === (predicted[i] === name)).length / truth.length,
    0,
  ) / classes.length;

/** Recall averaged over the classes within each batch, absent ones counted 0, then over the batches. */
const batchedRecall = (
  { truth, predicted }: ReturnType<typeof votesOf>,
  classes: readonly string[],
  batch: number,
): number => {
  const recalls: number[] = [];
  for (let from = 0; from < truth.length; from += batch) {
    const matrix = confusionMatrix(truth.slice(from, from + batch), predicted.slice(from, from + batch));
    const sum = matrix.labels.reduce((all, _, i) => {
      const support = matrix.counts[i]!.reduce((own, count) => own + count, 0) + matrix.undecided[i]!;
      return all + (support > 0 ? matrix.counts[i]![i]! / support : 0);
    }, 0);
    recalls.push(sum / classes.length);
  }
  return recalls.reduce((sum, recall) => sum + recall, 0) / recalls.length;
};

const plans = (prevalence: ReadonlyMap<string, number>, classes: readonly string[]): ReadingPlan[] =>
  reportedK.flatMap((k): ReadingPlan[] => {
    const search = "hashed images" as const;
    const precision = publishedPrecision[k] ?? null;
    const ofBest = (value: number): number | null => (k === bestK ? value : null);
    const reading = (
      name: string,
      of: Reading["of"],
      statistic: Statistic,
      told: Partial<Pick<ReadingPlan, "search" | "atPublishedPrecision">> = {},
    ): ReadingPlan => ({
      name,
      k,
      search,
      of,
      published: {
        "precision@k": precision,
        "vote accuracy": publishedVote[k] ?? null,
        precision: ofBest(publishedScores.recommender.test.precision.mean),
        recall: ofBest(publishedScores.recommender.test.recall.mean),
      }[of],
      atPublishedPrecision: null,
      statistic,
      ...told,
    });
    const at = publishedPrecision[bestK]!;
    const vote = (rule: Rule, by: Search = search): Statistic => {
      return (queries) => accuracyScore(votesOf(queries, { rule, search: by, k }));
    };
    const decided = (rule: Rule, what: "accuracyOfDecided" | "coverage"): Statistic => {
      return (queries) => {
        const { truth, predicted } = votesOf(queries, { rule, search, k });
        return voteAccuracy(truth, predicted)[what];
      };
    };
    const plain = (queries: readonly TestedQuery[]) => votesOf(queries, { search, k });
    const ofOne: ReadingPlan[] = [
      reading("precision@k, images", "precision@k", (queries) => precisionAtK(retrieved(queries, search), k)),
      reading(
        "precision@k, patients",
        "precision@k",
        (queries) => precisionAtK(retrieved(queries, "hashed patients"), k),
        { search: "hashed patients" },
      ),
      reading(
        "precision@k, patients, exact search",
        "precision@k",
        (queries) => precisionAtK(retrieved(queries, "exact patients"), k),
        { search: "exact patients" },
      ),
      reading("plurality, ties to the nearest", "vote accuracy", vote(pluralityVote), {
        atPublishedPrecision: ofBest(independentPlurality(at)),
      }),
    ];
    if (k === 1) return ofOne;
    return [
      ...ofOne,
      reading("plurality, patients", "vote accuracy", vote(pluralityVote, "hashed patients"), {
        search: "hashed patients",
        atPublishedPrecision: ofBest(independentPlurality(at)),
      }),
      reading("plurality, patients, exact search", "vote accuracy", vote(pluralityVote, "exact patients"), {
        search: "exact patients",
      }),
      reading("plurality, hash tables alone", "vote accuracy", vote(pluralityVote, "tables"), { search: "tables" }),
      reading("strict majority, undecided is wrong", "vote accuracy", vote(strictMajorityVote), {
        atPublishedPrecision: ofBest(independentMajority(at)),
      }),
      reading(
        "most that a strict majority could have",
        "vote accuracy",
        (queries) => strictMajorityBound(precisionAtK(retrieved(queries, search), k), k),
        {
          atPublishedPrecision: ofBest(strictMajorityBound(at, bestK)),
        },
      ),
      reading("majority or none, of those decided", "vote accuracy", decided(strictMajorityVote, "accuracyOfDecided")),
      reading("share that a majority decides", "vote accuracy", decided(strictMajorityVote, "coverage")),
      reading("unanimous or none, of those decided", "vote accuracy", decided(unanimousVote, "accuracyOfDecided")),
      reading("share that is unanimous", "recall", decided(unanimousVote, "coverage")),
      reading("at least one of k is right", "vote accuracy", (queries) => hitRateAtK(retrieved(queries, search), k), {
        atPublishedPrecision: ofBest(independentHit(at)),
      }),
      reading(
        "mean over the classes of one against the rest",
        "vote accuracy",
        (queries) => oneVersusRestOf(plain(queries), classes),
        { atPublishedPrecision: ofBest(oneVersusRest(at)) },
      ),
      reading("votes weighed by 1 / distance", "vote accuracy", vote(distanceWeightedVote)),
      reading(
        "votes weighed by 1 / prevalence",
        "vote accuracy",
        vote((own) => prevalenceWeightedVote(own, prevalence)),
      ),
      reading("one vote of all images of a patient", "vote accuracy", (queries) =>
        accuracyScore(pooledVotes(queries, { search, k })),
      ),
      reading("image-level split: own patient allowed", "vote accuracy", vote(pluralityVote, "own allowed"), {
        search: "own allowed",
      }),
      reading("precision, mean over the classes", "precision", (queries) => precisionScore(plain(queries), "macro")),
      reading("precision over all cases", "precision", (queries) => precisionScore(plain(queries), "micro")),
      reading("recall, mean over the classes", "recall", (queries) => recallScore(plain(queries), "macro")),
      reading("recall over all cases", "recall", (queries) => recallScore(plain(queries), "micro")),
      reading("found of all that are relevant", "recall", (queries) => {
        const relevant = queries.map((query) => query.relevant);
        return recallAtK(retrieved(queries, search), k, relevant).recall;
      }),
      reading("most that can be found of all that are relevant", "recall", (queries) => {
        const relevant = queries.map((query) => query.relevant);
        return recallAtK(retrieved(queries, search), k, relevant).bound;
      }),
      ...batchSizes.map((batch) =>
        reading(`recall by class within batches of ${batch}, absent classes 0`, "recall", (queries) =>
          batchedRecall(plain(queries), classes, batch),
        ),
      ),
    ];
  });
