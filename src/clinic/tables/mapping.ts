/**
 * Which column of a table holds what: proposed by the program, confirmed or corrected by the user, kept as a JSON file
 * (docs/how-to/import-tables.md).
 */
import { z } from "zod";
import { OsteonError } from "../../errors.ts";
import { fieldNames, type TableField } from "./table-fields.ts";

const columnSchema = z.strictObject({
  /** The heading, as the table has it. */
  column: z.string(),
  /** Null: the column is not read. */
  field: z.enum(fieldNames as [TableField, ...TableField[]]).nullable(),
  /** How sure the proposal is, in [0, 1]; the user need not keep it. */
  confidence: z.number().min(0).max(1).optional(),
  /** Of a column of dates: what `05/06/2016` means. */
  dateOrder: z.enum(["day-first", "month-first"]).optional(),
  /** Of a column of numbers: what stands before the decimals. */
  decimal: z.enum(["comma", "point"]).optional(),
  /** Of a column of lengths. */
  unit: z.enum(["mm", "cm"]).optional(),
});

const mappingSchema = z.strictObject({
  format: z.literal("osteon-table-mapping"),
  version: z.literal(1),
  /** The sheet of a workbook; its first one by default. */
  sheet: z.string().optional(),
  columns: z.array(columnSchema).max(20_000),
});

/** One column's part of a mapping. */
export type ColumnMapping = z.infer<typeof columnSchema>;

/** A mapping of one kind of table. */
export type TableMapping = z.infer<typeof mappingSchema>;

/**
 * Reads a mapping file.
 * @throws OsteonError `bad-input` with the place that is wrong
 */
export const parseMapping = (text: string): TableMapping => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new OsteonError("bad-input", "The mapping is no JSON; write it anew from the program's proposal.", {}, cause);
  }
  const parsed = mappingSchema.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.path.join(".") || "its beginning";
    throw new OsteonError("bad-input", `The mapping is wrong at ${place}: ${issue?.message}.`, { place });
  }
  const { columns } = parsed.data;
  const fields = columns.flatMap(({ field }) => (field === null ? [] : [field]));
  const twice = fields.find((field, i) => fields.indexOf(field) !== i);
  if (twice !== undefined) {
    throw new OsteonError("bad-input", `The mapping gives the field "${twice}" to two columns; keep one of them.`);
  }
  if (!fields.includes("patient")) {
    throw new OsteonError("bad-input", 'The mapping gives the field "patient" to no column; every table needs it.');
  }
  return parsed.data;
};

/**
 * The mapping's columns in the order of a table's header.
 * @throws OsteonError `bad-input` where the table lacks a column that is read
 */
export const columnsOf = (
  { columns }: TableMapping,
  header: readonly string[],
): readonly (ColumnMapping | undefined)[] => {
  const missing = columns.find(({ column, field }) => field !== null && !header.includes(column));
  if (missing !== undefined) {
    throw new OsteonError(
      "bad-input",
      `The table has no column "${missing.column}", which the mapping reads; take the mapping of this table.`,
      { column: missing.column },
    );
  }
  const twice = columns.find(
    ({ column, field }, at) => field !== null && columns.findIndex((other) => other.column === column) < at,
  );
  if (twice !== undefined) {
    throw new OsteonError(
      "bad-input",
      `The mapping reads two columns "${twice.column}", and only the first is told by its heading; give the other another heading in the table.`,
      { column: twice.column },
    );
  }
  const used = new Set<string>();
  return header.map((heading) => {
    if (used.has(heading)) return undefined;
    used.add(heading);
    return columns.find(({ column }) => column === heading);
  });
};
