import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Worker } from "node:worker_threads";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { imageId, type PatientId, patientId } from "../../clinic/ids.ts";
import { hammingDistance } from "../../numeric/hamming.ts";
import { Random } from "../../numeric/random.ts";
import type { CodeEntry } from "./code-log.ts";
import { CodeStore } from "./code-store.ts";

let folder = "";
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-codes-"));
});
afterAll(() => rm(folder, { recursive: true }));

const newPath = (): string => join(folder, `codes-${files++}`);
const options = { origin: "model-7", bits: 64, room: 20_000 };
const open64 = (path: string): Promise<CodeStore> => CodeStore.open(path, options);
const nobody: ReadonlySet<PatientId> = new Set();

/** Entry i of some archive: two radiographs a patient, few distinct codes. */
const entryOf = (i: number, version = 0): CodeEntry => ({
  image: imageId(`Aufnahme-${i} ü`),
  patient: patientId(`P${i >> 1}`),
  code: Uint32Array.of(new Random(i, version).integer(16), new Random(version, i).integer(16)),
});
const entriesOf = (count: number): CodeEntry[] => Array.from({ length: count }, (_, i) => entryOf(i));

/** What the store holds, image by image, nearest to zero first. */
const contentOf = (store: CodeStore) =>
  store.codes.nearest(new Uint32Array(2), { k: 10_000, excludePatients: nobody, unit: "image" });
const expectedOf = (entries: readonly CodeEntry[]) =>
  entries
    .map(({ image, patient, code }) => ({ image, patient, distance: hammingDistance(code, new Uint32Array(2)) }))
    .sort((a, b) => a.distance - b.distance);

describe("a store of codes", () => {
  test("holds what was appended, replaced and removed, however often it is opened", async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant("append" as const), images: fc.array(fc.nat(30), { maxLength: 8 }) }),
      fc.record({ do: fc.constant("remove" as const), images: fc.array(fc.nat(40), { maxLength: 4 }) }),
      fc.record({ do: fc.constant("reopen" as const), images: fc.constant([] as number[]) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const path = newPath();
        const model = new Map<string, CodeEntry>();
        let store = await open64(path);
        for (const [version, { do: what, images }] of steps.entries()) {
          if (what === "append") {
            const entries = images.map((i) => entryOf(i, version));
            await store.append(entries);
            for (const entry of entries) {
              model.delete(entry.image); // a replaced one counts as stored later
              model.set(entry.image, entry);
            }
          } else if (what === "remove") {
            const names = [...new Set(images)].map((i) => entryOf(i).image);
            expect(await store.remove(names)).toBe(names.filter((image) => model.delete(image)).length);
          } else {
            await store.close();
            store = await open64(path);
            expect(store.cutBytes).toBe(0);
          }
          expect(store.count).toBe(model.size);
          expect(contentOf(store)).toEqual(expectedOf([...model.values()]));
          expect(images.map((i) => store.has(entryOf(i).image))).toEqual(
            images.map((i) => model.has(entryOf(i).image)),
          );
        }
        await store.close();
      }),
      { numRuns: 25 },
    );
  });

  test("finds the nearest patients as a naive search does, and never one who is excluded", async () => {
    const store = await open64(newPath());
    const entries = entriesOf(400);
    await store.append(entries);
    const naive = (query: Uint32Array, k: number, excluded: ReadonlySet<PatientId>) => {
      const seen = new Set(excluded);
      return entries
        .map(({ image, patient, code }) => ({ image, patient, distance: hammingDistance(code, query) }))
        .sort((a, b) => a.distance - b.distance)
        .filter(({ patient }) => !seen.has(patient) && seen.add(patient))
        .slice(0, k);
    };
    const check = fc.property(
      fc.nat(399),
      fc.integer({ min: 1, max: 12 }),
      fc.array(fc.nat(399), { maxLength: 6 }),
      (own, k, others) => {
        const excludePatients = new Set([own, ...others].map((i) => entries[i]!.patient));
        const { code } = entries[own]!;
        expect(store.codes.nearest(code, { k, excludePatients })).toEqual(naive(code, k, excludePatients));
      },
    );
    fc.assert(check);
    store.fileInBuckets({ tables: 8, keyBits: 8 });
    fc.assert(check);
    await store.close();
  });

  test.each([32, 1024, 16_384])("takes codes of %i bits", async (bits) => {
    const path = newPath();
    const code = Uint32Array.from({ length: bits / 32 }, (_, word) => new Random(word).uint32());
    const entry = { image: imageId("one"), patient: patientId("somebody"), code };
    const store = await CodeStore.open(path, { origin: "lengths", bits });
    await store.append([entry]);
    await store.close();
    const again = await CodeStore.open(path, { origin: "lengths", bits });
    const [found] = again.codes.nearest(code, { k: 1, excludePatients: nobody });
    expect(found).toEqual({ image: "one", patient: "somebody", distance: 0 });
    await again.close();
  });

  test("takes many appends at once, each acknowledged when it is there", async () => {
    const path = newPath();
    const store = await open64(path);
    await Promise.all(
      Array.from({ length: 500 }, async (_, i) => {
        await store.append([entryOf(i)]);
        expect(store.has(entryOf(i).image)).toBe(true);
      }),
    );
    await store.close();
    const again = await open64(path);
    expect(contentOf(again)).toEqual(expectedOf(entriesOf(500)));
    await again.close();
  });

  test("is written anew without what was removed", async () => {
    const path = newPath();
    const store = await open64(path);
    await store.append(entriesOf(1000));
    await store.remove(entriesOf(900).map(({ image }) => image));
    await store.close();
    const { size } = await stat(path);
    const again = await open64(path);
    expect((await stat(path)).size).toBeLessThan(size / 4);
    expect(contentOf(again)).toEqual(expectedOf(entriesOf(1000).slice(900)));
    await again.append([entryOf(1)]);
    expect(again.count).toBe(101);
    await again.close();
  });

  test("is written anew without the heads of many small blocks", async () => {
    const path = newPath();
    const store = await open64(path);
    for (let i = 0; i < 510; i++) await store.append([entryOf(i)]);
    await store.close();
    const { size } = await stat(path);
    const again = await open64(path);
    expect((await stat(path)).size).toBeLessThan(size - 500 * 32);
    expect(contentOf(again)).toEqual(expectedOf(entriesOf(510)));
    await again.close();
  });
});

describe("what a crash leaves", () => {
  test("a write cut anywhere is cut off, and what was acknowledged before it stays", async () => {
    const path = newPath();
    const store = await open64(path);
    await store.append(entriesOf(40));
    const acknowledged = (await stat(path)).size;
    await store.append(Array.from({ length: 20 }, (_, i) => entryOf(100 + i)));
    await store.close();
    const whole = await readFile(path);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: acknowledged, max: whole.length - 1 }), fc.boolean(), async (end, garbled) => {
        const torn = newPath();
        await writeFile(torn, whole.subarray(0, end));
        if (garbled) await truncate(torn, whole.length); // room was made and not filled
        const content = await readFile(torn);
        fc.pre(!content.equals(whole)); // the last bytes are 0 in any case
        const opened = await open64(torn);
        expect(opened.cutBytes).toBe(content.length - acknowledged);
        expect(contentOf(opened)).toEqual(expectedOf(entriesOf(40)));
        await opened.append([entryOf(200)]);
        await opened.close();
        const again = await open64(torn);
        expect(again.cutBytes).toBe(0);
        expect(again.count).toBe(41);
        await again.close();
      }),
      { numRuns: 30 },
    );
  });

  test("a byte changed before the last write is told and nothing is cut off", async () => {
    const path = newPath();
    const store = await open64(path);
    for (let i = 0; i < 5; i++) await store.append([entryOf(i), entryOf(i + 10)]);
    const beforeLast = (await stat(path)).size;
    await store.append([entryOf(30)]);
    await store.close();
    const whole = await readFile(path);
    await fc.assert(
      fc.asyncProperty(fc.nat(beforeLast - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const changed = newPath();
        const bytes = Buffer.from(whole);
        bytes[at]! ^= change;
        await writeFile(changed, bytes);
        const outcome = await open64(changed).then(
          (opened) => opened.close().then(() => "opened"),
          (error) => error.code as string,
        );
        // The heads' last four bytes are not used; a change there is none.
        if (outcome === "opened") expect((await readFile(changed)).equals(bytes)).toBe(true);
        else expect(outcome).toBe("corrupt-store");
        expect((await stat(changed)).size).toBe(whole.length);
      }),
      { numRuns: 60 },
    );
  });

  const program = join(import.meta.dirname, "../../../test/support/append-codes.ts");

  /** Everything that was acknowledged is there, and every code is whole: of one word repeated. */
  const checkAcknowledged = async (path: string, acknowledged: number): Promise<void> => {
    const store = await CodeStore.open(path, { origin: "killed", bits: 256 });
    for (let i = 0; i < acknowledged; i++) expect(store.has(imageId(`image-${i}`))).toBe(true);
    const search = { k: store.count, excludePatients: nobody, unit: "image" } as const;
    const all = store.codes.nearest(new Uint32Array(8), search);
    expect(all.length).toBeGreaterThanOrEqual(acknowledged);
    expect(all.every(({ distance }) => distance % 8 === 0)).toBe(true);
    await store.close();
  };

  test("a writer that is killed has lost nothing that it acknowledged", async () => {
    for (const atLeast of [50, 1500]) {
      const path = newPath();
      const writer = spawn(process.execPath, [program, path]);
      const ended = once(writer, "exit");
      let acknowledged = 0;
      for await (const line of createInterface({ input: writer.stdout })) {
        acknowledged = Number(line);
        if (acknowledged >= atLeast) writer.kill("SIGKILL");
      }
      expect(await ended).toEqual([null, "SIGKILL"]);
      await checkAcknowledged(path, acknowledged);
    }
  });

  test("a disk that takes no more ends the writing with a sentence, and what was acknowledged stays", async () => {
    const path = newPath();
    // No file may be longer than 200 KiB; the signal of it would end the process before it is told.
    const limited = `trap '' XFSZ; ulimit -f 200; exec "$0" "$1" "$2"`;
    const writer = spawn("bash", ["-c", limited, process.execPath, program, path]);
    const ended = once(writer, "exit");
    let acknowledged = 0;
    let told = "";
    writer.stderr.on("data", (text) => {
      told += text;
    });
    for await (const line of createInterface({ input: writer.stdout })) acknowledged = Number(line);
    expect((await ended)[0]).toBe(1);
    expect(told).toContain("The file of codes cannot be written (EFBIG)");
    expect(acknowledged).toBeGreaterThan(500);
    await checkAcknowledged(path, acknowledged);
  });
});

describe("what is refused", () => {
  test("codes of another making or length, and files of another kind", async () => {
    const path = newPath();
    await (await open64(path)).close();
    await expect(CodeStore.open(path, { ...options, origin: "model-8" })).rejects.toMatchObject({ code: "bad-input" });
    await expect(CodeStore.open(path, { ...options, bits: 128 })).rejects.toThrow("64 bits");
    await expect(CodeStore.open(newPath(), { ...options, bits: 63 })).rejects.toMatchObject({ code: "bad-usage" });
    const foreign = newPath();
    await writeFile(foreign, "A table of patients, say");
    await expect(open64(foreign)).rejects.toMatchObject({ code: "corrupt-store" });
    expect(await readFile(foreign, "utf8")).toBe("A table of patients, say");
    await expect(open64(join(folder, "no-folder", "codes"))).rejects.toMatchObject({ code: "bad-input" });
  });

  test("entries that are none, while those beside them are taken", async () => {
    const store = await open64(newPath());
    const [good, bad, long] = await Promise.allSettled([
      store.append([entryOf(1)]),
      store.append([{ ...entryOf(2), image: imageId("") }]),
      store.append([{ ...entryOf(3), code: new Uint32Array(3) }]),
    ]);
    expect([good, bad, long].map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected"]);
    expect(store.count).toBe(1);
    await store.close();
  });

  test("more than there is room for, until it is opened again", async () => {
    const path = newPath();
    const store = await CodeStore.open(path, { ...options, room: 10 });
    const { capacity } = store.codes.table.codes;
    await store.append(entriesOf(capacity));
    await expect(store.append([entryOf(capacity)])).rejects.toMatchObject({ code: "no-room" });
    expect(store.count).toBe(capacity);
    await store.close();
    const again = await open64(path);
    await again.append([entryOf(capacity)]);
    expect(again.count).toBe(capacity + 1);
    await again.close();
  });

  test("a second writer, as soon as it would write over the first", async () => {
    const path = newPath();
    const [one, other] = [await open64(path), await open64(path)];
    await one.append([entryOf(1)]);
    await expect(other.append([entryOf(2)])).rejects.toMatchObject({ code: "busy" });
    await expect(other.append([entryOf(2)])).rejects.toMatchObject({ code: "busy" });
    await one.append([entryOf(3)]);
    await Promise.all([one.close(), other.close()]);
    const again = await open64(path);
    expect(again.count).toBe(2);
    await again.close();
  });
});

test("threads search while codes are added and taken out", async () => {
  const store = await CodeStore.open(newPath(), { origin: "threads", bits: 64 });
  await store.append(entriesOf(10));
  const threads = [0, 1].map(
    () =>
      new Worker(new URL("../../../test/support/search-stored-codes.ts", import.meta.url), {
        workerData: { shared: store.share(), until: imageId("the last") },
      }),
  );
  const reports = Promise.all(
    threads.map(
      (thread) =>
        new Promise<{ readonly searches: number; readonly strange: number }>((resolve, reject) => {
          thread.once("message", resolve);
          thread.once("error", reject);
        }),
    ),
  );
  for (let i = 10; i < 600; i += 10) await store.append(Array.from({ length: 10 }, (_, j) => entryOf(i + j)));
  await store.remove([entryOf(5).image]);
  await store.append([{ image: imageId("the last"), patient: patientId("last"), code: Uint32Array.of(-1, -1) }]);
  for (const { searches, strange } of await reports) {
    expect(searches).toBeGreaterThan(0);
    expect(strange).toBe(0);
  }
  await store.close();
});
