/** The review desk: files that were set aside, radiographs that look like copies, and text in pixels. */

import { z } from "zod";
import { pageQuery } from "./cohorts.ts";
import { box } from "./pictures.ts";

const decided = <Decision extends z.ZodType>(decision: Decision) =>
  z.object({ decision, by: z.string(), at: z.iso.datetime() }).nullable();

export const setAsideDecision = z.enum(["left out", "imported", "deleted"]);
export type SetAsideDecision = z.infer<typeof setAsideDecision>;

export const setAsideFile = z.object({
  id: z.string(),
  name: z.string(),
  code: z.string(),
  /** In English; pages have words by the code. */
  detail: z.string(),
  setAsideAt: z.iso.datetime(),
  /** Whether its bytes are here, or why not. */
  kept: z.enum(["kept", "unreadable", "too large", "store full", "not kept"]),
  /** Whether there is a picture to look at. */
  hasPicture: z.boolean(),
  mayImport: z.boolean(),
  decision: decided(setAsideDecision),
});
export type SetAsideFile = z.infer<typeof setAsideFile>;

const deskState = z.enum(["open", "decided"]);

export const setAsideQuery = pageQuery.extend({
  state: deskState.default("open"),
  code: z.string().max(64).optional(),
  detail: z.string().max(500).optional(),
});
export const setAsidePage = z.object({ total: z.number().int(), files: z.array(setAsideFile) });
export type SetAsidePage = z.infer<typeof setAsidePage>;

export const fileId = z.string().regex(/^[0-9a-f]{64}$/);
export const setAsideParams = z.object({ id: fileId });

/** `open` takes back that files were left out. */
export const setAsideDecisions = z.strictObject({
  ids: z.array(fileId).min(1).max(100),
  decision: z.enum(["import anyway", "leave out", "delete", "open"]),
});
export type SetAsideDecisions = z.infer<typeof setAsideDecisions>;

export const setAsideOutcome = z.object({
  decided: z.number().int(),
  /** Images of the archive that came of it. */
  imported: z.number().int(),
  /** Files of which nothing could be made, with the reason of now. */
  refused: z.array(z.object({ id: z.string(), code: z.string(), detail: z.string() })),
});
export type SetAsideOutcome = z.infer<typeof setAsideOutcome>;

export const deskSummary = z.object({
  setAside: z.array(
    z.object({ code: z.string(), detail: z.string(), open: z.number().int(), decided: z.number().int() }),
  ),
  duplicates: z.object({ open: z.number().int(), decided: z.number().int() }),
  burnedInText: z.object({
    notLookedAt: z.number().int(),
    open: z.number().int(),
    text: z.number().int(),
    noText: z.number().int(),
    noneFound: z.number().int(),
    unreadable: z.number().int(),
  }),
});
export type DeskSummary = z.infer<typeof deskSummary>;

export const imageParams = z.object({ id: z.string().regex(/^[0-9a-f]{64}(#\d{1,3})?$/) });

const duplicatePair = z.object({
  image: z.string(),
  of: z.string(),
  decision: decided(z.enum(["confirmed", "parted"])),
});
export type DuplicatePair = z.infer<typeof duplicatePair>;
export const duplicateQuery = pageQuery.extend({ state: deskState.default("open") });
export const duplicatePage = z.object({ total: z.number().int(), pairs: z.array(duplicatePair) });
export type DuplicatePage = z.infer<typeof duplicatePage>;
export const duplicateDecision = z.strictObject({ decision: z.enum(["confirmed", "parted", "open"]) });

/** What is known of text in a radiograph's pixels: `open` where some was found and nobody has decided. */
export const burnedInTextState = z.enum(["open", "none found", "unreadable", "text", "no text"]);
export type BurnedInTextState = z.infer<typeof burnedInTextState>;

const burnedInText = z.object({
  image: z.string(),
  state: burnedInTextState,
  found: z.array(box.extend({ score: z.number() })),
  /** As decided; null while nobody did. */
  regions: z.array(box).nullable(),
  by: z.string().nullable(),
  at: z.iso.datetime().nullable(),
});
export type BurnedInText = z.infer<typeof burnedInText>;
export const burnedInTextQuery = pageQuery.extend({ state: burnedInTextState.default("open") });
export const burnedInTextPage = z.object({ total: z.number().int(), images: z.array(burnedInText) });
export type BurnedInTextPage = z.infer<typeof burnedInTextPage>;

/** Where text stands, in pixels of the radiograph as it is shown; an empty list where there is none, null to take it back. */
export const burnedInTextDecision = z.strictObject({ regions: z.array(box).max(200).nullable() });
