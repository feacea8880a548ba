/** The bytes of the hospital's tables: Latin-1 with semicolons as German Excel writes them, and an XLSX workbook. */
import { type CellValue, writeXlsx } from "hucre";
import type { PhantomTable } from "./phantom-records.ts";

/** The workbook says it was made then, so that the same table has the same bytes. */
const made = new Date("2025-01-02T00:00:00Z");

const quoted = (text: string): string => (/[;"\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** A CSV file; letters outside of Latin-1 do not occur. */
export const latin1Csv = ({ columns, rows }: PhantomTable): Uint8Array => {
  const lines = rows.map(({ cells, displaced }) =>
    (displaced ?? columns.map((column) => String(cells[column]?.value ?? ""))).map(quoted).join(";"),
  );
  return Buffer.from(`${[columns.map(quoted).join(";"), ...lines].join("\r\n")}\r\n`, "latin1");
};

/** An XLSX workbook with one sheet; days are days, numbers are numbers. */
export const workbook = ({ columns, rows }: PhantomTable): Promise<Uint8Array> => {
  const body = rows.map(({ cells }) => columns.map((column): CellValue => cells[column]?.value ?? null));
  return writeXlsx({
    sheets: [{ name: "Follow-up", rows: [[...columns], ...body] }],
    properties: { created: made, modified: made },
  });
};
