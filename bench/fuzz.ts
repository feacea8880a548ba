/**
 * 5,000 damaged files: 4,000 DICOM files out of the fixtures, and 1,000 tables out of the phantom centre's hospital, through
 * the readers of an import. Each must be read or set aside with a reason, none may take ten seconds.
 *
 * `npm run bench -- fuzz [SEED]`
 */

import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { osteon } from "../scripts/osteon-process.ts";
import { type FuzzResult, type FuzzSource, fuzzRadiographs, fuzzTables } from "../test/support/fuzz.ts";
import { radiographSources, tableSources } from "../test/support/fuzz-sources.ts";
import type { Bench, Figure } from "./figure.ts";

export const fuzz: Bench = async ({ args, say }) => {
  const seed = Number(args[0] ?? 4);
  const work = await mkdtemp(join(tmpdir(), "osteon-fuzz-"));
  try {
    const fixtures = await radiographSources();
    say(`4000 files out of ${fixtures.length} DICOM fixtures`);
    const radiographs = await fuzzRadiographs(fixtures, { count: 4000, seed });
    await osteon(["phantom", join(work, "centre"), "--patients", "12", "--quiet"]);
    const tables = [...tableSources, ...(await sourcesIn(join(work, "centre", "his"), /\.(csv|tsv|xlsx)$/))];
    say(`1000 files out of ${tables.length} tables`);
    const read = await fuzzTables(tables, { count: 1000, seed, folder: work });
    for (const line of [...radiographs.crashed, ...read.crashed]) say(line);
    return [...figures("DICOM files", radiographs), ...figures("tables", read)];
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};

const sourcesIn = async (folder: string, names: RegExp): Promise<FuzzSource[]> => {
  const found = (await readdir(folder)).filter((name) => names.test(name)).sort();
  return Promise.all(found.map(async (name) => ({ name, bytes: await readFile(join(folder, name)) })));
};

const figures = (name: string, { files, read, setAside, crashed, slowestMs }: FuzzResult): Figure[] => [
  { name: `${name}: damaged`, value: files, unit: "files" },
  { name: `${name}: read all the same`, value: read, unit: "files" },
  { name: `${name}: set aside with a reason`, value: setAside, unit: "files" },
  { name: `${name}: crashed or hung`, value: crashed.length, unit: "files", wanted: "0" },
  { name: `${name}: longest`, value: slowestMs / 1e3, unit: "s", wanted: "< 10" },
];
