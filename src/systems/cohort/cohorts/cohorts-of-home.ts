/** What `osteon cohort` and the workbench do with a home's cohorts. */
import { buildCohort, type Cohort, type CohortMember } from "../../../clinic/cohorts/build-cohort.ts";
import {
  type DefinitionProblem,
  parseCohortDefinition,
  readCohortDefinition,
} from "../../../clinic/cohorts/definition.ts";
import { flowBoxes } from "../../../clinic/cohorts/flow-steps.ts";
import type { Subject } from "../../../clinic/cohorts/subject.ts";
import { type UnknownName, unknownNames } from "../../../clinic/cohorts/unknown-names.ts";
import type { CohortField, Moment } from "../../../clinic/field-provenance.ts";
import type { PatientId } from "../../../clinic/ids.ts";
import type { SplitPlan } from "../../../clinic/splits/make-split.ts";
import { OsteonError, shown } from "../../../errors.ts";
import type { DescriptionTable } from "../../../evidence/describe/describe-table.ts";
import { flowDiagram } from "../../../evidence/figures/flow-diagram.ts";
import {
  countHome,
  countRecordedPatients,
  type Database,
  listContradictions,
  listImages,
  listSplits,
  readCohort,
  type StoredSplit,
  writeCohort,
  writeSplit,
} from "../../../store/index.ts";
import { type CohortRow, cohortRow, cohortTable } from "./cohort-table.ts";
import { describeCohort } from "./describe-cohort.ts";
import { loadSubjects } from "./load-subjects.ts";
import { auditSplit, type SplitLeak, type SplitSources, splitCohort } from "./split-cohort.ts";

const subjectMap = async (
  database: Database,
  of?: readonly CohortMember[],
): Promise<ReadonlyMap<PatientId, Subject>> => {
  const subjects = await loadSubjects(
    database,
    of?.map(({ patient }) => patient),
  );
  return new Map(subjects.map((subject) => [subject.patient, subject]));
};

/**
 * Builds a cohort from a definition file's text and writes it down.
 *
 * @returns the cohort, and the names of its splits that are gone because its members changed
 * @throws OsteonError `bad-input` for a definition that is none, or that names what nothing goes by
 */
export const buildCohortFromHome = async (
  database: Database,
  text: string,
  { at }: { at: Date },
): Promise<{ readonly cohort: Cohort; readonly splitsGone: readonly string[] }> => {
  const definition = parseCohortDefinition(text);
  const subjects = await loadSubjects(database);
  const unknown = unknownNames(definition, subjects);
  if (unknown.length > 0) throw new OsteonError("bad-input", unknown.map(unknownNameSentence).join("\n"));
  const cohort = buildCohort(definition, subjects);
  return { cohort, splitsGone: await writeCohort(database, cohort, { at }) };
};

const unknownNameSentence = ({ kind, name, meant }: UnknownName): string => {
  const advice = meant === undefined ? "docs/reference/vocabulary.md lists the names." : `did you mean "${meant}"?`;
  return `The definition asks for the ${kind} ${shown(name)}, which neither the vocabulary nor the home has; ${advice}`;
};

/** In a home of more patients or radiographs than this nothing is counted for a preview: others would wait for it. */
const mostForPreview = 20_000;

/** What a definition that is being written would give, or what is wrong with it. */
export interface DefinitionPreview {
  readonly problems: readonly DefinitionProblem[];
  /** Absent where there are problems, and in a home so large that counting takes long. */
  readonly cohort?: Cohort;
}

/** Checks a definition's text and counts, without writing anything down. */
export const previewDefinition = async (database: Database, text: string): Promise<DefinitionPreview> => {
  const read = readCohortDefinition(text);
  if ("problems" in read) return read;
  const { images } = await countHome(database);
  if (Math.max(images, await countRecordedPatients(database)) > mostForPreview) return { problems: [] };
  const subjects = await loadSubjects(database);
  const unknown = unknownNames(read.definition, subjects);
  if (unknown.length > 0) {
    return { problems: unknown.map((one) => ({ path: one.path, message: unknownNameSentence(one) })) };
  }
  return { problems: [], cohort: buildCohort(read.definition, subjects) };
};

/** The flow as an SVG document. */
export const cohortFlowDiagram = (cohort: Cohort, appearance: "light" | "dark" = "light"): string =>
  flowDiagram(cohort.definition.title, flowBoxes(cohort), appearance);

/** The flow as rows: a step each, the start first. */
export const cohortFlowTable = ({ definition, start, flow }: Cohort): (string | number)[][] => [
  ["step", "excluded patients", "excluded cases", "excluded radiographs", "patients", "cases", "radiographs"],
  [definition.start, "", "", "", start.patients, start.cases, start.images],
  ...flow.map(({ reason, excluded, remaining }) => [
    ...[reason, excluded.patients, excluded.cases, excluded.images],
    ...[remaining.patients, remaining.cases, remaining.images],
  ]),
];

/** The flow as lines of text. */
export const printFlow = (cohort: Cohort): string =>
  flowBoxes(cohort)
    .flatMap(({ excluded = [], remaining: [heading, ...counts] }) => [
      ...excluded.map((line) => `    - ${line}`),
      `${heading}: ${counts.join(", ")}`,
    ])
    .join("\n");

/** The description of a cohort that was built, over all and by the groups of a field. */
export const describeStoredCohort = async (
  database: Database,
  name: string,
  by?: CohortField,
): Promise<DescriptionTable> => {
  const cohort = await readCohort(database, name);
  const subjects = await subjectMap(database, cohort.members);
  return describeCohort(
    cohort.members.map((member) => cohortRow(member, subjects.get(member.patient))),
    by,
  );
};

/** The rows of a cohort for a file, the heading first. */
export const exportCohort = async (
  database: Database,
  cohort: Cohort,
  knownAt: Moment,
): Promise<(string | number)[][]> => cohortTable(cohort.members, await subjectMap(database, cohort.members), knownAt);

/** The cells of some members, by field. */
export const memberRows = async (database: Database, members: readonly CohortMember[]): Promise<CohortRow[]> => {
  const subjects = await subjectMap(database, members);
  return members.map((member) => cohortRow(member, subjects.get(member.patient)));
};

const sourcesOf = async (database: Database): Promise<SplitSources> => {
  const contradictions = await listContradictions(database);
  return {
    subjects: await subjectMap(database),
    images: await listImages(database),
    samePerson: contradictions.flatMap(({ rule, patient, otherPatient }) =>
      rule === "same-person-two-ids" && otherPatient !== undefined ? [[patient, otherPatient] as const] : [],
    ),
  };
};

/** How a cohort is split. */
export interface CohortSplitPlan {
  readonly name: string;
  readonly by: CohortField;
  readonly plan: Omit<SplitPlan, "links">;
}

/** Splits a cohort that was built, and writes the split down. */
export const splitStoredCohort = async (
  database: Database,
  cohortName: string,
  { name, by, plan }: CohortSplitPlan,
): Promise<StoredSplit> => {
  const cohort = await readCohort(database, cohortName);
  const split = splitCohort(cohort, plan, { by, ...(await sourcesOf(database)) });
  const stored: StoredSplit = { name, cohort: cohortName, plan, stratifiedBy: by, split };
  await writeSplit(database, stored);
  return stored;
};

/**
 * What the parts of a stored split share.
 *
 * @throws OsteonError `not-found` for a cohort or split that is not there
 */
export const auditCohortSplit = async (database: Database, cohortName: string, name: string): Promise<SplitLeak[]> => {
  const cohort = await readCohort(database, cohortName);
  const stored = (await listSplits(database, cohortName)).find((split) => split.name === name);
  if (!stored) {
    throw new OsteonError(
      "not-found",
      `The cohort "${cohortName}" has no split "${name}"; \`osteon cohort split\` makes one.`,
    );
  }
  return auditSplit(cohort, stored.split, await sourcesOf(database));
};
