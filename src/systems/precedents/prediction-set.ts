/**
 * The diagnoses that a link cannot rule out, with a coverage that is guaranteed (evidence/conformal.ts): what past patients' own
 * neighbours said of their true diagnosis tells how little support a diagnosis may have and yet be right. Past patients are
 * those whom the network had not learned from, one radiograph of each, so that patients are what is promised about.
 */

import {
  type ConformalCase,
  calibrate,
  fewestCases,
  labelsApart,
  measureCoverage,
  predictionSet,
} from "../../evidence/conformal.ts";
import { type Interval, wilsonInterval } from "../../evidence/wilson-interval.ts";
import type { UnknownReason } from "./familiarity.ts";

/** What is promised. */
export interface CoverageWish {
  /** How often the set holds the diagnosis, in (0, 1). */
  readonly coverage: number;
  /** Whether that holds for every diagnosis with past patients enough instead of over all patients. */
  readonly byLabel: boolean;
}

/** A diagnosis with the share of the neighbours' weight that speaks for it. */
export interface SupportedLabel {
  readonly label: string;
  readonly support: number;
}

/** A set with what it rests on. */
export interface PredictionSet extends CoverageWish {
  /** The best supported first; never empty. */
  readonly labels: readonly SupportedLabel[];
  /** How many diagnoses there are to choose from. */
  readonly among: number;
  /** Past patients by whom the limits were set. */
  readonly patients: number;
  /** How often the sets of these patients, each by the limits of all others, held their diagnosis. */
  readonly measured: { readonly share: number; readonly interval: Interval; readonly meanLabels: number };
  /** Diagnoses that have a limit of their own. */
  readonly apart: readonly string[];
}

/** Each neighbour weighs this much of the one before: the nearest ten have two thirds of the weight. */
const decay = 0.9;
/** What is usual weighs as much as half a nearest neighbour, so that nothing of the archive has no support at all. */
const usualWeight = 0.5;

/**
 * The support of every diagnosis.
 *
 * @param voters what the neighbours had, the nearest first; who has no label does not count
 * @param references patients of each diagnosis among whom neighbours are looked for
 */
export const supportOf = (
  voters: readonly (string | null)[],
  references: ReadonlyMap<string, number>,
): ReadonlyMap<string, number> => {
  const all = [...references.values()].reduce((sum, count) => sum + count, 0);
  const weights = new Map([...references].map(([label, count]) => [label, (usualWeight * count) / all]));
  let total = all > 0 ? usualWeight : 0;
  let weight = 1;
  for (const label of voters) {
    if (label === null) continue;
    weights.set(label, (weights.get(label) ?? 0) + weight);
    total += weight;
    weight *= decay;
  }
  return new Map([...weights].map(([label, own]) => [label, own / total]));
};

/** A past patient's diagnosis and neighbours. */
export interface PastVoters {
  readonly label: string | null;
  readonly voters: readonly (string | null)[];
}

/** Sets by past patients; the limits of each wish are worked out once. */
export class PredictionSets {
  readonly #references: ReadonlyMap<string, number>;
  readonly #cases: readonly ConformalCase[];
  readonly #made = new Map<string, ReturnType<typeof limitsOf>>();

  constructor(past: readonly PastVoters[], references: ReadonlyMap<string, number>) {
    this.#references = references;
    this.#cases = past.flatMap(({ label, voters }) =>
      label === null ? [] : [{ label, scores: this.#scoresOf(voters) }],
    );
  }

  /** Why no set with this coverage can be told; null where it can. */
  problem({ coverage }: CoverageWish): UnknownReason | null {
    const [have, need] = [this.#cases.length, fewestCases(coverage)];
    if (have >= need) return null;
    const share = `${Math.round(coverage * 100)} %`;
    const detail = `A set that holds ${share} needs at least ${need} past patients from whom the network had not learned, and there are ${have}.`;
    return { code: "too-few-held-out", detail };
  }

  /** The set of somebody with these neighbours; null where {@link problem} says why not. */
  of(voters: readonly (string | null)[], wish: CoverageWish): PredictionSet | null {
    const limits = this.#limits(wish);
    if (limits === null) return null;
    const scores = this.#scoresOf(voters);
    const labels = predictionSet(limits.conformal, scores).map((label) => ({ label, support: 1 - scores.get(label)! }));
    return {
      ...wish,
      labels,
      among: scores.size,
      patients: this.#cases.length,
      measured: limits.measured,
      apart: limits.apart,
    };
  }

  #limits(wish: CoverageWish): ReturnType<typeof limitsOf> {
    const key = JSON.stringify([wish.coverage, wish.byLabel]);
    if (!this.#made.has(key)) this.#made.set(key, limitsOf(this.#cases, wish));
    return this.#made.get(key)!;
  }

  #scoresOf(voters: readonly (string | null)[]): ReadonlyMap<string, number> {
    return new Map([...supportOf(voters, this.#references)].map(([label, support]) => [label, 1 - support]));
  }
}

const limitsOf = (cases: readonly ConformalCase[], wish: CoverageWish) => {
  const conformal = calibrate(cases, wish);
  if (conformal === null) return null;
  const { covered, meanLabels } = measureCoverage(conformal, cases);
  const share = covered / cases.length;
  return {
    conformal,
    measured: { share, interval: wilsonInterval(covered, cases.length), meanLabels },
    apart: labelsApart(conformal),
  };
};
