/**
 * Writes the synthetic tumour centre as a clinic would hand it over: a PACS export (DICOM folders), the HIS table, labels,
 * tumour masks, and a few new patients without a diagnosis.
 */
import { createHash } from "node:crypto";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { stringify } from "csv-stringify/sync";
import { OsteonError } from "../errors.ts";
import { type DrawingTask, drawAll } from "./draw-pool.ts";
import type { PhantomPatient } from "./patient.ts";
import { type PhantomOptions, phantomPatients, undiagnosedPatients } from "./phantom-patients.ts";
import { sopInstanceUidOf } from "./radiograph-file.ts";

/** How many new patients wait for a diagnosis. */
const undiagnosedCount = 3;

/** What is written, and with how many threads. */
export interface WritePhantomOptions extends PhantomOptions {
  /** Threads that draw; they do not change what is drawn. Default 2. */
  readonly threads?: number;
  /** Ends the drawing after the current radiograph. */
  readonly signal?: AbortSignal;
}

/** What was written. */
export interface PhantomSummary {
  readonly patients: number;
  readonly radiographs: number;
  readonly undiagnosed: number;
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
 * `labels.csv`, `undiagnosed/<PatientID>-<n>.dcm` and `undiagnosed/truth.csv`.
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
  const { seed, threads = 2, signal } = options;
  const patients = phantomPatients(options);
  const undiagnosed = undiagnosedPatients({ patients: undiagnosedCount, seed });
  const tasksOf = (of: readonly PhantomPatient[]): DrawingTask[] =>
    of.flatMap((patient) => patient.examinations.map((_, examinationIndex) => ({ seed, patient, examinationIndex })));
  const known = tasksOf(patients).length;
  const tasks = [...tasksOf(patients), ...tasksOf(undiagnosed)];
  const writer = new CentreWriter(directory);
  const labels: Row[] = [];
  const truth: Row[] = [];
  for await (const { file, mask, box } of drawAll(tasks, threads)) {
    const task = tasks[labels.length + truth.length]!;
    const { patient, examinationIndex } = task;
    const { date, study } = patient.examinations[examinationIndex]!;
    const image = `${patient.id}-${examinationIndex + 1}.dcm`;
    if (labels.length < known) {
      await writer.write(`pacs/${patient.id}/${date.replaceAll("-", "")}_${study}/${image}`, file);
      await writer.write(`masks/${sopInstanceUidOf(task)}.png`, mask);
      labels.push(labelRow(patient, image));
    } else {
      await writer.write(`undiagnosed/${image}`, file);
      truth.push([...labelRow(patient, image), ...box]);
    }
    const done = labels.length + truth.length;
    onProgress?.(done, tasks.length);
    if (signal?.aborted) {
      throw new OsteonError(
        "interrupted",
        `Drawing was interrupted after ${done} of ${tasks.length} radiographs; start it again to draw them all.`,
      );
    }
  }
  await writer.write("his/patients.csv", stringify([[...hisColumns], ...patients.map((one) => [...hisRow(one)])]));
  await writer.write(
    "undiagnosed/truth.csv",
    stringify([[...labelColumns, "x", "y", "width", "height"], ...truth.map((row) => [...row])]),
  );
  await writer.write("labels.csv", stringify([[...labelColumns], ...labels.map((row) => [...row])]));
  return {
    patients: patients.length,
    radiographs: labels.length,
    undiagnosed: undiagnosed.length,
    hash: writer.digest(),
  };
};
