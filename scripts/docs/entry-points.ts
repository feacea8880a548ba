/** What the package offers to people outside: the `exports` of package.json. */

import { readFileSync } from "node:fs";
import { basename, join } from "node:path";

/** A module that others may import, and the page that describes it. */
export interface EntryPoint {
  /** As it is imported: `osteon/nn`. */
  readonly name: string;
  /** The source file, relative to the repository. */
  readonly file: string;
  /** The page's file name. */
  readonly page: string;
}

/** The entry points of the package in `root`, one for each of its exports. */
export const entryPointsOf = (root: string): readonly EntryPoint[] => {
  const { name, exports } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    readonly name: string;
    readonly exports: Readonly<Record<string, string>>;
  };
  return Object.entries(exports).map(([path, file]) => ({
    name: `${name}${path.slice(1)}`,
    file: file.replace("./", ""),
    page: `${basename(path)}.md`,
  }));
};
