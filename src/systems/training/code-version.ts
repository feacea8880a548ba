/** The version of the code that makes an artefact, as package.json says it. */

import { readFileSync } from "node:fs";

/** For example "0.1.0". */
export const codeVersion: string = (
  JSON.parse(readFileSync(new URL("../../../package.json", import.meta.url), "utf8")) as { version: string }
).version;
