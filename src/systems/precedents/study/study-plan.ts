/** What a study is told besides its settings, as the data that `studies/recommender.json` is. */

import { z } from "zod";
import { OsteonError } from "../../../errors.ts";
import { type Duration, targets } from "../config.ts";
import {
  type BaselineSettings,
  baselines,
  cropKinds,
  type StudySettings,
  shuffles,
  studyPresets,
  testShare,
} from "./config.ts";
import { testRules } from "./study-split.ts";

const choices = <const T extends readonly [string, ...string[]]>(all: T) =>
  z
    .array(z.enum(all))
    .min(1)
    .refine((chosen) => new Set(chosen).size === chosen.length, "names one twice");

const presetNames = Object.keys(studyPresets) as [keyof typeof studyPresets, ...(keyof typeof studyPresets)[]];

const studyPlan = z.strictObject({
  preset: z.enum(presetNames).default("small"),
  target: z.enum(targets).default("entity"),
  /** Labels that are told apart; null for all that the archive has. */
  labels: z.array(z.string().min(1)).min(2).nullable().default(null),
  /** What of the radiographs is compared, the one that is reported in full first; null for what the archive's marks allow. */
  crops: choices(cropKinds).nullable().default(null),
  test: z.enum(testRules).default("single-radiograph"),
  testShare: z.number().gt(0).lt(1).default(testShare),
  shuffles: z.int().min(1).max(20).default(shuffles),
  /** What the recommender is compared with; the features are always those of the first. */
  models: choices(baselines).default([...baselines]),
  /** Candidates of the search besides the preset's own; null for what the preset says. */
  search: z.int().min(0).max(200).nullable().default(null),
  /** Of every network; null for what the preset says, or the search finds. */
  epochs: z.int().min(1).max(10_000).nullable().default(null),
  /** Of each shuffle's cross-validation, 0 for none; null for what the preset says. */
  folds: z
    .int()
    .min(0)
    .max(20)
    .refine((folds) => folds !== 1, "is 0, or 2 and more")
    .nullable()
    .default(null),
  /** Side of the networks' input in pixels; null for what the preset says. */
  imageSize: z.int().min(32).max(512).multipleOf(16).nullable().default(null),
  /** Labels of which figures 5 and 6 show examples; null for the two commonest. */
  figures: z.array(z.string().min(1)).max(10).nullable().default(null),
  seed: z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
});
export type StudyPlan = z.output<typeof studyPlan>;
export type StudyPlanInput = z.input<typeof studyPlan>;

/**
 * Reads a plan; what it does not say is as published.
 *
 * @throws OsteonError `bad-input` for what no plan has
 */
export const readStudyPlan = (told: unknown): StudyPlan => {
  const read = studyPlan.safeParse(told);
  if (!read.success) {
    const [issue] = read.error.issues;
    const where = issue!.path.length > 0 ? `"${issue!.path.join(".")}": ` : "";
    throw new OsteonError("bad-input", `The plan of the study cannot be read: ${where}${issue!.message}.`);
  }
  if (!read.data.models.includes("resnet")) {
    throw new OsteonError(
      "bad-input",
      'The plan of the study leaves "resnet" out, whose features the recommender uses.',
    );
  }
  return read.data;
};

/** The preset of a plan with what the plan says otherwise. */
export const settingsOfPlan = ({ preset, epochs, folds, imageSize, search }: StudyPlan): StudySettings => {
  const settings: StudySettings = studyPresets[preset];
  const lasting = <T extends { readonly duration: Duration }>(told: T): T =>
    epochs === null ? told : { ...told, duration: { epochs } };
  const baseline = (told: BaselineSettings): BaselineSettings => ({ ...told, chosen: lasting(told.chosen) });
  return {
    ...settings,
    sourceSize: Math.max(settings.sourceSize, imageSize ?? 0),
    imageSize: imageSize ?? settings.imageSize,
    folds: folds ?? settings.folds,
    resnet: baseline(settings.resnet),
    transformer: baseline(settings.transformer),
    segmentation: lasting(settings.segmentation),
    search: { ...settings.search, candidates: search ?? settings.search.candidates },
  };
};

/** A plan from the text of a file. */
export const parseStudyPlan = (text: string): StudyPlan => {
  let told: unknown;
  try {
    told = JSON.parse(text);
  } catch (cause) {
    throw new OsteonError(
      "bad-input",
      "The plan of the study is no JSON; compare it with studies/recommender.json.",
      {},
      cause,
    );
  }
  return readStudyPlan(told);
};
