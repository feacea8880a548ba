/**
 * Every patient of the archive linked to all others, by networks that did not learn from the patient; and whether the other radiographs of
 * the same patient would be found, if they were allowed, and are not where they are not.
 */

import type { LinkedQuery } from "./link-rows.ts";
import { bestK } from "./published-figures.ts";
import { type Reading, readingsOf, votesOf } from "./readings.ts";
import { meanOf } from "./statistics.ts";
import { type StudyFigure, studyFigure, type TestedQuery } from "./study-items.ts";

/** What of the own patient's other radiographs is found. */
export interface SiblingScores {
  /** Radiographs whose patient has another one. */
  readonly queries: number;
  /** Share of which another of the own patient is the very nearest, and among the first k, where it is allowed. */
  readonly nearest: StudyFigure;
  readonly amongK: readonly { readonly k: number; readonly figure: StudyFigure }[];
  /** The middle of the ranks of the nearest one, of all radiographs. */
  readonly medianRank: number;
  /** Radiographs that it could be among. */
  readonly references: number;
  /** What chance alone would find first. */
  readonly chance: number;
  /** How often one of the own patient is among the first k where it is not allowed: never. */
  readonly foundWhenExcluded: number;
}

/** Accuracy of the vote by how many radiographs the patient has. */
export interface ByRadiographs {
  readonly radiographs: string;
  readonly patients: number;
  readonly queries: number;
  readonly figure: StudyFigure;
}

/** What came of linking the whole archive. */
export interface LeaveOneOutScores {
  readonly queries: number;
  readonly patients: number;
  readonly readings: readonly Reading[];
  /** Null where nobody has two radiographs. */
  readonly siblings: SiblingScores | null;
  readonly byRadiographs: readonly ByRadiographs[];
}

/** The ks that own radiographs are counted at. */
const siblingK = [3, 5, 7] as const;

export const leaveOneOutScores = (
  queries: readonly TestedQuery[],
  {
    links,
    ...told
  }: {
    readonly links: readonly LinkedQuery[];
    readonly prevalence: ReadonlyMap<string, number>;
    readonly classes: readonly string[];
    readonly seed: number;
  },
): LeaveOneOutScores => ({
  queries: queries.length,
  patients: new Set(queries.map(({ patient }) => patient)).size,
  readings: readingsOf(queries, told),
  siblings: siblingScores(queries, { links, seed: told.seed }),
  byRadiographs: byRadiographs(queries, told.seed),
});

const siblingScores = (
  queries: readonly TestedQuery[],
  { links, seed }: { readonly links: readonly LinkedQuery[]; readonly seed: number },
): SiblingScores | null => {
  const rankOf = new Map(links.map(({ position, siblingRank }) => [position, siblingRank]));
  const having = queries.filter(({ position }) => rankOf.get(position) !== null);
  if (having.length === 0) return null;
  const within = (k: number): StudyFigure =>
    studyFigure(having, meanOf(having.map(({ position }) => Number(rankOf.get(position)! <= k))), seed);
  const ranks = having.map(({ position }) => rankOf.get(position)!).sort((a, b) => a - b);
  const patientOf = new Map(queries.map(({ position, patient }) => [position, patient]));
  const counts = Map.groupBy(queries, ({ patient }) => patient);
  const references = queries.length - 1;
  const chance =
    having.reduce((sum, { patient }) => sum + (counts.get(patient)!.length - 1) / references, 0) / having.length;
  const excluded = ["hashed images", "hashed patients", "tables", "exact images", "exact patients"] as const;
  return {
    queries: having.length,
    nearest: within(1),
    amongK: siblingK.map((k) => ({ k, figure: within(k) })),
    medianRank: ranks[Math.floor((ranks.length - 1) / 2)]!,
    references,
    chance,
    foundWhenExcluded: queries.filter((query) =>
      excluded.some((search) =>
        query.neighbours[search].some(({ position }) => patientOf.get(position) === query.patient),
      ),
    ).length,
  };
};

const byRadiographs = (queries: readonly TestedQuery[], seed: number): ByRadiographs[] => {
  const counts = Map.groupBy(queries, ({ patient }) => patient);
  const nameOf = (count: number): string => (count >= 4 ? "4 or more" : String(count));
  const groups = Map.groupBy(queries, ({ patient }) => nameOf(counts.get(patient)!.length));
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([radiographs, own]) => {
      const said = votesOf(own, { search: "hashed images", k: bestK });
      return {
        radiographs,
        patients: new Set(own.map(({ patient }) => patient)).size,
        queries: own.length,
        figure: studyFigure(own, meanOf(own.map(({ label }, i) => Number(said[i] === label))), seed),
      };
    });
};
