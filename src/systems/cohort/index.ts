/** System 1, the cohort: radiographs and tables into the home. */

export { acquisitionFacts } from "./acquisition-facts.ts";
export { describeSplits, type ExcludedPatient, excludedAt, type SplitDescription } from "./cohorts/cohort-lists.ts";
export type { CohortRow } from "./cohorts/cohort-table.ts";
export {
  auditCohortSplit,
  buildCohortFromHome,
  cohortFlowDiagram,
  cohortFlowTable,
  type DefinitionPreview,
  describeStoredCohort,
  exportCohort,
  memberRows,
  previewDefinition,
  printFlow,
  splitStoredCohort,
} from "./cohorts/cohorts-of-home.ts";
export { groupingFields } from "./cohorts/describe-cohort.ts";
export { type FolderLeftOut, findFiles, isTextFile, refuseHomes } from "./find-files.ts";
export { type ImportOptions, type ImportReport, importRadiographs, patientOf } from "./import-radiographs.ts";
export { type BurnedInTextSearch, lookForBurnedInText } from "./look-for-burned-in-text.ts";
export { modalityProblem } from "./not-a-radiograph.ts";
export { keepAnnotations } from "./public-sets/keep-annotations.ts";
export { openPublicSet, type PublicFormat, type PublicSet, publicFormats } from "./public-sets/open-public-set.ts";
export { type RadiographRead, RadiographReader, type ReadOutcome, readRadiograph } from "./read-radiograph.ts";
export { importReports, type ReportImport, type ReportImportOptions } from "./reports/import-reports.ts";
export {
  type Decider,
  deleteSetAside,
  hasPicture,
  importSetAside,
  leaveOut,
  mayImport,
  reopen,
  type SetAsideImport,
} from "./review/decide-set-aside.ts";
export { SetAsidePreviews } from "./review/set-aside-previews.ts";
export { tidySetAside } from "./review/tidy-set-aside.ts";
export { decideDoubt, writeDecision } from "./tables/decide-doubt.ts";
export {
  importTable,
  proposeTableMapping,
  readBatches,
  refreshClinicalRecords,
  type TableImport,
  type TableImportOptions,
} from "./tables/import-table.ts";
export { type OpenTable, openTable } from "./tables/open-table.ts";
export { type ReadRow, rowsOfDoubt } from "./tables/rows-of-doubt.ts";
