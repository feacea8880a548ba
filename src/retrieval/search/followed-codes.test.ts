import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ImageId, imageId, patientId } from "../../clinic/ids.ts";
import { hammingDistance } from "../../numeric/hamming.ts";
import { Random } from "../../numeric/random.ts";
import type { CodeEntry } from "./code-log.ts";
import { CodeStore } from "./code-store.ts";
import { FollowedCodes } from "./followed-codes.ts";

let folder = "";
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-followed-"));
});
afterAll(() => rm(folder, { recursive: true }));

const newPath = (): string => join(folder, `codes-${files++}`);
const options = { origin: "model-7", bits: 96, room: 5_000 };

/** Few distinct codes, so that distances tie often; names in an order of their own. */
const entryOf = (i: number): CodeEntry => ({
  image: imageId(`${(i * 7919) % 1000} of ${i}`),
  patient: patientId(`P${i >> 1}`),
  code: Uint32Array.from({ length: 3 }, (_, word) => new Random(i, word).integer(8)),
});
const entriesOf = (from: number, to: number): CodeEntry[] =>
  Array.from({ length: to - from }, (_, i) => entryOf(from + i));

const followed = async (path: string, room = 5_000): Promise<FollowedCodes> =>
  (await FollowedCodes.open(path, { ...options, room }))!;

const imagesOf = async (codes: FollowedCodes): Promise<ImageId[]> => [...(await codes.current()).images()].sort();
const namesOf = (entries: readonly CodeEntry[]): ImageId[] => entries.map(({ image }) => image).sort();

test("a search by names is the plain one: groups, who is passed over, how far, ties, and first bits alone", async () => {
  const path = newPath();
  const store = await CodeStore.open(path, options);
  const codes = await followed(path);
  const entries = entriesOf(0, 300);
  await store.append(entries);
  await store.remove(namesOf(entries.slice(40, 60)));
  const there = entries.filter((_, i) => i < 40 || i >= 60);
  const patients = new Map(entries.map(({ image, patient }) => [image, patient]));
  const search = await codes.current();
  fc.assert(
    fc.property(
      fc.record({
        own: fc.nat(299),
        k: fc.integer({ min: 1, max: 30 }),
        farthest: fc.nat(20),
        words: fc.integer({ min: 1, max: 3 }),
        hidden: fc.integer({ min: 2, max: 9 }),
      }),
      ({ own, k, farthest, words, hidden }) => {
        const query = entries[own]!.code.slice(0, words);
        const groupOf = (image: ImageId): string | null =>
          Number.parseInt(image, 10) % hidden === 0 ? null : patients.get(image)!;
        const seen = new Set<string>();
        const plain = there
          .map(({ image, patient, code }) => ({
            image,
            patient,
            distance: hammingDistance(code.subarray(0, words), query),
          }))
          .filter(({ image, distance }) => distance <= farthest && groupOf(image) !== null)
          .sort((a, b) => a.distance - b.distance || (a.image < b.image ? -1 : 1))
          .filter(({ patient }) => !seen.has(patient) && seen.add(patient))
          .slice(0, k);
        expect(search.nearestNamed(query, { k, farthest, groupOf })).toEqual(plain);
      },
    ),
    { numRuns: 200 },
  );
  await codes.close();
  await store.close();
});

test("what is added, taken out and written anew is there at once, however much it is", async () => {
  const path = newPath();
  expect(await FollowedCodes.open(path, options)).toBeNull();
  let store = await CodeStore.open(path, { ...options, room: 20_000 });
  const codes = await followed(path, 10);
  const { capacity } = (await codes.current()).table.codes;
  const half = Math.ceil(capacity / 2);
  for (let step = 0; step < 5; step++) {
    await store.append(entriesOf(step * half, (step + 1) * half));
    expect(await imagesOf(codes)).toEqual(namesOf(entriesOf(0, (step + 1) * half)));
  }
  const all = entriesOf(0, codes.count);
  await store.remove(namesOf(all.slice(5)));
  expect(await imagesOf(codes)).toEqual(namesOf(all.slice(0, 5)));
  await store.close();
  store = await CodeStore.open(path, options); // puts a shorter file in its place
  await store.append(all.slice(7, 9));
  expect(await imagesOf(codes)).toEqual(namesOf([...all.slice(0, 5), ...all.slice(7, 9)]));
  expect(codes.count).toBe(7);
  await store.close();
  await rm(path);
  expect(await imagesOf(codes)).toHaveLength(7);
  await codes.close();
});

test("a write that is not whole yet is none, and is there when it is whole", async () => {
  const path = newPath();
  const store = await CodeStore.open(path, options);
  await store.append(entriesOf(0, 20));
  const before = (await readFile(path)).length;
  await store.append(entriesOf(20, 40));
  await store.close();
  const whole = await readFile(path);
  await truncate(path, before);
  const codes = await followed(path);
  for (const end of [before + 8, before + 200, whole.length - 1]) {
    await appendFile(path, whole.subarray((await readFile(path)).length, end));
    expect(await imagesOf(codes)).toEqual(namesOf(entriesOf(0, 20)));
  }
  await appendFile(path, whole.subarray(whole.length - 1));
  expect(await imagesOf(codes)).toEqual(namesOf(entriesOf(0, 40)));
  await codes.close();
});

test("a process that writes is followed until it is killed, and the next one after it", async () => {
  const path = newPath();
  const made = { origin: "killed", bits: 256 };
  const follow = async (codes: FollowedCodes | null): Promise<FollowedCodes> => {
    const writer = spawn(process.execPath, [join(import.meta.dirname, "../../../test/support/append-codes.ts"), path]);
    const ended = once(writer, "exit");
    const said: string[] = [];
    writer.stdout.on("data", (text) => said.push(...String(text).trim().split("\n")));
    await expect.poll(() => said.length, { timeout: 60_000 }).toBeGreaterThan(3);
    const reader = codes ?? (await FollowedCodes.open(path, made))!;
    for (let round = 0; round < 20; round++) {
      const acknowledged = Number(said.at(-1));
      const search = await reader.current();
      expect(reader.count).toBeGreaterThanOrEqual(acknowledged);
      const near = search.nearestNamed(new Uint32Array(8), { k: 30, farthest: 256, groupOf: (image) => image });
      expect(near.every(({ distance }) => distance % 8 === 0)).toBe(true); // whole codes, of one word repeated
      await once(writer.stdout, "data");
    }
    writer.kill("SIGKILL");
    await ended;
    return reader;
  };
  const reader = await follow(await follow(null));
  await reader.current();
  const store = await CodeStore.open(path, made);
  expect(reader.count).toBe(store.count);
  await store.close();
  await reader.close();
});

test("a file of another making, or that was changed, is refused", async () => {
  const path = newPath();
  await (await CodeStore.open(path, options)).close();
  await expect(FollowedCodes.open(path, { ...options, origin: "other" })).rejects.toMatchObject({ code: "bad-input" });
  const foreign = newPath();
  await writeFile(foreign, "A table of patients, say");
  await expect(FollowedCodes.open(foreign, options)).rejects.toMatchObject({ code: "corrupt-store" });
});
