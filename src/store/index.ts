/** What lasts: the home with its database, files and lock. */

export { checkChosenFile, exists, storageError, writeChosenFile } from "./atomic-file.ts";
export {
  listCohorts,
  listSplits,
  readCohort,
  type StoredCohort,
  type StoredSplit,
  writeCohort,
  writeSplit,
} from "./cohorts.ts";
export type { Database } from "./database.ts";
export { hashContent, hashFile } from "./files.ts";
export { type Home, homeHolder, isHome, openHome } from "./home.ts";
export {
  type AcquisitionFacts,
  type ClinicalFacts,
  countHome,
  type DuplicateFile,
  exposureId,
  findByContent,
  findByPixels,
  type ImportBatch,
  insertBatch,
  listImages,
  listPerceptualHashes,
  nameFoldersOf,
  patientsNamed,
  type QuarantinedFile,
  quarantineKeys,
  type StoredImage,
  unknownAcquisition,
  updateFacts,
} from "./images.ts";
export { knownInstances, type StoredInstance, writeInstances } from "./pacs-instances.ts";
export { listReports, reportFingerprints, type StoredReport, writeReports } from "./reports.ts";
export { continueOrCreateRun, finishRun, getRun, latestFinishedRun, listRuns, type Run } from "./runs.ts";
export type { Origin } from "./schema.ts";
