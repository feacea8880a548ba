/**
 * FHIR resources as rows of a table, one resource a row, under headings that are the fields' own names: the cells are then
 * read like those of any table. Patient, Condition, Procedure and Observation of FHIR R4 and R5, a few of their elements.
 */
import { z } from "zod";
import type { TableField } from "./table-fields.ts";

const text = z.string().max(10_000);
const coding = z.object({ system: text.optional(), code: text.optional(), display: text.optional() });
const concept = z.object({ text: text.optional(), coding: z.array(coding).optional() });
const reference = z.object({ reference: text.optional() });
const period = z.object({ start: text.optional(), end: text.optional() });

const resourceSchema = z.object({
  resourceType: z.string(),
  id: text.optional(),
  identifier: z.array(z.object({ value: text.optional() })).optional(),
  name: z.array(z.object({ family: text.optional(), given: z.array(text).optional() })).optional(),
  gender: text.optional(),
  birthDate: text.optional(),
  deceasedDateTime: text.optional(),
  subject: reference.optional(),
  code: concept.optional(),
  bodySite: z.union([z.array(concept), concept]).optional(),
  verificationStatus: concept.optional(),
  onsetDateTime: text.optional(),
  recordedDate: text.optional(),
  performedDateTime: text.optional(),
  performedPeriod: period.optional(),
  occurrenceDateTime: text.optional(),
  occurrencePeriod: period.optional(),
  reasonReference: z.array(reference).optional(),
  focus: z.array(reference).optional(),
  effectiveDateTime: text.optional(),
  valueQuantity: z.object({ value: z.number().optional(), unit: text.optional() }).optional(),
  valueCodeableConcept: concept.optional(),
  valueString: text.optional(),
});

/** A resource, as far as it is read. */
export type FhirResource = z.infer<typeof resourceSchema>;

/** Reads a line of NDJSON; undefined where it is no resource. */
export const parseResource = (line: string): FhirResource | undefined => {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch {
    return undefined;
  }
  const parsed = resourceSchema.safeParse(json);
  return parsed.success ? parsed.data : undefined;
};

/** The headings of the rows. */
export const fhirHeader = [
  "patient",
  "familyName",
  "givenName",
  "sex",
  "birthDate",
  "deathDate",
  "case",
  "preliminaryEntity",
  "finalEntity",
  "diagnosisDate",
  "icd10",
  "icdO3Morphology",
  "icdO3Topography",
  "site",
  "side",
  "therapy",
  "therapyStart",
  "therapyEnd",
  "surgeryDate",
  "chemotherapyStart",
  "chemotherapyEnd",
  "radiotherapyStart",
  "radiotherapyEnd",
  "tumourSize",
  "grade",
  "t",
  "n",
  "m",
  "visitDate",
  "status",
] as const satisfies readonly TableField[];

type Cells = Partial<Record<(typeof fhirHeader)[number], string | undefined>>;

/** LOINC codes of observations that are read. */
const observations: Readonly<Record<string, (typeof fhirHeader)[number]>> = {
  "33728-7": "tumourSize",
  "21889-1": "tumourSize",
  "33732-9": "grade",
  "21905-5": "t",
  "21906-3": "n",
  "21907-1": "m",
  "21899-0": "t",
  "21900-6": "n",
  "21901-4": "m",
  "97509-4": "status",
};

const idOf = (link: string | undefined): string | undefined => link?.split("/").at(-1);

/** What a concept is called. */
const nameOf = (of: z.infer<typeof concept> | undefined): string | undefined =>
  of?.text ?? of?.coding?.find(({ display }) => display !== undefined)?.display;

const codeOf = (of: z.infer<typeof concept> | undefined, system: RegExp): string | undefined =>
  of?.coding?.find((one) => one.system !== undefined && system.test(one.system))?.code;

/**
 * The row of a resource; undefined for resources of which nothing is read.
 *
 * @param numbers the centre's number of each Patient and Condition, by its id
 */
export const fhirRow = (resource: FhirResource, numbers: ReadonlyMap<string, string>): string[] | undefined => {
  const cells = cellsOf(resource, (link) => {
    const id = idOf(link);
    return id === undefined ? undefined : (numbers.get(id) ?? id);
  });
  return cells && fhirHeader.map((field) => cells[field] ?? "");
};

/** The number that people know a resource by, or its id. */
export const numberOf = ({ identifier, id }: FhirResource): string | undefined =>
  identifier?.find(({ value }) => value !== undefined && value !== "")?.value ?? id;

type Resolve = (link: string | undefined) => string | undefined;

const cellsOf = (resource: FhirResource, resolve: Resolve): Cells | undefined => {
  switch (resource.resourceType) {
    case "Patient":
      return {
        patient: numberOf(resource),
        familyName: resource.name?.[0]?.family,
        givenName: resource.name?.[0]?.given?.join(" "),
        sex: resource.gender,
        birthDate: resource.birthDate,
        deathDate: resource.deceasedDateTime?.slice(0, 10),
      };
    case "Condition":
      return conditionCells(resource, resolve);
    case "Procedure":
      return procedureCells(resource, resolve);
    case "Observation":
      return observationCells(resource, resolve);
    default:
      return undefined;
  }
};

const conditionCells = (resource: FhirResource, resolve: Resolve): Cells => {
  const { code, bodySite, verificationStatus, onsetDateTime, recordedDate, subject } = resource;
  const site = Array.isArray(bodySite) ? bodySite[0] : bodySite;
  const status = verificationStatus?.coding?.[0]?.code ?? "";
  const isPreliminary = ["provisional", "differential", "unconfirmed"].includes(status);
  return {
    patient: resolve(subject?.reference),
    case: numberOf(resource),
    [isPreliminary ? "preliminaryEntity" : "finalEntity"]: nameOf(code),
    diagnosisDate: (onsetDateTime ?? recordedDate)?.slice(0, 10),
    icd10: codeOf(code, /icd-?10/i),
    icdO3Morphology: codeOf(code, /icd-?o/i),
    icdO3Topography: codeOf(site, /icd-?o/i),
    site: nameOf(site),
  };
};

/** Every kind of treatment has dates of its own, so that several procedures of a case do not stand in each other's way. */
const procedureCells = (resource: FhirResource, resolve: Resolve): Cells => {
  const { performedPeriod, occurrencePeriod, performedDateTime, occurrenceDateTime, reasonReference } = resource;
  const during = performedPeriod ?? occurrencePeriod;
  const start = (performedDateTime ?? occurrenceDateTime ?? during?.start)?.slice(0, 10);
  const end = during?.end?.slice(0, 10);
  const name = nameOf(resource.code) ?? "";
  const common = { patient: resolve(resource.subject?.reference), case: resolve(reasonReference?.[0]?.reference) };
  if (start !== undefined && /chemo/i.test(name)) return { ...common, chemotherapyStart: start, chemotherapyEnd: end };
  if (start !== undefined && /radio|strahl|irradi|radiat/i.test(name)) {
    return { ...common, radiotherapyStart: start, radiotherapyEnd: end };
  }
  if (
    start !== undefined &&
    /resect|resekt|amputat|curett|kürett|excis|exzis|prosthes|prothes|surg|operat/i.test(name)
  ) {
    return { ...common, surgeryDate: start };
  }
  return { ...common, therapy: name, therapyStart: start, therapyEnd: end };
};

const observationCells = (resource: FhirResource, resolve: Resolve): Cells | undefined => {
  const { code, valueQuantity, valueCodeableConcept, valueString, focus, subject, effectiveDateTime } = resource;
  const field = observations[code?.coding?.find(({ system }) => system === "http://loinc.org")?.code ?? ""];
  if (field === undefined) return undefined;
  const quantity =
    valueQuantity?.value === undefined ? undefined : `${valueQuantity.value} ${valueQuantity.unit ?? ""}`.trim();
  return {
    patient: resolve(subject?.reference),
    case: resolve(focus?.[0]?.reference),
    [field]: quantity ?? valueString ?? nameOf(valueCodeableConcept) ?? valueCodeableConcept?.coding?.[0]?.code,
    ...(field === "status" ? { visitDate: effectiveDateTime?.slice(0, 10) } : {}),
  };
};
