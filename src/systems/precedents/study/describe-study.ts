/** Whom a study is about (table 1): patients and radiographs by label, who was tested, and the age with its test of normality. */

import { shapiroWilk, shapiroWilkRange } from "../../../evidence/hypothesis/shapiro-wilk.ts";
import { quantiles } from "../../../numeric/quantile.ts";
import type { StoredImage } from "../../../store/index.ts";
import type { LesionBox } from "../lesion-crop.ts";
import type { Shuffle, StudyItem } from "./study-split.ts";

/** A row of table 1. */
export interface DescribedLabel {
  readonly label: string;
  readonly patients: number;
  readonly radiographs: number;
  /** Radiographs that each shuffle tests. */
  readonly tested: readonly number[];
}

/** Table 1. */
export interface StudyDescription {
  readonly labels: readonly DescribedLabel[];
  /** Radiographs whose lesion is marked; the others stand whole among the drawn crops. */
  readonly marked: number;
  /** Radiographs of each shuffle's parts. */
  readonly shuffles: readonly { readonly train: number; readonly test: number }[];
  /** Of the patients whose age is known, at their first radiograph; null where fewer than three are. */
  readonly age: {
    readonly patients: number;
    readonly median: number;
    readonly quartiles: readonly [number, number];
    readonly w: number;
    readonly pValue: number;
  } | null;
}

export const describeStudy = (
  items: readonly StudyItem[],
  {
    shuffles,
    drawn,
  }: { readonly shuffles: readonly Shuffle[]; readonly drawn: ReadonlyMap<StoredImage["id"], LesionBox> },
): StudyDescription => ({
  labels: [...Map.groupBy(items.keys(), (position) => items[position]!.label)]
    .map(([label, positions]) => ({
      label,
      patients: new Set(positions.map((position) => items[position]!.patient)).size,
      radiographs: positions.length,
      tested: shuffles.map(({ test }) => test.filter((position) => items[position]!.label === label).length),
    }))
    .sort((a, b) => b.patients - a.patients || (a.label < b.label ? -1 : 1)),
  marked: drawn.size,
  shuffles: shuffles.map(({ train, test }) => ({ train: train.length, test: test.length })),
  age: ageOf(items),
});

const ageOf = (items: readonly StudyItem[]): StudyDescription["age"] => {
  const ages = [...Map.groupBy(items, ({ patient }) => patient).values()].flatMap(
    (own) => own.find(({ image }) => image.ageYears !== null)?.image.ageYears ?? [],
  );
  if (ages.length < shapiroWilkRange[0] || ages.length > shapiroWilkRange[1] || new Set(ages).size < 2) return null;
  const [lower, median, upper] = quantiles(ages, [0.25, 0.5, 0.75]) as [number, number, number];
  const { statistic: w, pValue } = shapiroWilk(ages);
  return { patients: ages.length, median, quartiles: [lower, upper], w, pValue };
};
