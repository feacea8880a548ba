/** What stands between people and the routes: accounts, sessions, the audit log, and how the server is reached. */

import type { Database } from "../../store/index.ts";
import { type AuditLog, openAuditLog } from "./audit-log.ts";
import { type Door, loopbackDoor } from "./door.ts";
import { countLogins, type LoginLimits } from "./login-limits.ts";
import { openSessions, type Sessions } from "./sessions.ts";
import type { Settings } from "./settings.ts";
import { openSingleSignOn, type SingleSignOn } from "./single-sign-on.ts";

export interface Access {
  readonly door: Door;
  readonly sessions: Sessions;
  readonly log: AuditLog;
  readonly loginLimits: LoginLimits;
  /** The centre's own login; null where there is none. */
  readonly singleSignOn: SingleSignOn | null;
}

interface AccessParts {
  readonly database: Database;
  readonly settings: Settings;
  readonly now: () => Date;
  /** Loopback without accounts where it is left out. */
  readonly door?: Door;
  /** Told whose sessions have ended or changed. */
  readonly onSessionEnd?: (account: string) => void;
}

export const openAccess = async ({
  database,
  settings,
  now,
  door = loopbackDoor,
  onSessionEnd = () => {},
}: AccessParts): Promise<Access> => ({
  door,
  sessions: await openSessions(database, { settings: settings.current, now, onEnd: onSessionEnd }),
  log: openAuditLog(database, now),
  loginLimits: countLogins(now),
  singleSignOn: door.singleSignOn ? openSingleSignOn(door.singleSignOn) : null,
});
