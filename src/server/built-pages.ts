/** Where the pages of the workbench are. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { OsteonError } from "../errors.ts";

/** Where Vite puts the built pages. */
const builtPages = join(import.meta.dirname, "..", "..", "web", "dist");

/**
 * The folder of the built pages.
 *
 * @throws OsteonError `bad-usage` where nobody has built them
 */
export const findBuiltPages = (folder = builtPages): string => {
  if (existsSync(join(folder, "index.html"))) return folder;
  throw new OsteonError(
    "bad-usage",
    "The pages are not built yet; build them with `npm run build:web` and start again.",
  );
};
