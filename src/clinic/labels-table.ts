/** The table of `import radiographs --labels`: what the centre knows of each picture, one row per file. */

import { OsteonError } from "../errors.ts";
import { delimitedRows, type TableDamage } from "./delimited-rows.ts";
import { type PatientId, patientId } from "./ids.ts";

/** What a row says of its picture; a column that is missing or empty says nothing. */
export interface LabelFacts {
  readonly patient?: PatientId;
  readonly label?: string;
  readonly entity?: string;
  readonly region?: string;
  readonly origin?: "internal" | "external";
  readonly ageYears?: number;
  readonly sex?: string;
  readonly site?: string;
  readonly position?: string;
  /** Around the lesion, in the radiograph's own pixels. */
  readonly lesion?: LesionFact;
}

/** A rectangle; x and y are its left upper corner. */
export interface LesionFact {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One row of the table. */
export interface LabelsRow {
  /** As an editor counts: 1 is the header. */
  readonly line: number;
  readonly facts: LabelFacts;
}

/** Something in the table that a person should look at; the row or cell was left out. */
export interface LabelsProblem {
  readonly code:
    | "no-image"
    | "repeated-image"
    | "extra-cells"
    | "bad-age"
    | "bad-origin"
    | "bad-box"
    | "ambiguous-image"
    | "contradiction";
  /** As an editor counts: 1 is the header. */
  readonly line: number;
  /** One sentence, without patient data: names of files hold it often enough. */
  readonly detail: string;
}

/** The table by the file that a row names, as {@link imageKey} writes it. */
export interface LabelsTable {
  readonly rows: ReadonlyMap<string, LabelsRow>;
  readonly problems: readonly LabelsProblem[];
}

const boxColumns = ["box_x", "box_y", "box_width", "box_height"] as const;
const textColumns = ["label", "entity", "region", "sex", "site", "position"] as const;

/**
 * The name or path of a file in the one spelling that tables and disks are compared in: composed letters (some systems
 * write "ü" as "u" and two dots), slashes between folders, nothing before the first name.
 */
export const imageKey = (image: string): string =>
  image
    .normalize("NFC")
    .replaceAll("\\", "/")
    .replace(/^(\.?\/)+/, "");

/**
 * Reads a table: UTF-8 or Latin-1; columns separated by comma, semicolon or tab; a byte order mark is passed over.
 *
 * @throws OsteonError `bad-input` when it is no table, has no column `image`, or has a column twice
 */
export const parseLabelsTable = (content: Uint8Array): LabelsTable => {
  const text = decodeText(content);
  const records = delimitedRows(text, refuseTable);
  const header = records[0]?.record.map((name) => name.trim().toLowerCase()) ?? [];
  if (!header.includes("image")) {
    const found = header.length > 0 ? `it has ${header.map((name) => `"${name}"`).join(", ")}` : "it is empty";
    throw new OsteonError("bad-input", `The labels table needs a column "image"; ${found}.`, { header });
  }
  const repeated = header.find((name, i) => name !== "" && header.indexOf(name) !== i);
  if (repeated !== undefined) {
    throw new OsteonError(
      "bad-input",
      `The labels table has the column "${repeated}" more than once; keep one of them.`,
      {
        header,
      },
    );
  }
  const rows = new Map<string, LabelsRow>();
  const problems: LabelsProblem[] = [];
  for (const { record, line } of records.slice(1)) {
    if (record.length > header.length) {
      const found = `The row has ${record.length} cells under ${header.length} columns, as with an unquoted separator`;
      problems.push({ code: "extra-cells", line, detail: `${found}; it was left out.` });
      continue;
    }
    const cells = Object.fromEntries(header.map((name, i) => [name, (record[i] ?? "").trim()]));
    const image = imageKey(cells.image ?? "");
    if (image === "") problems.push({ code: "no-image", line, detail: "The row names no image." });
    else if (rows.has(image))
      problems.push({
        code: "repeated-image",
        line,
        detail: "An earlier row names the same image; this one was left out.",
      });
    else rows.set(image, { line, facts: readFacts(cells, line, problems) });
  }
  return { rows, problems };
};

const decodeText = (content: Uint8Array): string => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(content).normalize("NFC");
  } catch {
    return new TextDecoder("latin1").decode(content);
  }
};

const refuseTable = (damage: TableDamage): OsteonError =>
  new OsteonError("bad-input", `The labels table cannot be read: ${damage.code ?? "it is no table"}.`, {}, damage);

const readFacts = (cells: Readonly<Record<string, string>>, line: number, problems: LabelsProblem[]): LabelFacts => {
  const facts: { -readonly [Key in keyof LabelFacts]: LabelFacts[Key] } = {};
  if (cells.patient) facts.patient = patientId(cells.patient);
  for (const column of textColumns) {
    const value = cells[column];
    if (value) facts[column] = value;
  }
  if (cells.origin) {
    if (cells.origin === "internal" || cells.origin === "external") facts.origin = cells.origin;
    else
      problems.push({
        code: "bad-origin",
        line,
        detail: 'The origin is neither "internal" nor "external"; it was left out.',
      });
  }
  if (cells.age) {
    const age = Number(cells.age.replace(",", "."));
    if (age >= 0 && age <= 120) facts.ageYears = age;
    else
      problems.push({ code: "bad-age", line, detail: "The age is no number of years from 0 to 120; it was left out." });
  }
  const written = boxColumns.map((column) => cells[column] ?? "");
  if (written.some((cell) => cell !== "")) {
    const [x, y, width, height] = written.map((cell) => (cell === "" ? Number.NaN : Number(cell.replace(",", "."))));
    if (x! >= 0 && y! >= 0 && width! > 0 && height! > 0 && [x, y, width, height].every(Number.isFinite)) {
      facts.lesion = { x: x!, y: y!, width: width!, height: height! };
    } else {
      const detail = "The box of the lesion is not four numbers of pixels; it was left out.";
      problems.push({ code: "bad-box", line, detail });
    }
  }
  return facts;
};
