import { mkdtemp, readFile, rm, truncate } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HomeFiles, hashContent, hashEach } from "./files.ts";

let root: string;
let files: HomeFiles;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "osteon-files-"));
  files = new HomeFiles(root);
});
afterAll(() => rm(root, { recursive: true, force: true }));

test("an artefact is written from its parts, and read in pieces of any length from the first byte to the last", async () => {
  const parts = [Uint8Array.of(1, 2, 3), new Uint8Array(0), Uint8Array.from({ length: 70_000 }, (_, i) => i % 251)];
  await files.writeArtefact("run", "whole", parts);
  expect(await files.readArtefact("run", "whole")).toEqual(Buffer.concat(parts));
  const read = await files.readThroughArtefact("run", "whole", async (file) => {
    expect(file.byteLength).toBe(70_003);
    const pieces = [new Uint8Array(2), new Uint8Array(new SharedArrayBuffer(66_000)), new Uint8Array(4_001)];
    for (const piece of pieces) await file.read(piece);
    return pieces;
  });
  expect(Buffer.concat(read)).toEqual(Buffer.concat(parts));
});

test("an artefact that is missing, or shorter than it was, is told by its name", async () => {
  await expect(files.readThroughArtefact("run", "nothing", async () => {})).rejects.toThrow(
    'artefact "nothing" of run',
  );
  await files.writeArtefact("run", "short", "123456");
  const reading = files.readThroughArtefact("run", "short", async (file) => {
    await truncate(join(root, "runs", "run", "short"), 3);
    await file.read(new Uint8Array(file.byteLength));
  });
  await expect(reading).rejects.toThrow('lacks the end of the artefact "short"');
});

test("a folder of artefacts is listed without what is half-written, and removed as a whole", async () => {
  expect(await files.listArtefactFolder("run", "folder")).toEqual([]);
  for (const name of ["b", "a", ".writing-1-abc"]) await files.writeArtefact("run", `folder/${name}`, name);
  expect(await files.listArtefactFolder("run", "folder")).toEqual(["folder/a", "folder/b"]);
  expect((await files.listArtefacts("run")).map(({ name }) => name)).not.toContain("folder");
  expect((await readFile(join(root, "runs", "run", "folder", "a"))).toString()).toBe("a");
  await files.removeArtefactFolder("run", "folder");
  expect(await files.listArtefactFolder("run", "folder")).toEqual([]);
});

test("data hashed one after another differ wherever one of them does", () => {
  expect(hashEach(["a", "b"])).not.toBe(hashEach(["ab"]));
  expect(hashEach(["a", ["b"]])).not.toBe(hashEach([["a", "b"]]));
  expect(hashEach([{ a: 1 }])).toBe(hashContent('{"a":1}\n'));
});
