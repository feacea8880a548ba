/** System 1, the cohort: radiographs and tables into the home. */

export { findFiles, isTextFile } from "./find-files.ts";
export { type ImportOptions, type ImportReport, importRadiographs, patientOf } from "./import-radiographs.ts";
export { type RadiographRead, RadiographReader, type ReadOutcome, readRadiograph } from "./read-radiograph.ts";
