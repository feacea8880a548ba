/** A process that copies the phantom centre's home and makes a common network of its own: `node fill-centres-home.ts CENTRE HOME`. */

import { cp } from "node:fs/promises";
import { openHome } from "../../../src/store/index.ts";
import { indexForCentres, shareNetwork } from "../../../src/systems/centres/index.ts";
import { phantomHome } from "./phantom-home.ts";

const [, directory] = process.argv.slice(2) as [string, string];
const now = (): Date => new Date();
/** What fills the home that is copied: what is made of this one follows from it too. */
export const filledBy = new URL("./fill-home.ts", import.meta.url);

const phantom = await phantomHome();
await cp(phantom.home, directory, { recursive: true });
await phantom.remove();
const home = await openHome(directory, { command: "test", since: now().toISOString() });
try {
  await shareNetwork(home, { now });
  await indexForCentres(home, { now });
} finally {
  await home.close();
}
