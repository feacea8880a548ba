/** `npm run docs`: writes the API reference from the docstrings. */

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { makePages } from "./docs/pages.ts";

for (const { path, text, undocumented } of makePages()) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  console.log(`${path}${undocumented.length > 0 ? `; without a docstring: ${undocumented.join(", ")}` : ""}`);
}
