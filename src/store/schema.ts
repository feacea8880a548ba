/** The tables of a home, as the code sees them. Their SQL is in migrations.ts. */

import type { ColumnType, Generated, GeneratedAlways } from "kysely";
import type { NoRegionReason } from "../clinic/atlas/no-region.ts";
import type { CellFinding, CellRule, ContradictionRule } from "../clinic/findings.ts";
import type { FollowUpRecord, PatientRecord, Treatment } from "../clinic/records.ts";

/** Where a radiograph was taken. */
export type Origin = "internal" | "external";

/** One row per stored radiograph; clinical columns hold what the labels table said of it. */
export interface ImagesTable {
  /** SHA-256 of the file's bytes; for one exposure of several on a plate, with "#" and its number behind it. */
  id: string;
  /** SHA-256 of the bytes of the file that holds it. */
  file_id: string;
  /** Its number on a plate that was split, from 1; null where the image is the whole plate. */
  exposure: number | null;
  patient_id: string;
  /** Whom the file itself names, whatever a labels table says; null where it was imported before that was kept. */
  source_patient_id: string | null;
  /** SHA-256 of the folder's path, only where the file's name stands for the patient: it tells namesakes apart. */
  name_folder: string | null;
  file_name: string;
  format: "dicom" | "png" | "jpeg";
  /** SHA-256 of the stored samples; equal for lossless re-encodings. */
  pixel_hash: string;
  /** Mean chroma in [0, 1]. */
  colourfulness: number;
  width: number;
  height: number;
  modality: string | null;
  origin: Origin;
  label: string | null;
  entity: string | null;
  region: string | null;
  age_years: number | null;
  sex: string | null;
  site: string | null;
  position: string | null;
  sop_instance_uid: string | null;
  study_instance_uid: string | null;
  series_instance_uid: string | null;
  /** yyyy-mm-dd. */
  acquisition_date: string | null;
  view_position: string | null;
  body_part: string | null;
  laterality: string | null;
  manufacturer: string | null;
  /** 16 hexadecimal digits: alike for pictures that look alike. */
  perceptual_hash: string | null;
  /** JSON text: borders, collimation, shutters and the place of the small picture on the plate. */
  geometry: string | null;
  /** The image that this one shows again, at another size, contrast or coding. */
  near_duplicate_of: string | null;
  imported_at: Generated<Date>;
}

/** A file whose content the home already has, under other bytes or another name. */
export interface DuplicatesTable {
  /** SHA-256 of the duplicate file's bytes. */
  id: string;
  image_id: string;
  file_name: string;
}

/** A file that was set aside, with the reason. */
export interface QuarantineTable {
  /** SHA-256 of the file's bytes, or of its path where it cannot be read. */
  id: string;
  file_name: string;
  code: string;
  detail: string;
  /** SHA-256 of the file's path; null where it was set aside before that was kept. */
  path_hash: string | null;
  /** Null where it was set aside before files were kept, or where a person deleted it. */
  kept: SetAsideKept | null;
  set_aside_at: Generated<Date>;
}

/** Whether the bytes of a set-aside file lie in the home, or why not. */
export type SetAsideKept = "kept" | "unreadable" | "too large" | "store full";

/** What a person made of a set-aside file. */
export type SetAsideDecision = "left out" | "imported" | "deleted";

/** A decision on a set-aside file, which outlasts the file's row. */
export interface SetAsideDecisionsTable {
  id: string;
  file_name: string;
  code: string;
  detail: string;
  set_aside_at: Date;
  decision: SetAsideDecision;
  decided_by: string;
  decided_at: Date;
}

/** What is known of text in a radiograph's pixels: `open` where some was found and nobody has decided. */
export type BurnedInTextState = "open" | "none found" | "unreadable" | "text" | "no text";

/** A radiograph that was looked through for text; `found` and `regions` are JSON text. */
export interface BurnedInTextTable {
  image_id: string;
  found: string;
  state: BurnedInTextState;
  regions: string | null;
  decided_by: string | null;
  decided_at: Date | null;
}

/** A decision on a radiograph that was taken for another one again. */
export interface NearDuplicateDecisionsTable {
  image_id: string;
  other_id: string;
  decision: "confirmed" | "parted";
  decided_by: string;
  decided_at: Date;
}

/** Work that follows from changes and is done apart: done while `done` is as high as `wanted`. */
export interface PendingWorkTable {
  name: string;
  wanted: number;
  done: number;
}

/** How far a run has come; one that was `stopped` or `failed` is gone on with when the same is asked for again. */
export type RunState = "running" | "finished" | "failed" | "stopped";

/** One training or building run. */
export interface RunsTable {
  id: string;
  system: string;
  state: RunState;
  /** JSON text: what the run was told. */
  settings: string;
  /** Hash of the settings and of what the run read; an unfinished run with the same one is gone on with. */
  fingerprint: string;
  /** JSON text: what the run measured. */
  metrics: string | null;
  created_at: Generated<Date>;
  /** When it came to its end, whichever; null while it runs, and where its process was killed. */
  finished_at: ColumnType<Date | null, never, Date | null>;
  /** JSON text: the id and the name of who started it; null from the command line. */
  started_by: string | null;
  /** The job that works on it, or did last. */
  job_id: string | null;
  /** The process that works on it, or did last, where the database is a server. */
  process_id: Generated<string | null>;
  /** JSON text: why it failed. */
  problem: string | null;
}

/** What a training measured in one epoch. */
export interface RunEpochsTable {
  run_id: string;
  /** From 1, over all networks of the run. */
  epoch: number;
  epochs: number;
  /** From 1. */
  network: number;
  loss: number;
  accuracy: number;
  lr: number;
  /** On radiographs that are not learned from, where the run has such. */
  validation_loss: number | null;
  validation_accuracy: number | null;
  /** Shown to the network, and how long that took. */
  pictures: number;
  seconds: number;
  /** What else its system measures, as JSON. */
  measures: string | null;
}

/** A cohort; every text but its name is JSON. */
export interface CohortsTable {
  name: string;
  definition: string;
  start: string;
  flow: string;
  members: string;
  excluded: string;
  built_at: Date;
}

/** A split of a cohort; plan and split are JSON text. */
export interface SplitsTable {
  cohort: string;
  /** Unique among the cohort's splits. */
  name: string;
  plan: string;
  stratified_by: string;
  split: string;
}

/** A report; `fields` is JSON text. */
export interface ReportsTable {
  id: string;
  patient_id: string;
  case_id: string | null;
  /** As far as it is known: a day, a month or a year. */
  written_on: string | null;
  kind: "radiology" | "pathology" | "tumour board" | null;
  text: string;
  fields: string;
  stage: "untreated" | "under therapy" | "pretreated" | "postoperative" | null;
  fingerprint: string;
  imported_at: Generated<Date>;
}

/** What became of an instance: it is in the archive, itself or as another's duplicate, or it was set aside. */
export type InstanceState = "imported" | "set aside";

/** An instance that came from a picture archive. */
export interface PacsInstancesTable {
  sop_instance_uid: string;
  /** SHA-256 of the archive's name. */
  source: string;
  state: InstanceState;
  taken_at: ColumnType<Date, never, Date>;
}

/** A table of clinical data that was imported; `mapping` is JSON text. */
export interface TableImportsTable {
  id: string;
  table_name: string;
  file_hash: string;
  mapping: string;
  as_of: string;
  rows: number;
  state: "current" | "replaced";
  imported_at: Generated<Date>;
}

/** What one row of a current table says, as JSON text. */
export interface TableRowsTable {
  import_id: string;
  line: number;
  row_values: string;
}

/** A patient, as all tables say. */
export interface PatientsTable {
  id: string;
  sex: NonNullable<PatientRecord["sex"]> | null;
  birth_date: string | null;
  death_date: string | null;
  origin: Origin | null;
}

/** A case; `record` is JSON text and has all but treatments and follow-ups. */
export interface CasesTable {
  id: string;
  patient_id: string;
  preliminary_entity: string | null;
  final_entity: string | null;
  diagnosis_date: string | null;
  site: string | null;
  record: string;
  /** Taken out of the record by the database. */
  age_years: ColumnType<number | null, never, never>;
}

/** A treatment of a case, counted from 0. */
export interface TreatmentsTable {
  case_id: string;
  number: number;
  kind: Treatment["kind"];
  detail: string | null;
  start_date: string | null;
  end_date: string | null;
}

/** A visit of a case, counted from 0. */
export interface FollowUpsTable {
  case_id: string;
  number: number;
  visit_date: string | null;
  months: number | null;
  status: FollowUpRecord["status"];
}

/** What a person made of a doubt; the other columns are null while it is open. */
interface DecisionColumns {
  decision: "open" | "accepted" | "corrected";
  decided_by: string | null;
  decided_at: Date | null;
  decided_value: string | null;
}

/** A cell that was not taken as it stands. */
export interface CellFindingsTable extends DecisionColumns {
  id: string;
  import_id: string;
  rule: CellRule;
  action: CellFinding["action"];
  table_name: string;
  line: number;
  column_name: string;
  original: string;
  value: string | null;
}

/** Cells of a column whose spelling alone was changed; `cells` is JSON text: line, original and value of each. */
export interface SpellingChangesTable {
  import_id: string;
  number: number;
  column_name: string;
  rule: CellRule;
  cells: string;
}

/** Facts that cannot all be right. */
export interface ContradictionsTable extends DecisionColumns {
  id: string;
  rule: ContradictionRule;
  patient_id: string;
  case_id: string | null;
  other_patient_id: string | null;
  detail: string;
}

/** Marks on a radiograph; `annotations` is JSON text. */
export interface ImageAnnotationsTable {
  image_id: string;
  /** Who drew them, such as `btxrd`. */
  source: string;
  annotations: string;
}

/** Somebody who may log in; never removed, so that the audit log can name them. */
export interface AccountsTable {
  id: string;
  /** In small letters. */
  login: string;
  name: string;
  role: "viewer" | "annotator" | "researcher" | "administrator";
  /** argon2id in the PHC format; null for who logs in at an identity provider. */
  password_hash: string | null;
  /** The identity provider and its lasting name of the person. */
  issuer: string | null;
  issuer_subject: string | null;
  created_at: Date;
  disabled_at: Date | null;
  logged_in_at: Date | null;
}

/** A login that lasts; the token itself is only in the browser. */
export interface SessionsTable {
  id: string;
  token_hash: string;
  account_id: string;
  created_at: Date;
  used_at: Date;
  address: string;
  browser: string;
}

/** What administrators set for everybody; `value` is JSON text. */
export interface ServerSettingsTable {
  name: string;
  value: string;
}

/** Who did what, when and from where; rows cannot be changed or removed. */
export interface AuditLogTable {
  /** From 1 up, without a gap. */
  number: number;
  at: Date;
  /** An account, `local` where the server asks for none, `command line`; null where nobody had logged in. */
  person: string | null;
  action: string;
  /** An id, never a name. */
  subject: string | null;
  address: string | null;
  outcome: "done" | "refused" | "failed";
  /** Of this entry and the hash of the one before. */
  hash: string;
}

/** How far a job has come. */
export type JobState = "waiting" | "running" | "finished" | "failed" | "cancelled";

/** Work in the background; every text but its kind is JSON. */
export interface JobsTable {
  id: string;
  kind: string;
  state: JobState;
  settings: string;
  progress: string | null;
  result: string | null;
  problem: string | null;
  /** JSON text: the id and the name of who started it. */
  started_by: string;
  created_at: Date;
  started_at: Date | null;
  finished_at: Date | null;
  /** The process that works on it, where the database is a server. */
  process_id: Generated<string | null>;
  /** Whether somebody wants it stopped, for the process that works on it. */
  cancel_wanted: Generated<boolean>;
}

/** Who has the archive open on a database server. */
export interface ProcessesTable {
  id: string;
  command: string;
  host: string;
  pid: number;
  since: Generated<Date>;
  /** Written every few seconds. */
  seen_at: Generated<Date>;
}

/** A part of a run's work that any process may do. */
export interface RunPiecesTable {
  run_id: string;
  number: number;
  /** How much it is, in what the run counts. */
  size: number;
  /** JSON text: what is to be done. */
  content: string;
  is_made: Generated<boolean>;
  /** By whom it is or was done; null while it waits. */
  claim: Generated<string | null>;
  process_id: Generated<string | null>;
  /** When that one last said so. */
  said_at: Generated<Date | null>;
}

/** A table of hash codes, and how they are cut into keys. */
export interface CodeTablesTable {
  number: Generated<number>;
  owner: string;
  bits: number;
  tables: number;
  key_bits: number;
  made_at: Generated<Date>;
}

/** A file that came in over the network and lies in the home's `uploads/` under its id. */
export interface UploadsTable {
  id: string;
  /** As its sender calls it. */
  name: string;
  bytes: number;
  person_id: string;
  uploaded_at: Date;
  /** What still needs it, such as a job's id; null where it goes with the next sweep after a day. */
  kept_for: string | null;
}

/** The archive in clusters, as a run made them. */
export interface ClusteringsTable {
  run_id: string;
  clusters: number;
  images: number;
  made_at: Date;
}

/** A radiograph in its cluster. */
export interface ClusterMembersTable {
  clustering: string;
  cluster: number;
  /** From 0, the nearest to the centre, up. */
  rank: number;
  image_id: string;
  distance: number;
  outlier: boolean;
}

/** What a person did with a cluster; rows are never changed. */
export interface ClusterActionsTable {
  number: GeneratedAlways<number>;
  id: string;
  clustering: string;
  cluster: number;
  reader: string;
  reader_name: string;
  kind: "label" | "adjudicate" | "undo";
  label: string | null;
  undoes: string | null;
  acted_at: Date;
}

/** A reader saw the others' labels of a cluster, when `after_action` was the newest action. */
export interface ClusterDisclosuresTable {
  clustering: string;
  cluster: number;
  reader: string;
  after_action: number;
}

/** A cluster that a reader split; its parts are the clusters from `first_part` on. */
export interface ClusterSplitsTable {
  number: GeneratedAlways<number>;
  id: string;
  clustering: string;
  cluster: number;
  first_part: number;
  parts: number;
  reader: string;
  reader_name: string;
  split_at: Date;
  /** Null while it stands. */
  undone_by: string | null;
  undone_at: Date | null;
}

/** `apart`: not what its cluster is; `belongs`: it is, though it was doubted; `open` takes either back. */
export type MemberVerdict = "apart" | "belongs" | "open";

/** What a person decided of a radiograph in its cluster; rows are never changed. */
export interface MemberDecisionsTable {
  number: GeneratedAlways<number>;
  /** The same for all radiographs that were decided on at once. */
  id: string;
  clustering: string;
  cluster: number;
  image_id: string;
  verdict: MemberVerdict;
  reader: string;
  reader_name: string;
  decided_at: Date;
}

/** What guides the labelling, as it was worked out last. */
export interface AtlasGuidesTable {
  clustering: string;
  /** Whose labels it was worked out from; empty for what is settled. */
  reader: string;
  basis: string;
  /** JSON, in the form of who works it out. */
  content: string;
  made_at: Date;
}

/** A region that the centre added to the published ones. */
export interface AtlasRegionsTable {
  name: string;
  code: string;
  de: string;
  added_by: string;
  added_at: Date;
}

/** A radiograph that is to be linked; `reading`, `box` and `answer` are JSON text. */
export interface QueriesTable {
  id: string;
  file_name: string;
  person_id: string;
  worklist: boolean;
  created_at: Date;
  /** The archive's image that it is; null where it has a file of its own. */
  image_id: string | null;
  file_hash: string | null;
  pixel_hash: string | null;
  /** Whom the file names. */
  source_patient_id: string | null;
  reading: string;
  box: string | null;
  answer: string | null;
}

/** What the atlas sorted a radiograph as; the newest sorting alone. */
export interface ImageRegionsTable {
  image_id: string;
  /** Of the model. */
  run_id: string;
  /** The likeliest, also where it is not known to be one. */
  region: string;
  score: number;
  second_region: string | null;
  second_score: number | null;
  known: boolean;
  /** Why it belongs to no region; null where it is known. */
  reason: NoRegionReason | null;
  sorted_at: Date;
}

/**
 * Every radiograph with what its patient's tables say where it says nothing itself, and with the region that the atlas sorted it
 * as where no table says one; only to be read.
 */
export interface ArchiveImagesView
  extends Pick<
    ImagesTable,
    | "id"
    | "patient_id"
    | "entity"
    | "region"
    | "label"
    | "position"
    | "age_years"
    | "site"
    | "origin"
    | "modality"
    | "view_position"
    | "laterality"
    | "body_part"
    | "manufacturer"
    | "acquisition_date"
    | "imported_at"
    | "format"
    | "width"
    | "height"
    | "exposure"
    | "near_duplicate_of"
  > {
  /** `female`, `male`, `other`, or what the source says else. */
  sex: string | null;
  region_source: "table" | "atlas" | null;
  /** The run whose model sorted it; null, as all that follows, where none did. */
  sorted_by: string | null;
  sorted_region: string | null;
  sorted_score: number | null;
  sorted_second_region: string | null;
  sorted_second_score: number | null;
  sorted_known: boolean | null;
  sorted_reason: NoRegionReason | null;
}

/** Another centre, by the fingerprint of its key. */
export interface CentresTable {
  id: string;
  public_key: string;
  name: string;
  address: string;
  contact: string;
  /** A certificate authority in PEM that vouches for its TLS certificate; null for those that the machine knows. */
  authority: string | null;
  may_ask: boolean;
  is_asked: boolean;
  added_at: Date;
  /** Null while its questions are answered. */
  paused_at: Date | null;
}

/** What another centre asked, for as long as it counts: against repetition, and against asking too much. */
export interface CentreQuestionsTable {
  centre_id: string;
  nonce: string;
  asked_at: Date;
  /** In base64. */
  code: string;
  /** `far` resembled nothing here, `variation` was almost an earlier one. */
  kind: "usual" | "far" | "variation";
}

/** What other centres were asked about a query and have answered, as JSON; the last time alone. */
export interface CentreInquiriesTable {
  query_id: string;
  content: string;
}

/** Every table by name. */
export interface Schema {
  queries: QueriesTable;
  jobs: JobsTable;
  processes: ProcessesTable;
  code_tables: CodeTablesTable;
  run_pieces: RunPiecesTable;
  uploads: UploadsTable;
  table_imports: TableImportsTable;
  table_rows: TableRowsTable;
  patients: PatientsTable;
  cases: CasesTable;
  treatments: TreatmentsTable;
  follow_ups: FollowUpsTable;
  cell_findings: CellFindingsTable;
  spelling_changes: SpellingChangesTable;
  contradictions: ContradictionsTable;
  image_annotations: ImageAnnotationsTable;
  pacs_instances: PacsInstancesTable;
  reports: ReportsTable;
  images: ImagesTable;
  duplicates: DuplicatesTable;
  quarantine: QuarantineTable;
  runs: RunsTable;
  run_epochs: RunEpochsTable;
  cohorts: CohortsTable;
  splits: SplitsTable;
  clusterings: ClusteringsTable;
  cluster_members: ClusterMembersTable;
  cluster_actions: ClusterActionsTable;
  cluster_disclosures: ClusterDisclosuresTable;
  cluster_splits: ClusterSplitsTable;
  member_decisions: MemberDecisionsTable;
  atlas_guides: AtlasGuidesTable;
  atlas_regions: AtlasRegionsTable;
  image_regions: ImageRegionsTable;
  set_aside_decisions: SetAsideDecisionsTable;
  burned_in_text: BurnedInTextTable;
  near_duplicate_decisions: NearDuplicateDecisionsTable;
  pending_work: PendingWorkTable;
  accounts: AccountsTable;
  sessions: SessionsTable;
  server_settings: ServerSettingsTable;
  audit_log: AuditLogTable;
  centres: CentresTable;
  centre_questions: CentreQuestionsTable;
  centre_inquiries: CentreInquiriesTable;
}
