import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { storedImage } from "../../test/support/stored-image.ts";
import { countFacets, findArchiveImages, readArchiveImages } from "./archive-search.ts";
import { type Database, openDatabase } from "./database.ts";
import { countSorted, type ImageRegion, listUnsorted, writeImageRegions } from "./image-regions.ts";
import { insertBatch } from "./images.ts";
import { archiveVersion } from "./link-facts.ts";
import { continueOrCreateRun } from "./runs.ts";

let folder: string;
let database: Database;
let run: string;
const at = new Date("2026-01-02T03:04:05Z");
const [told, sorted, unknown, waiting] = [
  storedImage("told", { region: "Hand" }),
  storedImage("sorted"),
  storedImage("unknown"),
  storedImage("waiting"),
];

const as = (region: string, known: boolean): ImageRegion => ({
  run,
  region,
  score: 0.75,
  second: { region: "Wrist", score: 0.25 },
  known,
  reason: known ? null : "like-discarded",
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-image-regions-"));
  database = await openDatabase(join(folder, "database"));
  await insertBatch(database, { images: [told, sorted, unknown, waiting], duplicates: [], quarantined: [] });
  run = (await continueOrCreateRun(database, { system: "atlas/train", settings: {}, fingerprint: "f" })).run.id;
  const before = await archiveVersion(database);
  const regions = new Map([
    [told.id, as("Foot", true)],
    [sorted.id, as("Foot", true)],
    [unknown.id, as("Foot", false)],
  ]);
  await writeImageRegions(database, regions, at);
  expect(await archiveVersion(database)).toBeGreaterThan(before); // lists of the archive are found anew
});
afterAll(async () => {
  await database.destroy();
  await rm(folder, { recursive: true, force: true });
});

test("the region is a table's, or else the atlas's where it knows one, and says whose it is", async () => {
  const images = await readArchiveImages(database, [told.id, sorted.id, unknown.id, waiting.id]);
  expect(images.map(({ region, regionSource }) => [region, regionSource])).toEqual([
    ["Hand", "table"],
    ["Foot", "atlas"],
    [null, null],
    [null, null],
  ]);
  expect(images.map((image) => image.sorted)).toEqual([as("Foot", true), as("Foot", true), as("Foot", false), null]);
});

test("the archive is filtered and counted by it", async () => {
  const find = (values: object) => findArchiveImages(database, { values }, "newest");
  expect(await find({ region: ["Foot"] })).toEqual([sorted.id]);
  expect(await find({ regionSource: ["table"] })).toEqual([told.id]);
  expect(await find({ sorted: ["no"] })).toEqual([unknown.id]);
  expect(await find({ sorted: [null] })).toEqual([waiting.id]);
  expect((await find({ sortedScore: ["70"] })).toSorted()).toEqual([told.id, sorted.id].toSorted());
  expect((await find({ sortedScore: [null] })).toSorted()).toEqual([unknown.id, waiting.id].toSorted());
  expect(await findArchiveImages(database, { text: "foot" }, "newest")).toEqual([sorted.id]);
  const { facets } = await countFacets(database, {});
  expect(facets.sorted).toEqual([
    { value: "yes", count: 2 },
    { value: "no", count: 1 },
    { value: null, count: 1 },
  ]);
});

test("what is sorted again is replaced, and what another model has not seen is unsorted", async () => {
  await writeImageRegions(database, new Map([[unknown.id, as("Knee", true)]]), at);
  expect((await readArchiveImages(database, [unknown.id]))[0]!.region).toBe("Knee");
  expect(await countSorted(database, run)).toEqual({ images: 4, known: 3, unknown: 0, unsorted: 1 });
  expect(await listUnsorted(database, run)).toEqual([waiting.id]);
  expect(await listUnsorted(database, "another")).toHaveLength(4);
});
