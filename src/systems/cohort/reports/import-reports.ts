/**
 * Reports into the home. A report is known by its number; one that says the same as before is passed over, so an import
 * that was killed is simply started again.
 */

import { readdir, stat } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { patientId } from "../../../clinic/ids.ts";
import type { ReportFields } from "../../../clinic/reports/report-fields.ts";
import { type ReportStage, reportStage } from "../../../clinic/reports/report-stage.ts";
import { OsteonError } from "../../../errors.ts";
import { type Home, hashContent, reportFingerprints, type StoredReport, writeReports } from "../../../store/index.ts";
import { readWholeFile } from "../read-file.ts";
import { decodeText, type ListedReport, parseReportList, type ReportList, type ReportProblem } from "./report-list.ts";

/** What an import is told. */
export interface ReportImportOptions {
  /** Stops between two batches; what was imported stays. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** What became of the reports. */
export interface ReportImport {
  readonly imported: number;
  /** Known by their number, and now with another text or other facts. */
  readonly updated: number;
  readonly unchanged: number;
  readonly problems: readonly ReportProblem[];
  /** How many of the imported and updated ones say at which stage they were written. */
  readonly stages: Readonly<Record<ReportStage | "not told", number>>;
}

/** Reports whose rows are written in one transaction. */
const batchSize = 100;
/** No report is longer. */
const maximumReportBytes = 4 * 2 ** 20;

/**
 * Imports a folder with an `index.csv` and one text file per report, or a table with a column of texts.
 *
 * @throws OsteonError `bad-input` where there is no list of reports, `interrupted` when the signal stops it
 */
export const importReports = async (
  home: Home,
  path: string,
  { signal, onProgress }: ReportImportOptions = {},
): Promise<ReportImport> => {
  // Its tables of words take a quarter of the start of a command to make: they load only where they are needed.
  const { readReport, reportReaderVersion } = await import("../../../clinic/reports/read-report.ts");
  const source = await openSource(path);
  const problems: ReportProblem[] = [...source.list.problems];
  const known = await reportFingerprints(home.database);
  const counts = { imported: 0, updated: 0, unchanged: 0 };
  const stages = { untreated: 0, "under therapy": 0, pretreated: 0, postoperative: 0, "not told": 0 };
  let batch: StoredReport[] = [];
  const { rows } = source.list;
  for (const [done, row] of rows.entries()) {
    if (signal?.aborted && batch.length === 0) {
      throw new OsteonError(
        "interrupted",
        `The import was interrupted after ${done} of ${rows.length} reports; start it again to go on.`,
      );
    }
    const text = await source.textOf(row, problems);
    if (text !== undefined) {
      const fingerprint = fingerprintOf(row, text, reportReaderVersion);
      const earlier = known.get(row.report);
      if (earlier === fingerprint) counts.unchanged += 1;
      else {
        const fields = readReport(text, row.kind === undefined ? {} : { kind: row.kind });
        const report = makeReport(row, text, { fields, fingerprint });
        batch.push(report);
        counts[earlier === undefined ? "imported" : "updated"] += 1;
        stages[report.stage ?? "not told"] += 1;
      }
    }
    if (batch.length >= batchSize || done === rows.length - 1 || signal?.aborted) {
      await writeReports(home.database, batch);
      batch = [];
    }
    onProgress?.(done + 1, rows.length);
  }
  return { ...counts, problems, stages };
};

const fingerprintOf = (
  { report, patient, case: case_, date, kind }: ListedReport,
  text: string,
  readerVersion: number,
): string => hashContent(JSON.stringify([readerVersion, report, patient, case_ ?? "", date ?? "", kind ?? "", text]));

const makeReport = (
  row: ListedReport,
  text: string,
  { fields, fingerprint }: { readonly fields: ReportFields; readonly fingerprint: string },
): StoredReport => {
  return {
    id: row.report,
    patient: patientId(row.patient.normalize("NFC")),
    case: row.case ?? null,
    date: row.date ?? null,
    kind: row.kind ?? fields.kind ?? null,
    text,
    fields,
    stage: reportStage(fields) ?? null,
    fingerprint,
  };
};

/** Where the texts are. */
interface Source {
  readonly list: ReportList;
  textOf(row: ListedReport, problems: ReportProblem[]): Promise<string | undefined>;
}

const openSource = async (path: string): Promise<Source> => {
  const entry = await stat(path).catch((cause) => {
    throw new OsteonError("bad-input", `There is no file or folder at "${path}".`, { path }, cause);
  });
  return entry.isDirectory() ? openFolder(path) : openTable(path);
};

const openTable = async (path: string): Promise<Source> => {
  const list = parseReportList(await readTable(path), { withTexts: true });
  return { list, textOf: async (row) => decodeText(new TextEncoder().encode(row.text!)) };
};

const openFolder = async (folder: string): Promise<Source> => {
  const index = join(folder, "index.csv");
  const isThere = await stat(index).then(
    (entry) => entry.isFile(),
    () => false,
  );
  if (!isThere) {
    throw new OsteonError(
      "bad-input",
      `"${folder}" has no index.csv; it lists the reports: report, patient, case, date, kind.`,
      { folder },
    );
  }
  const { rows, problems } = parseReportList(await readTable(index), { withTexts: false });
  const texts = new Map(
    (await readdir(folder, { withFileTypes: true }))
      .filter((entry) => entry.isFile() && extname(entry.name).toLowerCase() === ".txt")
      .map(({ name }) => [basename(name, extname(name)).normalize("NFC"), name]),
  );
  const listed = new Set(rows.map(({ report }) => report.normalize("NFC")));
  const unlisted = [...texts.keys()].filter((name) => !listed.has(name)).length;
  const more: ReportProblem[] =
    unlisted === 0
      ? []
      : [{ code: "not-listed", detail: `${unlisted} text files are in no row of index.csv; they were left out.` }];
  // Names come from the folder's own listing, so that no row can lead out of it.
  const textOf: Source["textOf"] = async ({ report, line }, found) => {
    const name = texts.get(report.normalize("NFC"));
    if (name === undefined) {
      found.push({ code: "missing-file", line, detail: "The folder has no text file of this report." });
      return undefined;
    }
    const file = await readWholeFile(join(folder, name));
    if (file.ok && file.bytes.length <= maximumReportBytes) return decodeText(file.bytes);
    const detail = file.ok ? "The text is longer than 4 MiB." : file.reason.detail;
    found.push({ code: "unreadable-file", line, detail });
    return undefined;
  };
  return { list: { rows, problems: [...problems, ...more] }, textOf };
};

const readTable = async (path: string): Promise<Uint8Array> => {
  const file = await readWholeFile(path);
  if (file.ok) return file.bytes;
  throw new OsteonError("bad-input", `The list of reports "${path}" cannot be read. ${file.reason.detail}`, { path });
};
