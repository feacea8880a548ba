/**
 * Every reading under which a recommender's figure can be meant, with the value it takes: the published accuracy of 92.86 % beside a
 * precision@3 of 62.58 % does not say which it is (design: state what reproduces, under which reading, and force no number).
 */

import { hitRateAtK, precisionAtK, strictMajorityBound } from "../../../evidence/retrieval-scores.ts";
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
import {
  accuracyOf,
  batchedRecall,
  judgedClasses,
  meanOf,
  meanOneVersusRest,
  meanOverClasses,
  ratioOf,
} from "./statistics.ts";
import {
  type LabelledNeighbour,
  type Statistic,
  type StudyFigure,
  studyFigure,
  type TestedQuery,
} from "./study-items.ts";

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

type Queries = readonly TestedQuery[];
type Rule = (neighbours: readonly LabelledNeighbour[]) => Vote | null;

/** What a reading counts, before it is measured. */
interface ReadingPlan extends Omit<Reading, "figure"> {
  readonly count: (queries: Queries) => Statistic;
}

/** What readings are measured with; `prevalence` is of the references. */
interface ReadingContext {
  readonly prevalence: ReadonlyMap<string, number>;
  readonly classes: readonly string[];
}

/** All readings of some queries. */
export const readingsOf = (
  queries: Queries,
  { seed, ...context }: ReadingContext & { readonly seed: number },
): Reading[] =>
  reportedK
    .flatMap((k) => plansOf(k, context))
    .map(({ count, ...plan }) => ({ ...plan, figure: studyFigure(queries, count(queries), seed) }));

/** All votes unanimous, or undecided. */
const unanimousVote: Rule = (neighbours) => {
  const vote = pluralityVote(neighbours);
  return vote?.share === 1 ? vote : null;
};

/** Batches over which figures may have been averaged. */
const batchSizes = [4, 5, 6, 8] as const;

/** What each query is taken for. */
export const votesOf = (
  queries: Queries,
  { rule = pluralityVote, search, k }: { readonly rule?: Rule; readonly search: Search; readonly k: number },
): (string | null)[] => queries.map(({ neighbours }) => rule(neighbours[search].slice(0, k))?.label ?? null);

/** For each query the one vote of all neighbours of all of its patient's radiographs. */
const pooledVotes = (queries: Queries, { search, k }: { readonly search: Search; readonly k: number }) => {
  const said = new Map(
    [...Map.groupBy(queries, ({ patient }) => patient)].map(([patient, own]) => {
      const voters = own
        .flatMap(({ neighbours }) => neighbours[search].slice(0, k))
        .toSorted((a, b) => a.distance - b.distance || a.rank - b.rank)
        .map((voter, i) => ({ ...voter, rank: i + 1 }));
      return [patient, pluralityVote(voters)?.label ?? null] as const;
    }),
  );
  return queries.map(({ patient }) => said.get(patient)!);
};

const hitsOf = (queries: Queries, said: readonly (string | null)[]): number[] =>
  queries.map(({ label }, i) => Number(said[i] === label));

/** Each patient counts once, however many radiographs there are. */
const pooled =
  (at: { readonly search: Search; readonly k: number }) =>
  (queries: Queries): Statistic => {
    const counts = Map.groupBy(queries, ({ patient }) => patient);
    const weights = queries.map(({ patient }) => 1 / counts.get(patient)!.length);
    const hits = hitsOf(queries, pooledVotes(queries, at));
    return ratioOf(
      hits.map((hit, i) => hit * weights[i]!),
      weights,
    );
  };

const retrieved = ({ label, neighbours }: TestedQuery, search: Search) => [
  { label, neighbours: neighbours[search].map((one) => one.label) },
];

const plansOf = (k: number, { prevalence, classes }: ReadingContext): ReadingPlan[] => {
  const search = "hashed images" as const;
  const at = publishedPrecision[bestK]!;
  const ofBest = (value: number): number | null => (k === bestK ? value : null);
  const published: Readonly<Record<Reading["of"], number | null>> = {
    "precision@k": publishedPrecision[k] ?? null,
    "vote accuracy": publishedVote[k] ?? null,
    precision: ofBest(publishedScores.recommender.test.precision.mean),
    recall: ofBest(publishedScores.recommender.test.recall.mean),
  };
  const reading = (
    name: string,
    of: Reading["of"],
    count: ReadingPlan["count"],
    told: Partial<Pick<ReadingPlan, "search" | "atPublishedPrecision">> = {},
  ): ReadingPlan => ({ name, k, search, of, published: published[of], atPublishedPrecision: null, count, ...told });

  const precision =
    (by: Search): ReadingPlan["count"] =>
    (queries) =>
      meanOf(queries.map((query) => precisionAtK(retrieved(query, by), k)));
  const vote =
    (rule: Rule, by: Search = search): ReadingPlan["count"] =>
    (queries) =>
      meanOf(hitsOf(queries, votesOf(queries, { rule, search: by, k })));
  const decided =
    (rule: Rule, what: "right" | "share"): ReadingPlan["count"] =>
    (queries) => {
      const said = votesOf(queries, { rule, search, k });
      const isDecided = said.map((label) => Number(label !== null));
      return what === "share" ? meanOf(isDecided) : ratioOf(hitsOf(queries, said), isDecided);
    };
  const judged = (queries: Queries) => {
    const said = votesOf(queries, { search, k });
    return judgedClasses(
      queries.map(({ label }, i) => ({ label, said: said[i]! })),
      classes,
    );
  };
  const ofRelevant =
    (found: (query: TestedQuery) => number): ReadingPlan["count"] =>
    (queries) => {
      const isAny = queries.map(({ relevant }) => Number(relevant > 0));
      return ratioOf(
        queries.map((query) => (query.relevant > 0 ? found(query) / query.relevant : 0)),
        isAny,
      );
    };

  const ofAnyK = [
    reading("precision@k, images", "precision@k", precision(search)),
    reading("precision@k, patients", "precision@k", precision("hashed patients"), { search: "hashed patients" }),
    reading("precision@k, patients, exact search", "precision@k", precision("exact patients"), {
      search: "exact patients",
    }),
    reading("plurality, ties to the nearest", "vote accuracy", vote(pluralityVote), {
      atPublishedPrecision: ofBest(independentPlurality(at)),
    }),
  ];
  if (k === 1) return ofAnyK;
  return [
    ...ofAnyK,
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
      (queries) => {
        const mean = precision(search)(queries);
        return (positions) => strictMajorityBound(mean(positions), k);
      },
      { atPublishedPrecision: ofBest(strictMajorityBound(at, bestK)) },
    ),
    reading("majority or none, of those decided", "vote accuracy", decided(strictMajorityVote, "right")),
    reading("share that a majority decides", "vote accuracy", decided(strictMajorityVote, "share")),
    reading("unanimous or none, of those decided", "vote accuracy", decided(unanimousVote, "right")),
    reading("share that is unanimous", "recall", decided(unanimousVote, "share")),
    reading(
      "at least one of k is right",
      "vote accuracy",
      (queries) => meanOf(queries.map((query) => hitRateAtK(retrieved(query, search), k))),
      { atPublishedPrecision: ofBest(independentHit(at)) },
    ),
    reading(
      "mean over the classes of one against the rest",
      "vote accuracy",
      (queries) => meanOneVersusRest(judged(queries)),
      { atPublishedPrecision: ofBest(oneVersusRest(at)) },
    ),
    reading("votes weighed by 1 / distance", "vote accuracy", vote(distanceWeightedVote)),
    reading(
      "votes weighed by 1 / prevalence",
      "vote accuracy",
      vote((own) => prevalenceWeightedVote(own, prevalence)),
    ),
    reading("one vote of all images of a patient", "vote accuracy", pooled({ search, k })),
    reading("image-level split: own patient allowed", "vote accuracy", vote(pluralityVote, "own allowed"), {
      search: "own allowed",
    }),
    reading("precision, mean over the classes", "precision", (queries) =>
      meanOverClasses(judged(queries), "precision"),
    ),
    reading("precision over all cases", "precision", (queries) => accuracyOf(judged(queries))),
    reading("recall, mean over the classes", "recall", (queries) => meanOverClasses(judged(queries), "recall")),
    reading("recall over all cases", "recall", (queries) => accuracyOf(judged(queries))),
    reading(
      "found of all that are relevant",
      "recall",
      ofRelevant((query) => k * precisionAtK(retrieved(query, search), k)),
    ),
    reading(
      "most that can be found of all that are relevant",
      "recall",
      ofRelevant(({ relevant }) => Math.min(k, relevant)),
    ),
    ...batchSizes.map((batch) =>
      reading(`recall by class within batches of ${batch}, absent classes 0`, "recall", (queries) =>
        batchedRecall(judged(queries), batch),
      ),
    ),
  ];
};
