/** `npm run docs`: writes the reference of every entry point from its docstrings, and the page of the vocabulary. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { entryPointsOf } from "./entry-points.ts";
import { readEntryPoints, referenceFolder, referencePages } from "./reference-pages.ts";
import { vocabularyFile, vocabularyPage } from "./vocabulary-page.ts";

const root = resolve(import.meta.dirname, "../..");
mkdirSync(join(root, referenceFolder), { recursive: true });
for (const [file, text] of referencePages(readEntryPoints(root, entryPointsOf(root)))) {
  writeFileSync(join(root, referenceFolder, file), text);
  console.log(join(referenceFolder, file));
}
writeFileSync(join(root, vocabularyFile), vocabularyPage());
console.log(vocabularyFile);
