/** Cohorts: who is studied, counted and described, split and audited. Numbers of patients are null for who may not see them. */

import { z } from "zod";

export const cohortName = z.string().regex(/^[\w-]{1,64}$/);
/** A cohort goes by its name. */
export const cohortParams = z.object({ id: cohortName });

/** The fields that a description compares by, and that a split keeps in proportion. */
export const groupingFieldName = z.enum([
  "entity",
  "malignancy",
  "confirmation",
  "sex",
  "site",
  "side",
  "position",
  "origin",
  "occurrence",
  "outcome",
]);
export type GroupingField = z.infer<typeof groupingFieldName>;

export const cohortList = z.object({
  cohorts: z.array(
    z.object({ name: z.string(), title: z.string(), patients: z.number().int(), builtAt: z.iso.datetime() }),
  ),
});
export type CohortList = z.infer<typeof cohortList>;

const counts = z.object({ patients: z.number().int(), cases: z.number().int(), images: z.number().int() });
export type Counts = z.infer<typeof counts>;

const flowStep = z.object({
  reason: z.string(),
  /** The heading of what is left; null where the next exclusions stand in the same box. */
  remainingTitle: z.string().nullable(),
  excluded: counts,
  remaining: counts,
});
export type FlowStep = z.infer<typeof flowStep>;

const flow = z.object({
  /** The heading of the first box. */
  startTitle: z.string(),
  start: counts,
  steps: z.array(flowStep),
});
export type Flow = z.infer<typeof flow>;

export const cohortDetail = z.object({
  name: z.string(),
  title: z.string(),
  builtAt: z.iso.datetime(),
  patients: z.number().int(),
  flow,
  /** The definition as it was built, a JSON text. */
  definition: z.string(),
});
export type CohortDetail = z.infer<typeof cohortDetail>;

/** The flow diagram's colours. */
export const flowDiagramQuery = z.object({ appearance: z.enum(["light", "dark"]).default("light") });

export const descriptionQuery = z.object({ by: groupingFieldName.optional() });

/** Rows of text, the first the heading, as the command line prints them. */
export const description = z.object({ rows: z.array(z.array(z.string())) });
export type Description = z.infer<typeof description>;

export const pageQuery = z.object({
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

const member = z.object({
  /** Its place in the cohort, from 1. */
  number: z.number().int(),
  patient: z.string().nullable(),
  entity: z.string().nullable(),
  malignancy: z.string().nullable(),
  ageYears: z.number().nullable(),
  sex: z.string().nullable(),
  site: z.string().nullable(),
  origin: z.string().nullable(),
  images: z.array(z.string()),
});
export type CohortMember = z.infer<typeof member>;
export const memberPage = z.object({ total: z.number().int(), members: z.array(member) });
export type MemberPage = z.infer<typeof memberPage>;

/** Patients whom one criterion excluded, counted from 0. */
export const excludedQuery = pageQuery.extend({ criterion: z.coerce.number().int().min(0) });
export const excludedPage = z.object({
  total: z.number().int(),
  patients: z.array(z.object({ patient: z.string(), entity: z.string().nullable(), ageYears: z.number().nullable() })),
});
export type ExcludedPage = z.infer<typeof excludedPage>;

const partName = z.string().regex(/^[\w-]{1,32}$/);

export const splitPlan = z.strictObject({
  name: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .default("default"),
  /** Shares that sum to 1; the first takes what is left over. */
  parts: z
    .array(z.strictObject({ name: partName, share: z.number().positive().max(1) }))
    .min(2)
    .max(10),
  folds: z.number().int().min(2).max(100).nullable().default(null),
  by: groupingFieldName.default("entity"),
  external: z
    .strictObject({ part: partName, share: z.number().min(0).max(1) })
    .nullable()
    .default(null),
  seed: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0),
});
export type SplitPlan = z.input<typeof splitPlan>;

const split = z.object({
  name: z.string(),
  by: z.string(),
  seed: z.number().int(),
  folds: z.array(z.number().int()),
  parts: z.array(z.object({ name: z.string(), asked: z.number(), patients: z.number().int(), share: z.number() })),
  /** Patients of each stratum in each part, in the order of the parts. */
  strata: z.array(z.object({ stratum: z.string(), patients: z.array(z.number().int()) })),
});
export type Split = z.infer<typeof split>;
export const splitList = z.object({ splits: z.array(split) });
export type SplitList = z.infer<typeof splitList>;

export const splitParams = cohortParams.extend({ split: z.string().regex(/^[\w-]{1,64}$/) });

const leak = z.object({
  kind: z.enum(["same-patient", "same-study", "same-picture", "near-duplicate", "same-person"]),
  parts: z.tuple([z.string(), z.string()]),
  patients: z.tuple([z.string(), z.string()]).nullable(),
  images: z.tuple([z.string(), z.string()]).nullable(),
  detail: z.string(),
});
export type Leak = z.infer<typeof leak>;
export const leakList = z.object({ leaks: z.array(leak) });
export type LeakList = z.infer<typeof leakList>;

export const exportQuery = z.object({
  /** Leaves out what is known later only. */
  knownAt: z.enum(["referral", "imaging", "biopsy", "therapy", "follow-up"]).default("follow-up"),
});
export type Moment = z.infer<typeof exportQuery>["knownAt"];

/** A definition's text as it is being written. */
export const definitionToCheck = z.strictObject({ definition: z.string().max(200_000) });

const definitionProblem = z.object({
  /** Keys and positions from the outside in; empty for the whole text. */
  path: z.array(z.union([z.string(), z.number()])),
  message: z.string(),
});
export type DefinitionProblem = z.infer<typeof definitionProblem>;

export const definitionCheck = z.object({
  problems: z.array(definitionProblem),
  /** What it would give; null where there are problems, or where counting would take long. */
  preview: z.object({ name: z.string(), flow, patients: z.number().int(), replaces: z.boolean() }).nullable(),
});
export type DefinitionCheck = z.infer<typeof definitionCheck>;
