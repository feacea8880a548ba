import { spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { imageId, patientId } from "../clinic/ids.ts";
import { sweepTemporaryFiles, writeFileAtomically } from "./atomic-file.ts";
import { openHome } from "./home.ts";
import {
  countHome,
  findByContent,
  findByPixels,
  insertBatch,
  listImages,
  type StoredImage,
  updateFacts,
} from "./images.ts";
import { acquireLock, lockHolder } from "./lock.ts";
import { continueOrCreateRun, finishRun, getRun, latestFinishedRun } from "./runs.ts";

let folder: string;
const request = { command: "a test", since: "2020-01-01T00:00:00.000Z" };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-store-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe("a file written atomically", () => {
  test("is whole, replaces the old one, and leaves nothing beside it", async () => {
    const path = join(folder, "atomic", "file");
    await writeFileAtomically(path, "old");
    await writeFileAtomically(path, "new");
    expect(await readFile(path, "utf8")).toBe("new");
    expect(await readdir(join(folder, "atomic"))).toEqual(["file"]);
  });

  test("tells in a sentence when the place cannot be written to", async () => {
    await writeFile(join(folder, "a-file"), "");
    await expect(writeFileAtomically(join(folder, "a-file", "below"), "x")).rejects.toThrow("leads through a file");
  });

  test.skipIf(process.getuid?.() === 0)(
    "tells when it may not write (skipped as root, who may everything)",
    async () => {
      const closed = join(folder, "closed");
      await mkdir(closed);
      await chmod(closed, 0o500);
      await expect(writeFileAtomically(join(closed, "x"), "x")).rejects.toThrow("may not be written to");
    },
  );

  test("leftovers of a killed writer are swept", async () => {
    const nest = join(folder, "sweep", "deep");
    await mkdir(nest, { recursive: true });
    await writeFile(join(nest, ".writing-1-abc-file"), "half");
    await writeFile(join(nest, "whole"), "whole");
    await sweepTemporaryFiles(join(folder, "sweep"));
    expect(await readdir(nest)).toEqual(["whole"]);
  });
});

describe("the lock", () => {
  test("names its owner, and lets go", async () => {
    const path = join(folder, "lock-a");
    const lock = await acquireLock(path, request);
    expect(await lockHolder(path)).toMatchObject({ pid: process.pid, command: "a test" });
    await expect(acquireLock(path, request)).rejects.toThrow(
      `The home is held by process ${process.pid} on ${hostname()} ("a test", since 2020-01-01T00:00:00.000Z)`,
    );
    await lock.release();
    expect(await lockHolder(path)).toBeUndefined();
    await (await acquireLock(path, request)).release();
    expect((await readdir(folder)).filter((name) => name.startsWith("lock-a"))).toEqual([]);
  });

  test.each([
    ["a dead process", { pid: 2 ** 22 + 1, processStart: "1", host: hostname() }],
    ["a number that now belongs to another process", { pid: process.pid, processStart: "1", host: hostname() }],
  ])("of %s is taken over", async (name, owner) => {
    const path = join(folder, `lock-${name.length}`);
    await writeFile(path, JSON.stringify({ ...owner, ...request }));
    await (await acquireLock(path, request)).release();
  });

  test("of a process on another host is never taken", async () => {
    const path = join(folder, "lock-elsewhere");
    await writeFile(path, JSON.stringify({ pid: 1, processStart: "1", host: "elsewhere", ...request }));
    await expect(acquireLock(path, request)).rejects.toThrow("on elsewhere");
  });

  test("when many processes find a stale lock at once, one at a time has it", { timeout: 120_000 }, async () => {
    const path = join(folder, "lock-race");
    const log = join(folder, "race.log");
    await writeFile(path, JSON.stringify({ pid: 2 ** 22 + 1, processStart: "1", host: hostname(), ...request }));
    const contender = `
      import { appendFileSync } from "node:fs";
      const { acquireLock } = await import(${JSON.stringify(join(import.meta.dirname, "lock.ts"))});
      while (Date.now() < Number(process.argv[2])) {}
      for (let i = 0; i < 200; i++) {
        try {
          const lock = await acquireLock(${JSON.stringify(path)}, ${JSON.stringify(request)});
          appendFileSync(${JSON.stringify(log)}, "+");
          await new Promise((resolve) => setTimeout(resolve, 5));
          appendFileSync(${JSON.stringify(log)}, "-");
          if (process.argv[3] === "die") process.kill(process.pid, "SIGKILL");
          await lock.release();
          process.exit(0);
        } catch (error) {
          if (error.code !== "home-locked") throw error;
          await new Promise((resolve) => setTimeout(resolve, 10 + Math.random() * 20));
        }
      }
      process.exit(3);`;
    const script = join(folder, "contender.mts");
    await writeFile(script, contender);
    const start = Date.now() + 3000;
    const contenders = Array.from({ length: 8 }, (_, i) => {
      const child = spawn(process.execPath, [script, String(start), i % 2 === 0 ? "die" : "release"], {
        stdio: "ignore",
      });
      return new Promise<number | string | null>((resolve) =>
        child.on("close", (code, signal) => resolve(code ?? signal)),
      );
    });
    const ends = await Promise.all(contenders);
    expect(ends.filter((end) => end === 0).length).toBe(4);
    expect(ends.filter((end) => end === "SIGKILL").length).toBe(4);
    expect(await readFile(log, "utf8")).toBe("+-".repeat(8)); // never two inside at once
  });
});

const image = (n: number): StoredImage => ({
  id: imageId(`id-${n}`),
  patient: patientId(`P${n % 2}`),
  fileName: `${n}.png`,
  format: "png",
  pixelHash: `pixels-${n}`,
  colourfulness: 0,
  width: 10,
  height: 20,
  modality: null,
  origin: "internal",
  label: null,
  entity: n === 1 ? "Chordoma" : null,
  region: null,
  ageYears: n === 1 ? 7.5 : null,
  sex: null,
  site: null,
  position: null,
});

describe("a home", () => {
  test("keeps what was written, over closing and opening", async () => {
    const path = join(folder, "home");
    await expect(openHome(path, request)).rejects.toThrow("There is no home");
    const first = await openHome(path, { ...request, create: true });
    await expect(openHome(path, request)).rejects.toThrow("held by process");
    await insertBatch(first.database, {
      images: [image(1), image(0)],
      duplicates: [{ id: "other-bytes", image: imageId("id-1"), fileName: "again.png" }],
      quarantined: [{ id: "bad", fileName: "bad.dcm", code: "truncated", detail: "It is cut." }],
    });
    // A batch is all or nothing: the second image repeats a key, so the first is not there either.
    await expect(
      insertBatch(first.database, { images: [image(7), image(1)], duplicates: [], quarantined: [] }),
    ).rejects.toThrow();
    const plan = { system: "test/run", settings: { a: 1 }, fingerprint: "f" };
    const { run, isNew } = await continueOrCreateRun(first.database, plan);
    expect(isNew).toBe(true);
    await first.files.writeArtefact(run.id, "part", "text");
    await first.close();

    const second = await openHome(path, request);
    expect(await listImages(second.database)).toEqual([image(0), image(1)]);
    expect(await countHome(second.database)).toEqual({ images: 2, patients: 2, quarantined: 1 });
    expect(await findByContent(second.database, "id-1")).toEqual(image(1));
    expect(await findByContent(second.database, "other-bytes")).toEqual(image(1));
    expect(await findByContent(second.database, "unknown")).toBeUndefined();
    expect(await findByPixels(second.database, "pixels-0")).toEqual(image(0));
    await updateFacts(second.database, imageId("id-0"), { region: "Knee", patient: patientId("P9") });
    expect(await findByContent(second.database, "id-0")).toEqual({ ...image(0), region: "Knee", patient: "P9" });

    expect(await continueOrCreateRun(second.database, plan)).toMatchObject({ run: { id: run.id }, isNew: false });
    expect((await continueOrCreateRun(second.database, { ...plan, fingerprint: "other" })).run.id).not.toBe(run.id);
    expect(await latestFinishedRun(second.database, "test/run")).toBeUndefined();
    await finishRun(second.database, run.id, { metrics: { loss: 0.5 }, at: new Date(0) });
    expect(await latestFinishedRun(second.database, "test/run")).toMatchObject({ id: run.id, metrics: { loss: 0.5 } });
    expect(await continueOrCreateRun(second.database, plan)).toMatchObject({ isNew: true });
    await expect(getRun(second.database, "nothing")).rejects.toThrow('There is no run "nothing"');
    expect(new TextDecoder().decode(await second.files.readArtefact(run.id, "part"))).toBe("text");
    await expect(second.files.readArtefact(run.id, "missing")).rejects.toThrow('lacks the artefact "missing"');
    await second.close();
  });

  test("of a newer format is left alone", async () => {
    const path = join(folder, "newer");
    await mkdir(path);
    await writeFile(join(path, "home.json"), JSON.stringify({ format: "osteon-home", version: 99 }));
    await expect(openHome(path, request)).rejects.toThrow("The home has format 99");
    await writeFile(join(path, "home.json"), "{");
    await expect(openHome(path, request)).rejects.toThrow("home.json is damaged");
    expect(await lockHolder(join(path, "lock"))).toBeUndefined();
  });
});
