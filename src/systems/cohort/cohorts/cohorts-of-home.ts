/** What `osteon cohort` and the workbench do with a home's cohorts. */
import { buildCohort, type Cohort } from "../../../clinic/cohorts/build-cohort.ts";
import { parseCohortDefinition } from "../../../clinic/cohorts/definition.ts";
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
  type Database,
  listContradictions,
  listImages,
  listSplits,
  readCohort,
  type StoredSplit,
  writeCohort,
  writeSplit,
} from "../../../store/index.ts";
import { cohortRow, cohortTable } from "./cohort-table.ts";
import { describeCohort } from "./describe-cohort.ts";
import { loadSubjects } from "./load-subjects.ts";
import { auditSplit, type SplitLeak, type SplitSources, splitCohort } from "./split-cohort.ts";

const subjectMap = async (database: Database): Promise<ReadonlyMap<PatientId, Subject>> =>
  new Map((await loadSubjects(database)).map((subject) => [subject.patient, subject]));

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
  if (unknown.length > 0) throw new OsteonError("bad-input", unknown.map(sentenceOf).join("\n"));
  const cohort = buildCohort(definition, subjects);
  return { cohort, splitsGone: await writeCohort(database, cohort, { at }) };
};

const sentenceOf = ({ kind, name, meant }: UnknownName): string => {
  const advice = meant === undefined ? "docs/reference/vocabulary.md lists the names." : `did you mean "${meant}"?`;
  return `The definition asks for the ${kind} ${shown(name)}, which neither the vocabulary nor the home has; ${advice}`;
};

/** The flow as an SVG document. */
export const cohortFlowDiagram = (cohort: Cohort): string => flowDiagram(cohort.definition.title, flowBoxes(cohort));

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
  const [cohort, subjects] = [await readCohort(database, name), await subjectMap(database)];
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
): Promise<(string | number)[][]> => cohortTable(cohort.members, await subjectMap(database), knownAt);

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
