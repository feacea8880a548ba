/** What the routes work with; made once when the server starts, closed in the opposite order when it ends. */

import type { Home } from "../store/index.ts";
import type { Access } from "./access/access.ts";
import type { Settings } from "./access/settings.ts";

export interface Services {
  readonly home: Home;
  /** The clock of the edge. */
  readonly now: () => Date;
  /** What administrators set for the whole server. */
  readonly settings: Settings;
  /** Accounts, sessions and the audit log. */
  readonly access: Access;
}
