/** Makes what the routes work with, in the order in which the parts need each other. */

import type { Home } from "../store/index.ts";
import { openAccess } from "./access/access.ts";
import type { Door } from "./access/door.ts";
import { openSettings } from "./access/settings.ts";
import type { Services } from "./services.ts";

interface ServicesOptions {
  /** The clock of the edge. */
  readonly now: () => Date;
  /** How people reach the server; loopback without accounts where it is left out. */
  readonly door?: Door;
}

export const startServices = async (home: Home, { now, door }: ServicesOptions): Promise<Services> => {
  const settings = await openSettings(home.database);
  const access = await openAccess({ database: home.database, settings, now, ...(door ? { door } : {}) });
  return { home, now, settings, access };
};
