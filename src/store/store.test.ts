import { execFile, spawn, spawnSync } from "node:child_process";
import { existsSync, readlinkSync } from "node:fs";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { imageId, patientId } from "../clinic/ids.ts";
import {
  checkChosenFile,
  storageError,
  sweepTemporaryFiles,
  writeChosenFile,
  writeFileAtomically,
} from "./atomic-file.ts";
import { openDatabase } from "./database.ts";
import { openHome } from "./home.ts";
import {
  countHome,
  findByContent,
  findByPixels,
  insertBatch,
  listImages,
  type StoredImage,
  unknownAcquisition,
  updateFacts,
} from "./images.ts";
import { acquireLock, type LockOwner, lockHolder } from "./lock.ts";
import { continueOrCreateRun, finishRun, getRun, latestFinishedRun } from "./runs.ts";

/** The words by which `unshare` starts a program with process numbers of its own. */
const containing = ["--pid", "--fork", "--mount-proc"];
const canUnshare = (): boolean => spawnSync("unshare", [...containing, "true"]).status === 0;
const readNamespace = (): string => readlinkSync("/proc/self/ns/pid");

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
      await expect(writeFileAtomically(join(closed, "x"), "x")).rejects.toThrow("no permission to read or write");
    },
  );

  test("leftovers of a killed writer are swept", async () => {
    const nest = join(folder, "sweep", "deep");
    await mkdir(nest, { recursive: true });
    await writeFile(join(nest, ".writing-1-abc-file"), "half");
    await writeFile(join(nest, "whole"), "whole");
    await sweepTemporaryFiles(join(folder, "sweep"), { recursive: true });
    expect(await readdir(nest)).toEqual(["whole"]);
  });

  test("may have the longest name that the disk allows", async () => {
    const name = "n".repeat(255);
    await writeFileAtomically(join(folder, "long", name), "x");
    expect(await readdir(join(folder, "long"))).toEqual([name]);
  });
});

describe("a file that the user named", () => {
  test("is written, and written over", async () => {
    const path = join(folder, "page.html");
    await writeChosenFile(path, "old");
    await writeChosenFile(path, "new");
    expect(await readFile(path, "utf8")).toBe("new");
  });

  test.each([
    [".", "is a folder; name a file in it"],
    ["not/there/page.html", "There is no folder"],
    ["a-file-in-the-way/page.html", "is no folder; name another file"],
    ["a-file-in-the-way/deeper/page.html", "leads through a file; name another file"],
    ["n".repeat(256), "is too long for this disk; name another file"],
  ])("%s is refused in a sentence about this file, and nothing is made", async (name, sentence) => {
    await writeFile(join(folder, "a-file-in-the-way"), "");
    const path = join(folder, name);
    await expect(checkChosenFile(path)).rejects.toThrow(sentence);
    await expect(writeChosenFile(path, "x")).rejects.toMatchObject({ code: "bad-input" });
    expect(await readdir(folder)).not.toContain("not");
  });

  test("is never put in the place of a device", async () => {
    await expect(writeChosenFile("/dev/null", "x")).rejects.toThrow("is a device or a pipe");
    expect((await stat("/dev/null")).isCharacterDevice()).toBe(true);
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

  test("leaves nothing beside it while it is held, and takes a killed process's claim along", async () => {
    const path = join(folder, "lock-litter");
    const dead = JSON.stringify({ pid: 2 ** 22 + 1, processStart: "1", host: hostname(), ...request });
    await writeFile(`${path}.${2 ** 22 + 1}-0123456789ab`, dead);
    await writeFile(`${path}.4-0123456789ab`, JSON.stringify({ ...JSON.parse(dead), host: "elsewhere" }));
    const lock = await acquireLock(path, request);
    const names = (await readdir(folder)).filter((name) => name.startsWith("lock-litter"));
    expect(names).toEqual(["lock-litter", "lock-litter.4-0123456789ab"]);
    await lock.release();
  });

  test("is let go of only while it is one's own", async () => {
    const path = join(folder, "lock-own");
    const first = await acquireLock(path, request);
    await rm(path); // a user followed the advice too early
    const second = await acquireLock(path, { ...request, command: "the second" });
    await first.release();
    expect(await lockHolder(path)).toMatchObject({ command: "the second" });
    await second.release();
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
    await expect(acquireLock(path, request)).rejects.toThrow('delete the file "lock-elsewhere" in the home folder');
  });

  test("counts process numbers only where they were given", async () => {
    const here = await ownIdentity();
    const dead = { ...here, pid: 2 ** 22 + 1, processStart: "1" };
    expect(await isTaken("lock-dead", dead)).toBe(true);
    expect(await isTaken("lock-container", { ...dead, pidNamespace: "pid:[1]" })).toBe(false);
    expect(await isTaken("lock-namesake", { ...dead, boot: "another", machine: "another" })).toBe(false);
    expect(await isTaken("lock-image", { ...dead, boot: "another", pidNamespace: "pid:[1]" })).toBe(false);
  });

  const isOutermost = process.platform === "linux" && readNamespace() === "pid:[4026531836]";
  test.skipIf(!isOutermost || !existsSync("/etc/machine-id"))(
    "of a process before this machine's restart is taken (skipped in containers, which cannot know)",
    async () => {
      const here = await ownIdentity();
      expect(await isTaken("lock-restart", { ...here, boot: "another" })).toBe(true);
    },
  );

  test.skipIf(!canUnshare())(
    "of a live process in another container of the same name stands (skipped where none can be made)",
    async () => {
      const path = join(folder, "lock-containers");
      const lock = await acquireLock(path, request);
      const script = join(folder, "contained.mts");
      await writeFile(
        script,
        `const { acquireLock } = await import(${JSON.stringify(join(import.meta.dirname, "lock.ts"))});
         await acquireLock(${JSON.stringify(path)}, ${JSON.stringify(request)}).catch((error) => console.log(error.message));`,
      );
      const { stdout } = await promisify(execFile)("unshare", [...containing, process.execPath, script]);
      expect(stdout).toContain(`held by process ${process.pid} on ${hostname()}`);
      expect(stdout).toContain("cannot be known from here");
      await lock.release();
    },
  );

  test("when many processes find a stale lock at once, one at a time has it", { timeout: 120_000 }, async () => {
    const path = join(folder, "lock-race");
    const log = join(folder, "race.log");
    const dead = JSON.stringify({ pid: 2 ** 22 + 1, processStart: "1", host: hostname(), ...request });
    // A process died with the lock, a second while it took that lock away, and a third while it cleared up after both.
    for (const stale of [path, `${path}.steal`, `${path}.steal.steal`]) await writeFile(stale, dead);
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
    await (await acquireLock(path, request)).release();
    expect((await readdir(folder)).filter((name) => name.startsWith("lock-race"))).toEqual([]);
  });
});

/** How this process names itself in a lock. */
const ownIdentity = async (): Promise<LockOwner> => {
  const path = join(folder, "lock-identity");
  const lock = await acquireLock(path, request);
  const owner = JSON.parse(await readFile(path, "utf8")) as LockOwner;
  await lock.release();
  return owner;
};

/** Whether a lock with this owner is taken over. */
const isTaken = async (name: string, owner: LockOwner): Promise<boolean> => {
  const path = join(folder, name);
  await writeFile(path, JSON.stringify(owner));
  return acquireLock(path, request).then(
    (lock) => lock.release().then(() => true),
    (error) => {
      expect(error).toMatchObject({ code: "home-locked" });
      return false;
    },
  );
};

const image = (n: number): StoredImage => ({
  id: imageId(`id-${n}`),
  patient: patientId(`P${n % 2}`),
  sourcePatient: patientId(`S${n}`),
  nameFolder: null,
  fileId: `id-${n}`,
  exposure: null,
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
  ...unknownAcquisition,
  perceptualHash: null,
  geometry: null,
  nearDuplicateOf: null,
});

describe("the database", () => {
  test("lends its connection to one at a time, also when one more asks in the moment of a change", async () => {
    const database = await openDatabase(join(folder, "one-at-a-time"));
    let inside = 0;
    let most = 0;
    const borrow = (): Promise<void> =>
      database.connection().execute(async () => {
        inside += 1;
        most = Math.max(most, inside);
        for (let step = 0; step < 5; step++) await Promise.resolve();
        inside -= 1;
      });
    // One asks at every step of the event loop's small tasks, so that some ask between one's end and the next one's start.
    const all: Promise<void>[] = [];
    for (let step = 0; step < 200; step++) {
      all.push(borrow());
      await Promise.resolve();
    }
    await Promise.all(all);
    expect(most).toBe(1);
    await database.destroy();
  });

  test("is made anew where a killed process had only begun to", async () => {
    const path = join(folder, "begun");
    await mkdir(`${path}.unfinished`);
    await writeFile(join(`${path}.unfinished`, "PG_VERSION"), "17");
    await (await openDatabase(path)).destroy();
    expect((await readdir(folder)).filter((name) => name.startsWith("begun"))).toEqual(["begun"]);
  });

  test("tells the disk's trouble from its own", async () => {
    await writeFile(join(folder, "in-the-way"), "");
    await expect(openDatabase(join(folder, "in-the-way", "database"))).rejects.toThrow("leads through a file");
    const damaged = join(folder, "damaged");
    await mkdir(damaged);
    await writeFile(join(damaged, "PG_VERSION"), "17");
    await expect(openDatabase(damaged)).rejects.toThrow("restore the home from a backup");
    expect(storageError(Object.assign(new Error(), { code: "53100" }))).toMatchObject({
      message: "The disk that holds the home is full; free some room and start again.",
    });
  });
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
      quarantined: [{ id: "bad", pathHash: "path", fileName: "bad.dcm", code: "truncated", detail: "It is cut." }],
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
