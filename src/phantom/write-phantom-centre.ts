/**
 * Writes the synthetic tumour centre as a clinic would hand it over: a PACS export (DICOM folders), the HIS table, labels,
 * tumour masks, and a few new patients without a diagnosis.
 */
import { createHash } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { stringify } from "csv-stringify/sync";
import { OsteonError } from "../errors.ts";
import { archivePatientId } from "./draw-archive-image.ts";
import { type DrawingTask, drawAll, type PatientTask } from "./draw-pool.ts";
import { ImageTruthLists } from "./image-truth-lists.ts";
import type { PhantomPatient } from "./patient.ts";
import { type PhantomOptions, phantomPatients, undiagnosedPatients } from "./phantom-patients.ts";
import type { Box } from "./picture.ts";
import { sopInstanceUidOf } from "./radiograph-file.ts";
import { phantomRecords } from "./records/phantom-records.ts";
import { reportFilesOf, tableFilesOf } from "./records/record-files.ts";

/** How many new patients wait for a diagnosis. */
const undiagnosedCount = 3;

/** Where image `index` of the archive lies. */
const archiveFile = (index: number): string => {
  const patient = archivePatientId(index);
  return `archive/${patient}/${patient}-${(index % 2) + 1}.dcm`;
};

const stopIfAborted = (signal: AbortSignal | undefined, done: number, total: number): void => {
  if (!signal?.aborted) return;
  throw new OsteonError(
    "interrupted",
    `Drawing was interrupted after ${done} of ${total} radiographs; start it again to draw them all.`,
  );
};

/** What is written, and with how many threads. */
export interface WritePhantomOptions extends PhantomOptions {
  /** Threads that draw; they do not change what is drawn. Default 2. */
  readonly threads?: number;
  /** Share of the pictures that are disturbed as archives do, 0 to 1. Default 0. */
  readonly asTheyCome?: number;
  /** Whether DICOM headers name the patients; all names are invented. Default no. */
  readonly identifiers?: boolean;
  /**
   * Whether the hospital's tables and reports are written, with errors and their truth. The patients then are all of the
   * tables', of whom a quarter has one of the ten entities and radiographs, also later ones; `labels.csv` names those from
   * before therapy. Default no: every patient has one of the ten entities, and the table is clean.
   */
  readonly records?: boolean;
  /** How many images of other patients lie beside: 28 regions and non-musculoskeletal ones. Default 0. */
  readonly archive?: number;
  /** Ends the drawing after the current radiograph. */
  readonly signal?: AbortSignal;
}

/** What was written. */
export interface PhantomSummary {
  readonly patients: number;
  readonly radiographs: number;
  readonly undiagnosed: number;
  /** Images of other patients in `archive/`. */
  readonly archive: number;
  /** SHA-256 over every file's name and content, in order of writing: equal options give equal hashes. */
  readonly hash: string;
}

/** Called after each radiograph. */
export type PhantomProgress = (done: number, total: number) => void;

type Row = readonly (string | number)[];

/** The HIS table's columns. */
const hisColumns = [
  "patient",
  "entity",
  "age",
  "sex",
  "site",
  "side",
  "position",
  "diagnosis_date",
  "origin",
  "treatment",
  "outcome",
  "follow_up_months",
] as const;

const hisRow = (patient: PhantomPatient): Row => [
  patient.id,
  patient.entity,
  patient.ageYears,
  patient.sex,
  patient.site,
  patient.side ?? "",
  patient.position ?? "",
  patient.diagnosisDate,
  patient.origin,
  patient.followUp.treatment,
  patient.followUp.outcome,
  patient.followUp.months,
];

/** The columns of `osteon import radiographs --labels`. */
const labelColumns = [
  "image",
  "patient",
  "label",
  "entity",
  "region",
  "origin",
  "age",
  "sex",
  "site",
  "position",
] as const;

/** The lesion's box in the labels, in stored pixels; empty where it is out of the picture. */
const boxColumns = ["box_x", "box_y", "box_width", "box_height"] as const;
const boxCells = (box: Box): Row => (box[2] > 0 && box[3] > 0 ? box : ["", "", "", ""]);

const labelRow = (patient: PhantomPatient, image: string): Row => [
  image,
  patient.id,
  patient.entity,
  patient.entity,
  patient.region,
  patient.origin,
  patient.ageYears,
  patient.sex,
  patient.site,
  patient.position ?? "",
];

const sentences: Readonly<Record<string, string>> = {
  ENOSPC: "The disk is full; free some room or name another folder for the phantom centre.",
  EACCES: "The folder for the phantom centre may not be written to; check its permissions or name another.",
  EROFS: "The folder for the phantom centre lies on a read-only disk; name another.",
  ENOTDIR: "The path for the phantom centre leads through a file; name a folder.",
  EEXIST: "The path for the phantom centre leads through a file; name a folder.",
};

/** Writes whole files only, and keeps the hash of all that was written. */
class CentreWriter {
  readonly #directory: string;
  readonly #hash = createHash("sha256");

  constructor(directory: string) {
    this.#directory = directory;
  }

  async write(name: string, content: Uint8Array | string): Promise<void> {
    const path = join(this.#directory, name);
    const temporary = `${path}.writing`;
    try {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(temporary, content);
      await rename(temporary, path);
    } catch (cause) {
      await rm(temporary, { force: true }).catch(() => {}); // the first failure is the one to tell
      const code = (cause as NodeJS.ErrnoException).code ?? "";
      const sentence = sentences[code];
      throw sentence ? new OsteonError("bad-input", sentence, { code }, cause) : cause;
    }
    this.#hash.update(`${name}\n`).update(content);
  }

  digest(): string {
    return this.#hash.digest("hex");
  }
}

/**
 * Writes the centre into a folder; files of an earlier centre with the same names are replaced. Layout:
 * `pacs/<PatientID>/<StudyDate>_<study>/<PatientID>-<n>.dcm`, `masks/<SOPInstanceUID>.png`, `his/patients.csv`,
 * `labels.csv`, `truth/images.jsonl`, with records also `his/cases.csv`, `his/follow-up.xlsx`, `reports/` and more in `truth/`, `archive/<PatientID>/<PatientID>-<n>.dcm`, `undiagnosed/<PatientID>-<n>.dcm` and `undiagnosed/truth.csv`.
 * @example
 * await writePhantomCentre("phantom", { patients: 60, seed: 41 });
 * @throws OsteonError `bad-usage` for an impossible number of patients, `bad-input` where the folder cannot be written,
 *   `interrupted` when the signal stops it
 */
export const writePhantomCentre = async (
  directory: string,
  options: WritePhantomOptions,
  onProgress?: PhantomProgress,
): Promise<PhantomSummary> => {
  const { seed, threads = 2, signal, asTheyCome = 0, identifiers = false, archive = 0 } = options;
  if (!(asTheyCome >= 0 && asTheyCome <= 1)) {
    throw new OsteonError("bad-usage", `The share of pictures as they come is between 0 and 1, not ${asTheyCome}.`, {
      asTheyCome,
    });
  }
  const records = options.records ? phantomRecords(options) : undefined;
  const patients =
    records?.patients.flatMap(({ radiographed, cases: [first] }) =>
      radiographed ? [{ ...radiographed, ...(first ? { case: first.case } : {}) }] : [],
    ) ?? phantomPatients(options);
  const undiagnosed = undiagnosedPatients({ patients: undiagnosedCount, seed });
  const look = { asTheyCome, identifiers };
  const tasksOf = (of: readonly PhantomPatient[]): PatientTask[] =>
    of.flatMap((patient) =>
      patient.examinations.map((_, examinationIndex) => ({ seed, patient, examinationIndex, ...look })),
    );
  const known = tasksOf(patients).length;
  const patientTasks = [...tasksOf(patients), ...tasksOf(undiagnosed)];
  const tasks: DrawingTask[] = [
    ...patientTasks,
    ...Array.from({ length: archive }, (_, index) => ({ archive: true as const, seed, index, ...look })),
  ];
  const images = new ImageTruthLists();
  const writer = new CentreWriter(directory);
  const labels: Row[] = [];
  const truth: Row[] = [];
  const finished = (count: number): void => {
    onProgress?.(count, tasks.length);
    stopIfAborted(signal, count, tasks.length);
  };
  let done = 0;
  for await (const drawing of drawAll(tasks, threads)) {
    const { mask, box } = drawing;
    const task = patientTasks[done];
    done += 1;
    if (!task) {
      await images.writeWithExtras(writer, archiveFile(done - patientTasks.length - 1), drawing);
      finished(done);
      continue;
    }
    const { patient, examinationIndex } = task;
    const { date, study, stage = "pre-therapy" } = patient.examinations[examinationIndex]!;
    const image = `${patient.id}-${examinationIndex + 1}.dcm`;
    if (done <= known) {
      const folder = `pacs/${patient.id}/${date.replaceAll("-", "")}_${study}`;
      await images.writeWithExtras(writer, `${folder}/${image}`, drawing);
      await writer.write(`masks/${sopInstanceUidOf(task)}.png`, mask);
      if (stage === "pre-therapy") labels.push([...labelRow(patient, image), ...boxCells(box)]);
    } else {
      await images.writeWithExtras(writer, `undiagnosed/${image}`, drawing);
      truth.push([...labelRow(patient, image), ...box]);
    }
    finished(done);
  }
  await images.writeTruth(writer);
  const clean = stringify([[...hisColumns], ...patients.map((one) => [...hisRow(one)])]);
  const tables = records
    ? [...(await tableFilesOf(records)), ...reportFilesOf(records)]
    : [{ name: "his/patients.csv", content: clean }];
  for (const { name, content } of tables) await writer.write(name, content);
  await writer.write(
    "undiagnosed/truth.csv",
    stringify([[...labelColumns, "x", "y", "width", "height"], ...truth.map((row) => [...row])]),
  );
  await writer.write("labels.csv", stringify([[...labelColumns, ...boxColumns], ...labels.map((row) => [...row])]));
  return {
    patients: options.patients,
    radiographs: known,
    undiagnosed: undiagnosed.length,
    archive,
    hash: writer.digest(),
  };
};
