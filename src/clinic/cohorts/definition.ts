/**
 * A cohort's definition: inclusion and exclusion criteria in the order in which they are applied. It is a JSON file that a
 * researcher writes and reviewers read; docs/reference/cohort-definition.md explains every key.
 */
import { z } from "zod";
import { OsteonError } from "../../errors.ts";
import { firstDay, isPartialDate, lastDay } from "../partial-dates.ts";

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
  /** Whether text stands in the pixels, as the review desk decided it. */
  burnedInText: some(["yes", "no", "unknown"]).optional(),
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

const spanOf = <T>(bound: z.ZodType<T>, isInOrder: (from: T, to: T) => boolean) =>
  z
    .strictObject({ from: bound.optional(), to: bound.optional() })
    .refine(({ from, to }) => from === undefined || to === undefined || isInOrder(from, to), '"from" lies after "to"');

/** Questions to a case that stand by themselves, by their key. */
const plainConditions = {
  diagnosisDate: spanOf(date, (from, to) => firstDay(from) <= lastDay(to)),
  /** The final diagnosis, or where there is none the preliminary one; so also tissue, malignancy and confirmation. */
  entity: names,
  tissue: some(["bone", "soft tissue", "other"]),
  malignancy: some(["benign", "intermediate", "malignant"]),
  confirmation: some(["histopathology", "tumour board", "radiology"]),
  occurrence: some(["primary", "recurrent"]),
  known: some(knowableFields),
  ageYears: spanOf(z.number(), (from, to) => from <= to),
  sex: some(["female", "male", "other"]),
  site: names,
  position: names,
  origin: origins,
  treatment: some(["surgery", "chemotherapy", "radiotherapy", "observation", "other"]),
  images: imageCondition,
  followUp: followUpCondition,
} as const;
type PlainConditions = typeof plainConditions;

/** A question to a case, answered by yes or no; what is unknown is no. */
export type Condition =
  | { [Key in keyof PlainConditions]: { readonly [Only in Key]: z.infer<PlainConditions[Key]> } }[keyof PlainConditions]
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

/** One condition: an object with one key, which says what its value may be. A union could not tell which key was meant. */
const condition: z.ZodType<Condition> = z.record(z.string(), z.unknown()).transform((value, context): Condition => {
  const [key = "", ...others] = Object.keys(value);
  const schema = Object.hasOwn(conditionValues, key) ? conditionValues[key] : undefined;
  if (!schema || others.length > 0) {
    const trouble =
      others.length > 0 ? "a condition has one key; join several by all" : `${JSON.stringify(key)} is no condition`;
    context.addIssue(`${trouble}; there are ${Object.keys(conditionValues).join(", ")}`);
    return z.NEVER;
  }
  const read = schema.safeParse(value[key]);
  if (read.success) return { [key]: read.data } as unknown as Condition;
  for (const issue of read.error.issues) context.addIssue({ ...issue, path: [key, ...issue.path] });
  return z.NEVER;
});

const conditionValues: Readonly<Record<string, z.ZodType>> = {
  ...plainConditions,
  all: z.array(condition).min(1),
  any: z.array(condition).min(1),
  not: condition,
};

/** One criterion: either what is needed to stay, or what leads to exclusion. */
export type Criterion = ({ readonly include: Condition } | { readonly exclude: Condition }) & {
  /** Why those who fail it are excluded, as the flow diagram prints it: "No pre-operative radiograph". */
  readonly reason: string;
  /** The heading of what is left. Without it, the next criterion's exclusions stand in the same box of the diagram. */
  readonly remaining?: string | undefined;
};

const criterion = z
  .strictObject({
    include: condition.optional(),
    exclude: condition.optional(),
    reason: z.string().min(1),
    remaining: z.string().min(1).optional(),
  })
  .transform(({ include, exclude, ...told }, context): Criterion => {
    if (include && !exclude) return { include, ...told };
    if (exclude && !include) return { exclude, ...told };
    context.addIssue('a criterion has either "include" or "exclude"');
    return z.NEVER;
  });

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

/** What is wrong at one place of a definition. */
export interface DefinitionProblem {
  /** Keys and positions from the outside in; empty for the whole text. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** A definition, or the places in its text that are wrong. */
export type DefinitionReading =
  | { readonly definition: CohortDefinition }
  | { readonly problems: readonly DefinitionProblem[] };

const noJson = "The cohort definition is no JSON; check commas and quotes.";

/** Reads a definition's text, for a person who is writing it. */
export const readCohortDefinition = (json: string): DefinitionReading => {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { problems: [{ path: [], message: noJson }] };
  }
  const read = definition.safeParse(value);
  if (read.success) return { definition: read.data };
  const problems = read.error.issues.map(({ path, message }) => ({
    path: path.map((key) => (typeof key === "symbol" ? String(key) : key)),
    message,
  }));
  return { problems };
};

/**
 * Reads a definition file.
 *
 * @throws OsteonError `bad-input` with the places in the file that are wrong
 */
export const parseCohortDefinition = (json: string): CohortDefinition => {
  const read = readCohortDefinition(json);
  if ("definition" in read) return read.definition;
  const [first] = read.problems;
  if (first?.message === noJson) throw new OsteonError("bad-input", noJson);
  const lines = read.problems.map(
    ({ path, message }) => `✖ ${message}${path.length > 0 ? `\n  → at ${z.core.toDotPath([...path])}` : ""}`,
  );
  throw new OsteonError("bad-input", `The cohort definition is wrong:\n${lines.join("\n")}`);
};
