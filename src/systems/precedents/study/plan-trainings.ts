/** Every network that a study trains, in order: those of the search, those of each shuffle, those that link the whole archive. */

import { Random } from "../../../numeric/random.ts";
import { type Baseline, type CropKind, type Hyperparameters, type StudySettings, searchFolds } from "./config.ts";
import { candidatesAround } from "./search-hyperparameters.ts";
import type { StudyPlan } from "./study-plan.ts";
import { neverTested, type Shuffle, type StudyItem, validationFolds } from "./study-split.ts";

/** What a network is trained for. */
export type Purpose =
  | { readonly kind: "search"; readonly candidate: number; readonly fold: number }
  /** A fold of a shuffle's cross-validation. */
  | { readonly kind: "fold"; readonly shuffle: number; readonly fold: number }
  /** Learns the whole training part of a shuffle; its features make the recommender. */
  | { readonly kind: "test"; readonly shuffle: number }
  /** Links a part of the archive to all of it. */
  | { readonly kind: "leave-one-out"; readonly fold: number };

/** A network that is to be trained, with positions of radiographs. */
export interface PlannedTraining {
  readonly name: string;
  readonly purpose: Purpose;
  readonly baseline: Baseline;
  readonly crop: CropKind;
  /** Null for what the search chose. */
  readonly hyperparameters: Hyperparameters | null;
  readonly learned: readonly number[];
  readonly held: readonly number[];
  /** What those held back are linked to; null where they are not. */
  readonly references: readonly number[] | null;
  readonly seed: number;
}

/** What is planned from. */
export interface PlanningOptions {
  readonly items: readonly StudyItem[];
  readonly shuffles: readonly Shuffle[];
  readonly plan: StudyPlan;
  readonly settings: StudySettings;
  /** The one that is reported in full first. */
  readonly crops: readonly [CropKind, ...CropKind[]];
}

/** In the order in which they are trained. */
export const planTrainings = (options: PlanningOptions): PlannedTraining[] => [
  ...options.plan.models.flatMap((baseline) => searchOf(baseline, options)),
  ...options.shuffles.flatMap((_, shuffle) => shuffleOf(shuffle, options)),
  ...leaveOneOut(options),
];

const seedOf = (seed: number, name: string): number => new Random(seed, name).uint32();

const without = (positions: readonly number[], held: readonly number[]): number[] => {
  const left = new Set(held);
  return positions.filter((position) => !left.has(position));
};

/** On the patients whom no shuffle tests; nothing where the preset's own values are taken. */
const searchOf = (
  baseline: Baseline,
  { items, shuffles, plan, settings, crops: [crop] }: PlanningOptions,
): PlannedTraining[] => {
  const count = settings.search.candidates;
  if (count === 0) return [];
  const positions = neverTested(items, shuffles);
  const random = new Random(plan.seed, "search folds");
  const folds = validationFolds(items, positions, { folds: searchFolds, random }).slice(0, settings.search.folds);
  return candidatesAround(settings[baseline].chosen, count, plan.seed).flatMap((hyperparameters, candidate) =>
    folds.map((held, fold): PlannedTraining => {
      const name = `search, ${baseline}, candidate ${candidate + 1}, fold ${fold + 1}`;
      return {
        name,
        purpose: { kind: "search", candidate, fold },
        baseline,
        crop,
        hyperparameters,
        learned: without(positions, held),
        held,
        references: null,
        seed: seedOf(plan.seed, name),
      };
    }),
  );
};

const shuffleOf = (number: number, { shuffles, plan, settings, crops }: PlanningOptions): PlannedTraining[] => {
  const { train, test, folds: all } = shuffles[number]!;
  const folds = number < settings.foldedShuffles ? all : [];
  const planned = (
    baseline: Baseline,
    crop: CropKind,
    told: Pick<PlannedTraining, "purpose" | "learned" | "held"> & { readonly fold?: number },
  ): PlannedTraining => {
    const { fold, ...rest } = told;
    const name = `shuffle ${number + 1}, ${baseline}, ${crop}${fold === undefined ? "" : `, fold ${fold + 1}`}`;
    return {
      name,
      baseline,
      crop,
      hyperparameters: null,
      // The features are those of baseline 1.
      references: told.purpose.kind === "test" && baseline === "resnet" ? train : null,
      seed: seedOf(plan.seed, name),
      ...rest,
    };
  };
  const tested = (baseline: Baseline, crop: CropKind): PlannedTraining =>
    planned(baseline, crop, { purpose: { kind: "test", shuffle: number }, learned: train, held: test });
  const [main, ...others] = crops;
  return [
    ...plan.models.flatMap((baseline) => [
      ...folds.map((held, fold) =>
        planned(baseline, main, {
          purpose: { kind: "fold", shuffle: number, fold },
          learned: without(train, held),
          held,
          fold,
        }),
      ),
      tested(baseline, main),
    ]),
    ...others.map((crop) => tested("resnet", crop)),
  ];
};

/** Every patient is linked by a network that did not learn from anybody of the patient's part. */
const leaveOneOut = ({ items, plan, settings, crops: [crop] }: PlanningOptions): PlannedTraining[] => {
  const all = [...items.keys()];
  const random = new Random(plan.seed, "leave-one-out folds");
  return validationFolds(items, all, { folds: settings.leaveOneOutFolds, random }).map((held, fold) => {
    const name = `leave one patient out, resnet, ${crop}, part ${fold + 1}`;
    return {
      name,
      purpose: { kind: "leave-one-out", fold },
      baseline: "resnet",
      crop,
      hyperparameters: null,
      learned: without(all, held),
      held,
      references: all,
      seed: seedOf(plan.seed, name),
    };
  });
};
