/** What lasts: the home with its database, files and lock. */

export {
  type Account,
  type AccountChange,
  type AccountRole,
  type AccountToAdd,
  addAccount,
  changeAccount,
  findIssued,
  findLogin,
  getAccount,
  hasAdministrator,
  listAccounts,
  renewIssuedAccount,
} from "./accounts.ts";
export { type ImageAnnotations, listAnnotations, writeAnnotations } from "./annotations.ts";
export {
  type ArchiveFacet,
  type ArchiveImage,
  type ArchiveSearch,
  type ArchiveSorting,
  countFacets,
  type FacetCounts,
  findArchiveImages,
  findArchivePatients,
  readArchiveImages,
  readImagesOfPatients,
  readRepetitions,
} from "./archive-search.ts";
export { type GuideReader, readAtlasGuide, type StoredGuide, writeAtlasGuide } from "./atlas-guides.ts";
export { addRegion, listRegions, type NewRegion } from "./atlas-regions.ts";
export {
  checkChosenFile,
  exists,
  type FileContent,
  storageError,
  sweepTemporaryFiles,
  syncDirectory,
  writeChosenFile,
} from "./atomic-file.ts";
export {
  type AuditChain,
  type AuditEntry,
  type AuditFilter,
  type AuditHead,
  type AuditRecord,
  appendAudit,
  listAudit,
  listAuditActions,
  verifyAudit,
} from "./audit.ts";
export {
  type BurnedInText,
  countBurnedInText,
  countToLookThrough,
  type DecidedText,
  decideBurnedInText,
  decidedTexts,
  type FoundText,
  imagesToLookThrough,
  judgedTexts,
  listBurnedInText,
  noteTextsFound,
  type TextBox,
  writeFoundText,
} from "./burned-in-text.ts";
export { readInquiry, writeInquiry } from "./centre-inquiries.ts";
export { readCentreKey } from "./centre-key.ts";
export {
  admitQuestion,
  countQuestions,
  type NewQuestion,
  noteFarQuestion,
  type QuestionCounts,
  type QuestionHistory,
  type QuestionVerdict,
} from "./centre-questions.ts";
export {
  addCentre,
  type CentreChange,
  changeCentre,
  findCentre,
  getCentre,
  listCentres,
  pauseCentre,
  removeCentre,
  type StoredCentre,
} from "./centres.ts";
export {
  type ClinicalRecords,
  type Combine,
  countRecordedPatients,
  currentImport,
  listSpellingChanges,
  listTableImports,
  type RowBatch,
  readClinicalRecords,
  rewriteClinicalRecords,
  rowAt,
  rowsOfPatients,
  type StoredRow,
  type TableImportRecord,
  type TableToWrite,
  writeClinicalRecords,
} from "./clinical-records.ts";
export {
  type Acting,
  appendClusterActions,
  discloseClusters,
  listClusterActions,
  listDisclosures,
  type NewClusterAction,
  type RefusedAction,
  type StoredClusterAction,
} from "./cluster-labels.ts";
export { countClusterSplits, type NewClusterSplit, splitCluster, undoClusterSplit } from "./cluster-splits.ts";
export {
  type ClusteringSummary,
  type ClusterMember,
  clusterSizes,
  findClustering,
  listClusterings,
  readClusters,
  type StoredCluster,
  writeClustering,
} from "./clusterings.ts";
export { type CodeDatabase, parseCodeDatabases, readCodeDatabases, writeCodeDatabases } from "./code-databases.ts";
export {
  listCohorts,
  listSplits,
  readCohort,
  type StoredCohort,
  type StoredSplit,
  writeCohort,
  writeSplit,
} from "./cohorts.ts";
export { type Database, openServerDatabase } from "./database.ts";
export { DatabaseServer } from "./database-server.ts";
export {
  acceptRule,
  countDoubts,
  type Decision,
  type DecisionToWrite,
  type DoubtFilter,
  decideFinding,
  listContradictions,
  listFindings,
  pageOfDoubts,
  readDoubt,
  type StoredContradiction,
  type StoredFinding,
  undoLastDecision,
} from "./doubts.ts";
export { type EntityFact, listEntityFacts } from "./entity-facts.ts";
export { type HomeFiles, hashContent, hashEach, hashFile } from "./files.ts";
export {
  type BucketShape,
  type CodeQuery,
  type CodeRow,
  type CodesWithin,
  type CodeTable,
  codesWithin,
  countCodes,
  deleteCodes,
  findCodeTable,
  indexCodeTable,
  listCodedImages,
  listCodeOwners,
  type NearCode,
  nearestCodes,
  openCodeTable,
  removeCodeTable,
  writeCodes,
} from "./hash-buckets.ts";
export { type Home, homeHolder, isHome, joinHome, openHome, openRemoteHome, type Sharing } from "./home.ts";
export { countSorted, type ImageRegion, listImageRegions, listUnsorted, writeImageRegions } from "./image-regions.ts";
export {
  type AcquisitionFacts,
  type ClinicalFacts,
  countHome,
  countImages,
  countLabelled,
  type DuplicateFile,
  exposureHash,
  exposureId,
  findByContent,
  findByPixels,
  findImage,
  findImages,
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
export { type JobLane, JobQueue } from "./job-queue.ts";
export {
  countJobs,
  getJob,
  insertJob,
  type JobFilter,
  type JobProblem,
  type JobProgress,
  listJobs,
  listSharedJobs,
  type SharedJob,
  type StoredJob,
  takeOverJob,
  updateJob,
  wantCancelled,
  worksOn,
} from "./jobs.ts";
export { listClusterSplits, listLeafClusters, type StoredClusterSplit } from "./leaf-clusters.ts";
export { archiveVersion, type LinkFacts, listLinkFacts, sexOf } from "./link-facts.ts";
export { acquireLock, type Lock } from "./lock.ts";
export {
  countMemberDecisions,
  decideOnMembers,
  listMemberDecisions,
  type MemberDecision,
  type NewMemberDecision,
} from "./member-decisions.ts";
export { decideNearDuplicate, listNearDuplicates, type NearDuplicatePair } from "./near-duplicates.ts";
export { knownInstances, type StoredInstance, writeInstances } from "./pacs-instances.ts";
export { type PictureHashes, patientsWithPicture } from "./patients-with-picture.ts";
export { clinicalRecordsWork, isWorkOwed } from "./pending-work.ts";
export { countWorkers } from "./presence.ts";
export {
  getQuery,
  insertQuery,
  keepQueryAnswer,
  keepQueryBox,
  listQueries,
  type QueryBox,
  queriesWithFiles,
  removeQuery,
  type StoredQuery,
} from "./queries.ts";
export { type DatabaseChannel, portChannel, processChannel, serveDatabase } from "./remote-database.ts";
export { countReports, listReports, reportFingerprints, type StoredReport, writeReports } from "./reports.ts";
export { countRunEpochs, forgetRunEpochs, listRunEpochs, type RunEpoch, writeRunEpoch } from "./run-epochs.ts";
export {
  claimPiece,
  clearPieces,
  countPieces,
  finishPiece,
  layOutPieces,
  type PieceCount,
  type RunPiece,
  releasePiece,
  sayPieceInWork,
} from "./run-pieces.ts";
export {
  breakOffRun,
  continueOrCreateRun,
  findUnfinishedRun,
  finishRun,
  getRun,
  latestFinishedRun,
  listRuns,
  type Run,
  type RunProblem,
  type RunStarter,
  stopAbandonedRuns,
} from "./runs.ts";
export type { BurnedInTextState, JobState, Origin, SetAsideDecision, SetAsideKept } from "./schema.ts";
export { readServerSettings, writeServerSettings } from "./server-settings.ts";
export {
  deleteSessions,
  findSession,
  insertSession,
  listSessions,
  type SessionChoice,
  type StoredSession,
  sweepSessions,
  touchSession,
} from "./sessions.ts";
export {
  countSetAside,
  decideSetAside,
  deletedFiles,
  listSetAside,
  noteKept,
  readSetAside,
  reopenSetAside,
  type SetAsideFile,
  type SetAsideFilter,
  type SetAsideGroup,
  wantedSetAside,
} from "./set-aside.ts";
export {
  forgetUploads,
  getUploads,
  insertUpload,
  keepUploads,
  layOutUploads,
  removeUploadFiles,
  removeUploads,
  type StoredUpload,
  sweepStrayUploads,
  sweepUploads,
} from "./uploads.ts";
