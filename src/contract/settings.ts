/** What administrators set for the whole server. */

import { z } from "zod";

export const serverSettings = z.object({
  /** Shown in the header of every page; empty for nothing. */
  centre: z.string().trim().max(80),
  /** The largest file that may be uploaded. */
  uploadMebibytes: z.number().int().min(1).max(16_384),
  /** How many jobs run at the same time. */
  jobsAtOnce: z.number().int().min(1).max(16),
  /** After how long without a request a person has to log in again. */
  idleMinutes: z.number().int().min(5).max(1440),
  /** After how long a person has to log in again in any case. */
  sessionHours: z.number().int().min(1).max(168),
});
export type ServerSettings = z.infer<typeof serverSettings>;

export const defaultServerSettings: ServerSettings = {
  centre: "",
  uploadMebibytes: 512,
  jobsAtOnce: 1,
  idleMinutes: 30,
  sessionHours: 12,
};

/** What of them is to change. */
export const serverSettingsChange = z.strictObject(serverSettings.shape).partial();
export type ServerSettingsChange = z.infer<typeof serverSettingsChange>;
