/** Doubts: what the reading of tables changed, doubted, dropped or found contradictory, and what people decide. */

import { z } from "zod";
import { pageQuery } from "./cohorts.ts";

export const doubtState = z.enum(["open", "accepted", "corrected"]);
export type DoubtState = z.infer<typeof doubtState>;

const decision = z.object({
  state: doubtState,
  by: z.string().nullable(),
  at: z.iso.datetime().nullable(),
  /** What the cell should have said; an empty text takes its value back. */
  value: z.string().nullable(),
  /** Whether who asks may decide, or decide otherwise: of what somebody else decided only administrators. */
  mayChange: z.boolean(),
});

/** A cell that was not taken as it stands, or facts that cannot all be right. */
export const doubt = z.object({
  id: z.string(),
  kind: z.enum(["cell", "contradiction"]),
  rule: z.string(),
  decision,
  cell: z
    .object({
      table: z.string(),
      line: z.number().int(),
      /** Empty where the whole row is meant. */
      column: z.string(),
      action: z.enum(["changed", "doubted", "dropped"]),
      original: z.string(),
      /** What was taken; null where nothing was. */
      value: z.string().nullable(),
    })
    .nullable(),
  contradiction: z
    .object({
      patient: z.string(),
      case: z.string().nullable(),
      otherPatient: z.string().nullable(),
      detail: z.string(),
    })
    .nullable(),
});
export type Doubt = z.infer<typeof doubt>;

export const doubtFilter = z.object({
  /** The number of an import; table names stay out of addresses. */
  table: z.string().max(64).optional(),
  rule: z.string().max(64).optional(),
  state: doubtState.optional(),
});
export const doubtQuery = pageQuery.extend(doubtFilter.shape);
export const doubtPage = z.object({ total: z.number().int(), doubts: z.array(doubt) });
export type DoubtPage = z.infer<typeof doubtPage>;

export const doubtFacets = z.object({
  tables: z.array(z.object({ id: z.string(), name: z.string(), total: z.number().int(), open: z.number().int() })),
  rules: z.array(
    z.object({
      rule: z.string(),
      kind: z.enum(["cell", "contradiction"]),
      total: z.number().int(),
      open: z.number().int(),
    }),
  ),
  /** Whether patients and cases do not follow the last decisions yet. */
  isBehind: z.boolean(),
});
export type DoubtFacets = z.infer<typeof doubtFacets>;

export const doubtParams = z.object({ id: z.string().regex(/^[0-9a-f]{16}$/) });

/** A row of a table as it was read. */
const tableRow = z.object({
  table: z.string(),
  line: z.number().int(),
  cells: z.array(
    z.object({
      column: z.string(),
      /** What the column holds; null where it is not read. */
      field: z.string().nullable(),
      /** What was taken; null where nothing was. */
      value: z.string().nullable(),
      /** What the cell says, where something else was taken. */
      original: z.string().nullable(),
    }),
  ),
});
export type DoubtRow = z.infer<typeof tableRow>;
export const doubtDetail = z.object({ doubt, rows: z.array(tableRow) });
export type DoubtDetail = z.infer<typeof doubtDetail>;

export const doubtDecision = z.union([
  z.strictObject({ state: z.literal("accepted") }),
  z.strictObject({ state: z.literal("corrected"), value: z.string().max(500) }),
  z.strictObject({ state: z.literal("open") }),
]);
export type DoubtDecision = z.infer<typeof doubtDecision>;

/** Accepts all open doubts of one rule; refused where there are not as many as the person saw. */
export const bulkAcceptance = z.strictObject({
  rule: z.string().min(1).max(64),
  table: z.string().max(64).nullable().default(null),
  expected: z.number().int().min(1),
});
export const decidedCount = z.object({ decided: z.number().int() });
