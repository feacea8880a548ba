/** A small part of `npm run bench -- fuzz`. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fuzzRadiographs, fuzzTables } from "./support/fuzz.ts";
import { radiographSources, tableSources } from "./support/fuzz-sources.ts";

test("damaged DICOM files are read or set aside with a reason", async () => {
  const result = await fuzzRadiographs(await radiographSources(), { count: 300, seed: 1 });
  expect(result.crashed).toEqual([]);
  expect(result.read + result.setAside).toBe(300);
  expect(Math.min(result.read, result.setAside)).toBeGreaterThan(30);
}, 60_000);

test("damaged tables are read or refused with a sentence", async () => {
  const folder = await mkdtemp(join(tmpdir(), "osteon-fuzz-"));
  try {
    const result = await fuzzTables(tableSources, { count: 150, seed: 1, folder });
    expect(result.crashed).toEqual([]);
    expect(result.read + result.setAside).toBe(150);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);
