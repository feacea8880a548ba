/** Who may do what: each role may do what the one before it may, and more. */

import { z } from "zod";

export const roles = ["viewer", "annotator", "researcher", "administrator"] as const;

/**
 * - viewer: sees the archive, links radiographs
 * - annotator: labels clusters, draws boxes, decides doubts and set-aside files
 * - researcher: imports, trains, builds cohorts, exports
 * - administrator: accounts, settings, the audit log
 */
export const role = z.enum(roles);
export type Role = z.infer<typeof role>;

/** Whether somebody of this role may do what asks for that one. */
export const mayActAs = (held: Role, asked: Role): boolean => roles.indexOf(held) >= roles.indexOf(asked);
