/** The audit log, as administrators see it. */

import { z } from "zod";

export const auditOutcomes = ["done", "refused", "failed"] as const;

export const auditEntry = z.object({
  number: z.number().int(),
  at: z.iso.datetime(),
  /** An account's id, `local`, `command line`; null where nobody had logged in. */
  person: z.string().nullable(),
  /** What the person is called now. */
  name: z.string().nullable(),
  action: z.string(),
  subject: z.string().nullable(),
  address: z.string().nullable(),
  outcome: z.enum(auditOutcomes),
});
export type AuditEntryView = z.infer<typeof auditEntry>;

export const auditList = z.object({
  entries: z.array(auditEntry),
  /** Whether there are older ones that match. */
  more: z.boolean(),
});
export type AuditList = z.infer<typeof auditList>;

/** Which entries; what is left out does not matter. */
export const auditFilter = z.strictObject({
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  person: z.string().max(100).optional(),
  action: z.string().max(100).optional(),
  subject: z.string().max(300).optional(),
  outcome: z.enum(auditOutcomes).optional(),
});
export type AuditFilterView = z.infer<typeof auditFilter>;

export const auditPage = auditFilter.extend({
  /** Entries older than this number. */
  before: z.coerce.number().int().positive().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** What the log holds that can be filtered by. */
export const auditFacets = z.object({
  actions: z.array(z.string()),
  people: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type AuditFacets = z.infer<typeof auditFacets>;

export const auditChain = z.object({
  holds: z.boolean(),
  /** Good ones from the beginning. */
  entries: z.number().int(),
  /** The newest entry's hash; null where the chain is broken. */
  head: z.string().nullable(),
  /** The first entry that is not what it was. */
  brokenAt: z.number().int().nullable(),
});
export type AuditChainView = z.infer<typeof auditChain>;
