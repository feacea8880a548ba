/** The API reference says what the source says, all of it, and its examples compile. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { Anchors } from "../scripts/docs/anchors.ts";
import { problemsOfExamples } from "../scripts/docs/check-examples.ts";
import type { Declared } from "../scripts/docs/declared.ts";
import { entryPointsOf } from "../scripts/docs/entry-points.ts";
import { readEntryPoints, referenceFolder, referencePages } from "../scripts/docs/reference-pages.ts";
import { vocabularyFile, vocabularyPage } from "../scripts/docs/vocabulary-page.ts";

const root = resolve(import.meta.dirname, "..");
const modules = readEntryPoints(root, entryPointsOf(root));
const pages = referencePages(modules);

test.each([...pages])("%s is what the docstrings say", (page, text) => {
  const file = join(root, referenceFolder, page);
  const committed = existsSync(file) ? readFileSync(file, "utf8") : "";
  expect(committed === text, `${referenceFolder}/${page} is stale: run \`npm run docs\``).toBe(true);
});

test("the page of the vocabulary is what the vocabulary says", () => {
  const committed = readFileSync(join(root, vocabularyFile), "utf8");
  expect(committed === vocabularyPage(), `${vocabularyFile} is stale: run \`npm run docs\``).toBe(true);
});

test("there is no page of an entry point that is gone", () => {
  expect(readdirSync(join(root, referenceFolder)).toSorted()).toEqual([...pages.keys()].toSorted());
});

test("every export, and every public member of an exported class, has a docstring", () => {
  const undocumented = ({ path, file, docs, members }: Declared): string[] => [
    ...(docs.text === "" ? [`${path} in ${file}`] : []),
    ...members.filter(({ name }) => name !== "constructor").flatMap(undocumented),
  ];
  expect([...modules.values()].flatMap(({ exports }) => exports.flatMap(undocumented))).toEqual([]);
});

test("every link of the reference leads to a heading or to a file", () => {
  const anchorsOf = (page: string): Set<string> => {
    const anchors = new Anchors();
    const headings = pages
      .get(page)!
      .replaceAll(/^```.*?^```/gms, "")
      .matchAll(/^#+ (.*)$/gm);
    return new Set([...headings].map(([, heading]) => anchors.next(heading!.replace(/^\[(.*)\]\(.*\)$/, "$1"))));
  };
  const broken = [...pages].flatMap(([page, text]) =>
    [...text.matchAll(/\]\(([^)#]*)(?:#([^)]*))?\)/g)]
      .filter(([, target, anchor]) => {
        if (anchor === undefined) return !existsSync(join(root, referenceFolder, target!));
        return !anchorsOf(target || page).has(anchor);
      })
      .map(([link]) => `${page}: ${link}`),
  );
  expect(broken).toEqual([]);
});

test("every example compiles", () => {
  expect(problemsOfExamples(root, modules)).toEqual([]);
});
