/** System 1, the cohort: radiographs and tables into the home. */

export { type FolderLeftOut, findFiles, isTextFile, refuseHomes } from "./find-files.ts";
export { type ImportOptions, type ImportReport, importRadiographs, patientOf } from "./import-radiographs.ts";
export { modalityProblem } from "./not-a-radiograph.ts";
export { type RadiographRead, RadiographReader, type ReadOutcome, readRadiograph } from "./read-radiograph.ts";
export { importReports, type ReportImport, type ReportImportOptions } from "./reports/import-reports.ts";
