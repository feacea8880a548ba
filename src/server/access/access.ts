/** What stands between people and the routes: accounts, sessions, the audit log, and how the server is reached. */

import type { Database } from "../../store/index.ts";
import { type AuditLog, openAuditLog } from "./audit-log.ts";
import { type Door, loopbackDoor } from "./door.ts";
import { openSessions, type Sessions } from "./sessions.ts";
import type { Settings } from "./settings.ts";

export interface Access {
  readonly door: Door;
  readonly sessions: Sessions;
  readonly log: AuditLog;
}

interface AccessParts {
  readonly database: Database;
  readonly settings: Settings;
  readonly now: () => Date;
  /** Loopback without accounts where it is left out. */
  readonly door?: Door;
}

export const openAccess = async ({ database, settings, now, door = loopbackDoor }: AccessParts): Promise<Access> => ({
  door,
  sessions: await openSessions(database, { settings: settings.current, now }),
  log: openAuditLog(database, now),
});
