/**
 * Opens a table as rows of text, whatever it comes in: CSV and TSV in any common encoding, XLSX, FHIR resources. Text is read as a stream
 * and never held as a whole; a file may be hostile, and then a sentence says why it is not read.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { CsvError, parse } from "csv-parse";
import { type CellValue, streamXlsxRows } from "hucre/xlsx";
import type { TableRow } from "../../../clinic/tables/read-row.ts";
import { type Delimiter, sniffDelimiter, sniffEncoding, type TextEncoding } from "../../../clinic/tables/sniff-text.ts";
import { OsteonError, shown } from "../../../errors.ts";
import { checkArchive } from "./check-archive.ts";
import { fhirTable, looksLikeFhir } from "./fhir-table.ts";

/** A table that can be read, also more than once. */
export interface OpenTable {
  /** The file's name. */
  readonly name: string;
  /** SHA-256 of the file. */
  readonly hash: string;
  readonly format: "text" | "workbook" | "fhir";
  readonly encoding?: TextEncoding;
  readonly delimiter?: Delimiter;
  readonly header: readonly string[];
  /** The rows below the header. */
  rows(): AsyncIterable<TableRow>;
}

/** No workbook is larger: it is unpacked in memory. */
const largestWorkbook = 2 ** 28;
/** A row that is longer has a quote that was left open, or is hostile; in characters. */
const longestRow = 2 ** 20;
const beginningBytes = 2 ** 18;
/** Titles may stand above the header. */
const mostTitleRows = 20;

/**
 * Opens a table.
 *
 * @param sheet of a workbook, by its name; the first one by default
 * @throws OsteonError `bad-input` where the file cannot be read or has no header
 */
export const openTable = async (path: string, { sheet }: { readonly sheet?: string } = {}): Promise<OpenTable> => {
  const info = await stat(path).catch((cause) => {
    throw new OsteonError("bad-input", `The table "${path}" cannot be read; check the path.`, { path }, cause);
  });
  if (!info.isFile()) throw new OsteonError("bad-input", `"${path}" is no file; name a table.`, { path });
  const beginning = await readBeginning(path);
  if (beginning.length === 0) throw new OsteonError("bad-input", `The table "${path}" is empty.`, { path });
  const name = basename(path);
  if (beginning.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 3, 4])))
    return openWorkbook(path, { name, size: info.size, sheet });
  if (beginning.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) {
    throw new OsteonError(
      "unsupported",
      `"${name}" is a workbook with a password or of the format before 2007; save it as XLSX without a password, or as CSV.`,
    );
  }
  return openText(path, name, beginning);
};

const readBeginning = async (path: string): Promise<Buffer> => {
  const file = await open(path);
  try {
    const buffer = Buffer.alloc(beginningBytes);
    const { bytesRead } = await file.read(buffer, 0, beginningBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
};

const openText = async (path: string, name: string, beginning: Buffer): Promise<OpenTable> => {
  const isWhole = beginning.length < beginningBytes;
  const { hash, isUtf8 } = await lookThrough(path);
  const sniffed = sniffEncoding(beginning, { isWhole });
  const encoding = sniffed === "utf-8" && !isUtf8 ? "windows-1252" : sniffed;
  const text = new TextDecoder(encoding).decode(beginning);
  const looked = Array.from(text.slice(0, 1000));
  if (looked.filter((character) => character < "\t").length > looked.length / 10) {
    throw new OsteonError("bad-input", `"${name}" is no table: it holds no text. Save it as CSV or XLSX.`, { name });
  }
  if (looksLikeFhir(text)) return { name, hash, format: "fhir", encoding, ...fhirTable(path) };
  const delimiter = sniffDelimiter(text);
  const all = () => textRows(path, { name, encoding, delimiter });
  return withHeader({ name, hash, format: "text", encoding, delimiter }, all);
};

/** The hash of a file, and whether all of it is UTF-8: one stray letter shows on the last page only. */
const lookThrough = async (path: string): Promise<{ hash: string; isUtf8: boolean }> => {
  const hash = createHash("sha256");
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let isUtf8 = true;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk as Buffer);
    try {
      if (isUtf8) decoder.decode(chunk as Buffer, { stream: true });
    } catch {
      isUtf8 = false;
    }
  }
  return { hash: hash.digest("hex"), isUtf8 };
};

/** The first row with at least two cells that say something is the header; what stands above are titles. */
const withHeader = async (
  facts: Omit<OpenTable, "header" | "rows">,
  all: () => AsyncIterable<TableRow>,
  orElse = "",
): Promise<OpenTable> => {
  let looked = 0;
  for await (const { line, cells } of all()) {
    const filled = cells.filter((cell) => cell.trim() !== "");
    if (filled.length < 2 && ++looked <= mostTitleRows) continue;
    if (filled.length < 2) break;
    const header = cells.map((cell) => cell.trim());
    while (header.at(-1) === "") header.pop();
    return { ...facts, header, rows: () => below(all(), line) };
  }
  throw new OsteonError(
    "bad-input",
    `"${facts.name}" has no header${orElse}: no row with the names of at least two columns.`,
    {
      name: facts.name,
    },
  );
};

async function* below(rows: AsyncIterable<TableRow>, headerLine: number): AsyncIterable<TableRow> {
  for await (const row of rows) if (row.line > headerLine) yield row;
}

const lineBreaks = (cell: string): number => (/[\r\n]/.test(cell) ? cell.split(/\r\n|\n|\r/).length - 1 : 0);

interface TextFormat {
  readonly name: string;
  readonly encoding: TextEncoding;
  readonly delimiter: Delimiter;
}

async function* textRows(path: string, { name, encoding, delimiter }: TextFormat): AsyncIterable<TableRow> {
  const parser = parse({
    delimiter,
    bom: true,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: false,
    max_record_size: longestRow,
  });
  const source = createReadStream(path);
  const decoder = new TextDecoder(encoding);
  const feed = async (): Promise<void> => {
    for await (const chunk of source) {
      if (!parser.write(decoder.decode(chunk as Buffer, { stream: true }))) {
        await new Promise<void>((resolve) => {
          const go = (): void => {
            parser.off("drain", go);
            parser.off("close", go);
            resolve();
          };
          parser.on("drain", go);
          parser.on("close", go);
        });
      }
      if (parser.destroyed) return;
    }
    parser.end(decoder.decode());
  };
  const feeding = feed().catch((error: unknown) => {
    parser.destroy(error as Error);
  });
  let line = 1;
  try {
    for await (const cells of parser as AsyncIterable<string[]>) {
      yield { line, cells };
      line += 1 + cells.reduce((breaks, cell) => breaks + lineBreaks(cell), 0);
    }
    await feeding;
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const reason =
      cause.code === "CSV_MAX_RECORD_SIZE" ? "is too long; a quote may have been left open" : "cannot be taken apart";
    throw new OsteonError("bad-input", `"${name}": the row at line ${line} ${reason}.`, { name, line }, cause);
  } finally {
    source.destroy();
    parser.destroy();
  }
}

const openWorkbook = async (
  path: string,
  { name, size, sheet }: { readonly name: string; readonly size: number; readonly sheet: string | undefined },
): Promise<OpenTable> => {
  if (size > largestWorkbook) {
    throw new OsteonError("bad-input", `"${name}" is larger than a workbook may be; save the sheet as CSV.`, { name });
  }
  const content = await readFile(path);
  await checkArchive(content);
  const hash = createHash("sha256").update(content).digest("hex");
  const all = () => workbookRows(content, name, sheet);
  const where = sheet === undefined ? "" : `, or no sheet ${shown(sheet)}`;
  return withHeader({ name, hash, format: "workbook" }, all, where);
};

async function* workbookRows(content: Buffer, name: string, sheet: string | undefined): AsyncIterable<TableRow> {
  try {
    const options = sheet === undefined ? {} : { sheet };
    for await (const { index, values } of streamXlsxRows(new Uint8Array(content), options)) {
      yield { line: index + 1, cells: values.map(cellText) };
    }
  } catch (cause) {
    if (cause instanceof OsteonError) throw cause;
    throw new OsteonError("bad-input", `"${name}" is no workbook that can be read.`, { name }, cause);
  }
}

/** A cell's value as text: days of Excel without their midnight. */
const cellText = (value: CellValue): string => {
  if (value === null || value === undefined) return "";
  if (value instanceof Date) {
    return Number.isNaN(value.getTime())
      ? ""
      : value
          .toISOString()
          .replace(/T00:00:00\.000Z$/, "")
          .slice(0, 19);
  }
  if (typeof value === "number") return String(Math.round(value * 1e9) / 1e9);
  return String(value);
};
