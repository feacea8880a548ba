/**
 * Splits of a cohort by patient: no person stands on two sides, every stratum keeps its share, and a side may be asked for a
 * share of external patients, as the atlas study's hold-out (Eur Radiol 2023, 10.1007/s00330-022-09184-6: half). The result
 * is written down once and used by every experiment that is compared.
 */
import { OsteonError } from "../../errors.ts";
import { Random } from "../../numeric/random.ts";
import type { PatientId } from "../ids.ts";
import { linkPatients } from "./link-patients.ts";

/** A patient as a split sees one. */
export interface SplitSubject {
  readonly patient: PatientId;
  /** What is kept in proportion, such as the entity. */
  readonly stratum: string;
  readonly origin?: "internal" | "external";
}

/** How to split. */
export interface SplitPlan {
  /** Names and shares, which sum to 1: `{ train: 0.6, validation: 0.2, test: 0.2 }`. The first takes what is left over. */
  readonly parts: Readonly<Record<string, number>>;
  readonly seed: number;
  /** Divides the patients of the first part into as many validation sets; none by default. */
  readonly folds?: number;
  /** The share of external patients that a part should have. */
  readonly external?: { readonly part: string; readonly share: number };
  /** Patients who are to stay on one side; see the leak audit. */
  readonly links?: readonly (readonly [PatientId, PatientId])[];
}

/** A split, patients in sorted order. */
export interface Split {
  readonly parts: Readonly<Record<string, readonly PatientId[]>>;
  /** The validation patients of each fold; the others of the first part train it. Empty without folds. */
  readonly folds: readonly (readonly PatientId[])[];
}

/** Linked patients go to one side together. */
interface Group {
  readonly patients: readonly PatientId[];
  readonly stratum: string;
  readonly isExternal: boolean;
}

const sizeOf = (groups: readonly Group[]): number => groups.reduce((sum, { patients }) => sum + patients.length, 0);

const checkPlan = ({ parts, folds, external }: SplitPlan): void => {
  const shares = Object.values(parts);
  const sum = shares.reduce((total, share) => total + share, 0);
  if (shares.length < 2 || shares.some((share) => !(share > 0)) || Math.abs(sum - 1) > 1e-6) {
    throw new OsteonError(
      "bad-usage",
      `A split needs two parts or more with shares above 0 that sum to 1, not to ${sum}.`,
    );
  }
  if (folds !== undefined && (!Number.isInteger(folds) || folds < 2)) {
    throw new OsteonError("bad-usage", `The number of folds must be a whole number of at least 2, not ${folds}.`);
  }
  if (external && (!Object.hasOwn(parts, external.part) || !(external.share >= 0 && external.share <= 1))) {
    throw new OsteonError("bad-usage", "The external share must be in [0, 1], of one of the split's parts.");
  }
};

const gather = (subjects: readonly SplitSubject[], links: SplitPlan["links"] = []): Group[] => {
  const of = new Map(subjects.map((subject) => [subject.patient, subject]));
  const patients = [...of.keys()].sort();
  return linkPatients(patients, links).map((linked) => {
    const { stratum } = of.get(linked[0]!)!;
    return { patients: linked, stratum, isExternal: linked.some((one) => of.get(one)!.origin === "external") };
  });
};

/** Takes groups from the list's front until `count` patients are reached; what would overshoot is passed over. */
const take = (groups: Group[], count: number): Group[] => {
  const taken: Group[] = [];
  for (let i = 0, left = count; i < groups.length && left > 0; ) {
    if (groups[i]!.patients.length > left) i += 1;
    else {
      const [group] = groups.splice(i, 1) as [Group];
      taken.push(group);
      left -= group.patients.length;
    }
  }
  return taken;
};

/**
 * Splits patients. The same plan and the same patients, in any order, give the same split.
 *
 * A part with an asked share of external patients draws that share of its patients from them in every stratum, as far as
 * there are any; where a stratum has too few, internal ones fill up.
 *
 * @param subjects each patient once
 * @throws OsteonError `bad-usage` for a plan that cannot be, more folds than patients among them
 * @example
 * makeSplit(subjects, { parts: { train: 0.8, test: 0.2 }, seed: 41 }).parts.test;
 */
export const makeSplit = (subjects: readonly SplitSubject[], plan: SplitPlan): Split => {
  checkPlan(plan);
  const [first, ...others] = Object.keys(plan.parts) as [string, ...string[]];
  const random = new Random(plan.seed, "split");
  const parts: Record<string, PatientId[]> = Object.fromEntries(Object.keys(plan.parts).map((name) => [name, []]));
  const folds: PatientId[][] = Array.from({ length: plan.folds ?? 0 }, () => []);
  const strata = Map.groupBy(gather(subjects, plan.links), ({ stratum }) => stratum);
  const owed = new Map(others.map((name) => [name, 0]));
  let nextFold = 0;
  for (const stratum of [...strata.keys()].sort()) {
    const groups = strata.get(stratum)!;
    const order = random.fork(stratum).permutation(groups.length);
    const left = Array.from(order, (i) => groups[i]!);
    const total = sizeOf(left);
    // The part with the asked share chooses first: others could use up the external patients.
    for (const name of others.toSorted(
      (a, b) => Number(b === plan.external?.part) - Number(a === plan.external?.part),
    )) {
      const exact = total * plan.parts[name]!;
      const wanted = Math.min(quota(exact, owed.get(name)!, total > others.length), sizeOf(left) - 1);
      const chosen = choose(left, wanted, name === plan.external?.part ? plan.external.share : undefined);
      parts[name]!.push(...chosen.flatMap(({ patients }) => patients));
      owed.set(name, owed.get(name)! + exact - sizeOf(chosen));
    }
    for (const group of left) {
      parts[first]!.push(...group.patients);
      if (folds.length > 0) folds[nextFold++ % folds.length]!.push(...group.patients);
    }
  }
  if (folds.some((fold) => fold.length === 0)) {
    const has = `${parts[first]!.length} in ${first}`;
    throw new OsteonError(
      "bad-usage",
      `${folds.length} folds need more patients than the ${has}; ask for fewer folds.`,
    );
  }
  for (const patients of [...Object.values(parts), ...folds]) patients.sort();
  return { parts, folds };
};

/**
 * How many patients of a stratum a part gets: its share, rounded up or down by what strata before left owing, so that the
 * roundings of many small strata do not add up. Where there is one for every part, each gets one: a part without a class
 * measures nothing of it.
 */
const quota = (exact: number, owed: number, isEnoughForAll: boolean): number =>
  Math.max(
    isEnoughForAll ? 1 : 0,
    Math.min(Math.max(Math.round(exact + owed), Math.floor(exact + 1e-9)), Math.ceil(exact - 1e-9)),
  );

const choose = (left: Group[], wanted: number, externalShare: number | undefined): Group[] => {
  if (externalShare === undefined) return take(left, wanted);
  const external = left.filter(({ isExternal }) => isExternal);
  const internal = left.filter(({ isExternal }) => !isExternal);
  const chosen = take(external, Math.round(wanted * externalShare));
  chosen.push(...take(internal, wanted - sizeOf(chosen)));
  chosen.push(...take(external, wanted - sizeOf(chosen)));
  const taken = new Set(chosen);
  left.splice(0, left.length, ...left.filter((group) => !taken.has(group)));
  return chosen;
};
