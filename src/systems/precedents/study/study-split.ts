/**
 * Who is tested in each shuffle (4.4, demographics and statistical evaluation): a fifth of the patients of each label, among those who
 * have a single radiograph, three times over; and the folds of those who are not. Patients whose radiographs may show one person stay on
 * one side.
 */

import type { PatientId } from "../../../clinic/ids.ts";
import { dealPatients, patientsByLabel, type SplitItem } from "../../../clinic/splits/deal-patients.ts";
import { duplicateLinks } from "../../../clinic/splits/split-subjects.ts";
import { Random } from "../../../numeric/random.ts";
import type { StoredImage } from "../../../store/index.ts";

/** Who may be tested: those with one radiograph, as published, or anybody. */
export const testRules = ["single-radiograph", "any"] as const;
export type TestRule = (typeof testRules)[number];

/** A radiograph of the study; its position among all is what lists of the study name it by. */
export interface StudyItem extends SplitItem {
  readonly image: StoredImage;
}

/** One shuffle, as positions of items. */
export interface Shuffle {
  readonly train: readonly number[];
  readonly test: readonly number[];
  /** Those of the training part that each fold validates on. */
  readonly folds: readonly (readonly number[])[];
}

/** What a split is told. */
export interface StudySplitOptions {
  readonly shuffles: number;
  readonly testShare: number;
  readonly rule: TestRule;
  readonly folds: number;
  readonly seed: number;
}

/** Draws the shuffles; each by itself, so that a patient may be tested in several. */
export const drawShuffles = (items: readonly StudyItem[], options: StudySplitOptions): Shuffle[] => {
  const mayBeTested = eligible(items, options.rule);
  return Array.from({ length: options.shuffles }, (_, shuffle) => {
    const random = new Random(options.seed, "shuffle", shuffle);
    const tested = drawPatients(items, { ...options, mayBeTested, random });
    const train = positionsOf(items, ({ patient }) => !tested.has(patient));
    return {
      train,
      test: positionsOf(items, ({ patient }) => tested.has(patient)),
      folds: validationFolds(items, train, { folds: options.folds, random: random.fork("folds") }),
    };
  });
};

/** The positions that no shuffle tests: what is chosen on them is chosen on nobody who is tested. */
export const neverTested = (items: readonly StudyItem[], shuffles: readonly Shuffle[]): number[] => {
  const tested = new Set(shuffles.flatMap(({ test }) => test));
  return [...items.keys()].filter((position) => !tested.has(position));
};

/** Some positions in parts that share no patient, each label spread over all. */
export const validationFolds = (
  items: readonly StudyItem[],
  positions: readonly number[],
  { folds, random }: { readonly folds: number; readonly random: Random },
): number[][] => {
  if (folds === 0) return [];
  const foldOf = dealPatients(
    positions.map((position) => items[position]!),
    { folds, random },
  );
  return Array.from({ length: folds }, (_, fold) =>
    positions.filter((position) => foldOf.get(items[position]!.patient) === fold),
  );
};

const positionsOf = (items: readonly StudyItem[], isWanted: (item: StudyItem) => boolean): number[] =>
  items.flatMap((item, position) => (isWanted(item) ? [position] : []));

const eligible = (items: readonly StudyItem[], rule: TestRule): ReadonlySet<PatientId> => {
  const linked = new Set(duplicateLinks(items.map(({ image }) => image)).flat());
  const byPatient = Map.groupBy(items, ({ patient }) => patient);
  return new Set(
    [...byPatient]
      .filter(([patient, own]) => !linked.has(patient) && (rule === "any" || own.length === 1))
      .map(([patient]) => patient),
  );
};

/**
 * Of each label the share of all its patients, as far as there are enough who may be tested; at least one where there are two patients,
 * and never the last.
 */
const drawPatients = (
  items: readonly StudyItem[],
  {
    testShare,
    mayBeTested,
    random,
  }: Pick<StudySplitOptions, "testShare"> & { readonly mayBeTested: ReadonlySet<PatientId>; readonly random: Random },
): ReadonlySet<PatientId> =>
  new Set(
    patientsByLabel(items).flatMap(([label, patients]) => {
      const candidates = patients.filter((patient) => mayBeTested.has(patient));
      const wanted = Math.min(Math.max(1, Math.round(testShare * patients.length)), patients.length - 1);
      const order = random.fork(label).permutation(candidates.length);
      return Array.from(order.subarray(0, wanted), (at) => candidates[at]!);
    }),
  );
