/** The small task: which radiographs, of which classes, and which of them a seed draws. */

import type { ImageId, PatientId } from "../../clinic/ids.ts";
import { OsteonError, shown } from "../../errors.ts";
import type { Random } from "../../numeric/random.ts";
import type { StoredImage } from "../../store/index.ts";

/** What radiographs can be told apart by. */
export const transferTargets = ["entity", "region", "label"] as const;
export type TransferTarget = (typeof transferTargets)[number];

/** What a task is made of. */
export interface TaskPlan {
  readonly target: TransferTarget;
  /** Two or more values of the target. */
  readonly classes: readonly string[];
  /** These radiographs alone. */
  readonly only?: ReadonlySet<ImageId> | undefined;
}

/** A radiograph of the task. */
export interface TaskItem {
  readonly image: ImageId;
  readonly patient: PatientId;
  /** Its class. */
  readonly label: string;
}

/**
 * The radiographs of a task.
 *
 * @throws OsteonError `bad-usage` for fewer than two classes, `bad-input` for a class that no radiograph has
 */
export const taskOf = (images: readonly StoredImage[], { target, classes, only }: TaskPlan): TaskItem[] => {
  if (new Set(classes).size < 2 || new Set(classes).size < classes.length) {
    throw new OsteonError("bad-usage", "Name two different classes or more, such as two entities.");
  }
  const items = images.flatMap(({ id, patient, [target]: label }): TaskItem[] =>
    label !== null && classes.includes(label) && (only?.has(id) ?? true) ? [{ image: id, patient, label }] : [],
  );
  const missing = classes.find((name) => items.every(({ label }) => label !== name));
  if (missing === undefined) return items;
  const where = only ? "among those that the table names" : "in the home";
  throw new OsteonError("bad-input", `No radiograph ${where} has the ${target} ${shown(missing)}.`, { target });
};

/** The patients of some classes: whom a pretraining for a task has to leave out. */
export const patientsOfClasses = (
  images: readonly StoredImage[],
  { target, classes }: Pick<TaskPlan, "target" | "classes">,
): ReadonlySet<PatientId> =>
  new Set(
    images.flatMap(({ patient, [target]: label }) => (label !== null && classes.includes(label) ? [patient] : [])),
  );

/**
 * As many items as asked, the classes in their own proportions: patients are drawn, and give their radiographs until there are
 * enough.
 *
 * @returns positions of items, in ascending order
 * @throws OsteonError `bad-usage` for more than there are, or fewer than classes
 */
export const drawItems = (items: readonly TaskItem[], count: number, random: Random): number[] => {
  const byClass = [...Map.groupBy(items.keys(), (at) => items[at]!.label)].sort(([a], [b]) => (a < b ? -1 : 1));
  if (count > items.length || count < byClass.length) {
    throw new OsteonError("bad-usage", `The task has ${items.length} radiographs; ${count} of them cannot be drawn.`);
  }
  const shares = quotas(
    byClass.map(([, positions]) => positions.length),
    count,
  );
  return byClass
    .flatMap(([label, positions], k) => {
      const patients = [...new Set(positions.map((at) => items[at]!.patient))].sort();
      const order = random.fork(label).permutation(patients.length);
      return Array.from(order, (i) => patients[i]!)
        .flatMap((patient) => positions.filter((at) => items[at]!.patient === patient))
        .slice(0, shares[k]);
    })
    .sort((a, b) => a - b);
};

/** Whole numbers in the proportions of some sizes that sum to `count` (largest remainders), none below 1. */
const quotas = (sizes: readonly number[], count: number): number[] => {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const exact = sizes.map((size) => (size / total) * count);
  const whole = exact.map((share) => Math.max(1, Math.floor(share)));
  const byRemainder = exact.map((share, k) => [share - Math.floor(share), k] as const).sort(([a], [b]) => b - a);
  for (const [, k] of byRemainder) if (whole.reduce((sum, share) => sum + share, 0) < count) whole[k]! += 1;
  return whole;
};
