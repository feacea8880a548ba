import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { readForArchive } from "./read-for-archive.ts";
import { RadiographReader, readRadiograph } from "./read-radiograph.ts";

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../../test/fixtures/dicom/${name}.dcm`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "osteon-reader-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("RadiographReader", () => {
  test("reads as readRadiograph does, more files than threads, in the order of the calls", async () => {
    const reader = new RadiographReader({ workers: 2 });
    const names = ["explicit-little", "jpeg-2000", "jpeg-baseline-rgb", "rle", "deflated"];
    const outcomes = await Promise.all(names.map((name) => reader.read(fixture(name))));
    for (const [i, name] of names.entries()) {
      expect(outcomes[i]).toEqual(await readRadiograph(new Uint8Array(readFileSync(fixture(name)))));
    }
    await reader.close();
  });

  test("bytes come back with what became of them, to be kept in the archive or set aside", async () => {
    const reader = new RadiographReader({ workers: 1 });
    const content = readFileSync(fixture("rle"));
    const bytes = Uint8Array.from(content);
    const outcome = await reader.readBytes(bytes);
    expect(bytes.length).toBe(0); // moved, not copied
    expect(outcome).toEqual({ ...(await readForArchive(Uint8Array.from(content))), bytes: Uint8Array.from(content) });
    const broken = Uint8Array.from(content.subarray(0, 200));
    expect(await reader.readBytes(Uint8Array.from(broken))).toMatchObject({ ok: false, bytes: broken });
    expect(await reader.readBytes(new Uint8Array(0))).toEqual({
      ok: false,
      reason: { code: "empty-file", detail: "The file is empty." },
      bytes: new Uint8Array(0),
    });
    await reader.close();
  });

  test("what cannot be opened is a reason: nothing there, a folder, a pipe", async () => {
    const reader = new RadiographReader({ workers: 1 });
    const pipe = join(folder, "pipe");
    execFileSync("mkfifo", [pipe]);
    const outcomes = await Promise.all([join(folder, "absent"), folder, pipe].map((path) => reader.read(path)));
    expect(outcomes).toEqual([
      { ok: false, reason: { code: "unreadable-file", detail: "The file cannot be opened (ENOENT)." } },
      { ok: false, reason: { code: "unreadable-file", detail: "The path is not a regular file." } },
      { ok: false, reason: { code: "unreadable-file", detail: "The path is not a regular file." } },
    ]);
    await reader.close();
  });

  test("a file that takes too long is put aside, and the next one is read by a new thread", async () => {
    const reader = new RadiographReader({ workers: 1 });
    const slow = await reader.read(fixture("jpeg-2000"), 1);
    expect(slow).toEqual({
      ok: false,
      reason: { code: "timed-out", detail: "Reading took longer than 0.001 seconds." },
    });
    expect((await reader.read(fixture("jpeg-2000"))).ok).toBe(true);
    await reader.close();
  });

  test("a thread that runs out of memory takes nothing with it", async () => {
    const reader = new RadiographReader({ workers: 1, heapMiB: 4 });
    for (let i = 0; i < 2; i++) {
      const outcome = await reader.read(fixture("explicit-little"));
      expect(outcome).toEqual({
        ok: false,
        reason: { code: "decoder-crashed", detail: "Reading took too much memory." },
      });
    }
    await reader.close();
  });

  test("a closed reader refuses, what waits and what comes", async () => {
    const reader = new RadiographReader({ workers: 1 });
    const waiting = [fixture("rle"), fixture("rle")].map((path) => reader.read(path));
    const settled = Promise.allSettled(waiting);
    await reader.close();
    expect((await settled).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(reader.read(fixture("rle"))).rejects.toThrow("The radiograph reader is closed.");
  });

  test("damaged files one after another leave the thread able to read", async () => {
    const reader = new RadiographReader({ workers: 1 });
    const bytes = readFileSync(fixture("jpeg-ls"));
    bytes.fill(0x55, bytes.length - 600, bytes.length - 60);
    writeFileSync(join(folder, "damaged"), bytes);
    for (let i = 0; i < 5; i++) expect((await reader.read(join(folder, "damaged"))).ok).toBe(false);
    expect((await reader.read(fixture("jpeg-ls"))).ok).toBe(true);
    await reader.close();
  });
});
