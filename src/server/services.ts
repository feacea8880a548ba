/** What the routes work with; made once when the server starts, closed in the opposite order when it ends. */

import type { Home } from "../store/index.ts";

export interface Services {
  readonly home: Home;
  /** The clock of the edge. */
  readonly now: () => Date;
}
