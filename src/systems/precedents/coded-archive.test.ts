import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { imageId, type PatientId, patientId } from "../../clinic/ids.ts";
import { Random } from "../../numeric/random.ts";
import { type CodeRow, type Home, openHome } from "../../store/index.ts";
import { CodedArchive } from "./coded-archive.ts";

const bits = 128;
const shape = { bits, tables: 8, keyBits: 10 };
const random = new Random(1, "codes in several databases");

const flipped = (code: Uint32Array, flips: number): Uint32Array => {
  const changed = code.slice();
  for (let i = 0; i < flips; i++) {
    const b = random.integer(bits);
    changed[b >>> 5]! ^= 1 << (b & 31);
  }
  return changed;
};

/** Families of near codes; each patient has two images. */
const rows: readonly CodeRow[] = Array.from({ length: 60 }, (_, family) => {
  const middle = Uint32Array.from({ length: bits / 32 }, () => random.uint32());
  return Array.from({ length: 20 }, (_, i) => ({
    image: imageId(`image ${family}-${i}`),
    patient: patientId(`P${family}-${i >> 1}`),
    code: flipped(middle, 8),
  }));
}).flat();
const queries = rows.filter((_, i) => i % 60 === 7);

let folder: string;
let homes: readonly Home[];
let one: CodedArchive;
let several: CodedArchive;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-coded-archive-"));
  const open = (name: string) => openHome(join(folder, name), { command: "a test", since: "2026-01-01", create: true });
  homes = [await open("first"), await open("second")];
  const [first, second] = homes.map(({ database }, i) => ({ name: `database ${i}`, database }));
  one = await CodedArchive.open([first!], "one", shape);
  several = await CodedArchive.open([first!, second!], "several", shape);
  for (const archive of [one, several]) {
    for (let i = 0; i < rows.length; i += 400) await archive.write(rows.slice(i, i + 400));
    await archive.index();
  }
}, 300_000);
afterAll(async () => {
  for (const home of homes ?? []) await home.close();
  await rm(folder, { recursive: true, force: true });
});

test("each database has a share of the patients, and together they answer as one does", async () => {
  expect(await several.count()).toBe(rows.length);
  const shares = await Promise.all(
    homes.map(({ database }, i) => CodedArchive.open([{ name: `database ${i}`, database }], "several", shape)),
  );
  const counts = await Promise.all(shares.map((share) => share.count()));
  expect(Math.min(...counts)).toBeGreaterThan(rows.length * 0.4);
  for (const { code, patient } of queries) {
    const asked = { k: 15, recall: 1, without: [patient] };
    expect(await several.nearest(code, asked)).toEqual(await one.nearest(code, asked));
  }
});

test("buckets find at least the share of near patients that is asked for, each once, never the query's own", async () => {
  let [found, wanted] = [0, 0];
  for (const { code, patient } of queries) {
    const exact = await several.nearest(code, { k: 10, recall: 1, without: [patient] });
    const near = await several.nearest(code, { k: 10, recall: 0.9, without: [patient] });
    const patients = near.map((neighbour): PatientId => neighbour.patient);
    expect(patients).not.toContain(patient);
    expect(new Set(patients).size).toBe(10);
    found += near.filter(({ distance }) => distance <= exact.at(-1)!.distance).length;
    wanted += exact.length;
  }
  expect(found / wanted).toBeGreaterThanOrEqual(0.9);
});

test("a code is the nearest to itself, and nothing near is answered by what is farther", async () => {
  const [{ image, code }] = rows as [CodeRow];
  expect((await several.nearest(code, { k: 1, recall: 0.99 }))[0]).toMatchObject({ image, distance: 0 });
  const nowhere = Uint32Array.from({ length: bits / 32 }, () => random.uint32());
  expect(await several.nearest(nowhere, { k: 5, recall: 0.99 })).toHaveLength(5);
});
