/**
 * A cohort's definition: inclusion and exclusion criteria in the order in which they are applied. It is a JSON file that a
 * researcher writes and reviewers read; docs/reference/cohort-definition.md explains every key.
 */
import { z } from "zod";
import { OsteonError } from "../../errors.ts";
import { isPartialDate } from "../partial-dates.ts";

const date = z.string().refine(isPartialDate, 'is no date such as "2016-05-12", "2016-05" or "2016"');
const names = z.array(z.string().min(1)).min(1);
const some = <const T extends readonly [string, ...string[]]>(choices: T) => z.array(z.enum(choices)).min(1);

/** What can be asked for as known. */
export const knowableFields = [
  "ageYears",
  "sex",
  "birthDate",
  "entity",
  "malignancy",
  "confirmation",
  "diagnosisDate",
  "site",
  "side",
  "position",
  "occurrence",
  "grade",
  "tumourSizeMm",
  "followUp",
] as const;
export type KnowableField = (typeof knowableFields)[number];

const origins = some(["internal", "external"]);

/** Which radiographs of a patient are meant, and how many there must be. */
const imageCondition = z.strictObject({
  stage: some(["pre-therapy", "post-therapy", "unknown"]).optional(),
  /** Regions of SAM-X. */
  region: names.optional(),
  origin: origins.optional(),
  atLeast: z.int().min(1).default(1),
});
export type ImageCondition = z.infer<typeof imageCondition>;

const followUpCondition = z.strictObject({
  /** The last known status. */
  status: some([
    "no evidence of disease",
    "stable disease",
    "local recurrence",
    "metastasis",
    "died of disease",
    "died of other cause",
    "lost to follow-up",
  ]).optional(),
  /** Last seen at least this many months after the diagnosis. */
  monthsAtLeast: z.number().min(0).optional(),
  /** Nothing was heard of the patient after the diagnosis, or the last status says that the patient was lost. */
  lost: z.boolean().optional(),
});
export type FollowUpCondition = z.infer<typeof followUpCondition>;

/** Questions to a case that stand by themselves. */
const plainConditions = [
  z.strictObject({ diagnosisDate: z.strictObject({ from: date.optional(), to: date.optional() }) }),
  /** The final diagnosis, or where there is none the preliminary one; so also tissue, malignancy and confirmation. */
  z.strictObject({ entity: names }),
  z.strictObject({ tissue: some(["bone", "soft tissue", "other"]) }),
  z.strictObject({ malignancy: some(["benign", "intermediate", "malignant"]) }),
  z.strictObject({ confirmation: some(["histopathology", "tumour board", "radiology"]) }),
  z.strictObject({ occurrence: some(["primary", "recurrent"]) }),
  z.strictObject({ known: some(knowableFields) }),
  z.strictObject({ ageYears: z.strictObject({ from: z.number().optional(), to: z.number().optional() }) }),
  z.strictObject({ sex: some(["female", "male", "other"]) }),
  z.strictObject({ site: names }),
  z.strictObject({ position: names }),
  z.strictObject({ origin: origins }),
  z.strictObject({ treatment: some(["surgery", "chemotherapy", "radiotherapy", "observation", "other"]) }),
  z.strictObject({ images: imageCondition }),
  z.strictObject({ followUp: followUpCondition }),
] as const;

/** A question to a case, answered by yes or no; what is unknown is no. */
export type Condition =
  | z.infer<(typeof plainConditions)[number]>
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

const condition: z.ZodType<Condition> = z.lazy(() =>
  z.union([
    ...plainConditions,
    z.strictObject({ all: z.array(condition).min(1) }),
    z.strictObject({ any: z.array(condition).min(1) }),
    z.strictObject({ not: condition }),
  ]),
);

const told = {
  /** Why those who fail it are excluded, as the flow diagram prints it: "No pre-operative radiograph". */
  reason: z.string().min(1),
  /** The heading of what is left. Without it, the next criterion's exclusions stand in the same box of the diagram. */
  remaining: z.string().min(1).optional(),
};

/** One criterion: either what is needed to stay, or what leads to exclusion. */
const criterion = z.union([
  z.strictObject({ include: condition, ...told }),
  z.strictObject({ exclude: condition, ...told }),
]);
export type Criterion = z.infer<typeof criterion>;

const definition = z.strictObject({
  format: z.literal("osteon-cohort"),
  version: z.literal(1),
  name: z.string().regex(/^[\w-]{1,64}$/, "may hold letters, digits, - and _ only, 64 at most"),
  title: z.string().min(1),
  /** The heading of the diagram's first box. */
  start: z.string().min(1),
  criteria: z.array(criterion).min(1),
});
export type CohortDefinition = z.infer<typeof definition>;

/**
 * Reads a definition file.
 *
 * @throws OsteonError `bad-input` with the places in the file that are wrong
 */
export const parseCohortDefinition = (json: string): CohortDefinition => {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new OsteonError("bad-input", "The cohort definition is no JSON; check commas and quotes.", {}, cause);
  }
  const read = definition.safeParse(value);
  if (read.success) return read.data;
  throw new OsteonError("bad-input", `The cohort definition is wrong:\n${z.prettifyError(read.error)}`);
};
