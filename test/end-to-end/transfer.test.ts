/** `osteon transfer` as its user meets it where something is missing: one sentence, and exit code 2. */

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startOsteon } from "../../scripts/osteon-process.ts";
import { insertBatch, openHome } from "../../src/store/index.ts";
import { storedImage } from "../support/stored-image.ts";

let folder: string;
let home: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-transfer-words-"));
  home = join(folder, "home");
  const opened = await openHome(home, { command: "a test", since: "2026-01-02T03:04:05Z", create: true });
  const images = ["a", "b"].map((name) => storedImage(name, { entity: name === "a" ? "Osteosarcoma" : null }));
  await insertBatch(opened.database, { images, duplicates: [], quarantined: [] });
  await opened.close();
  await writeFile(join(folder, "unknown.csv"), "image\nDoe-Jane.png\n");
  await writeFile(join(folder, "no-weights.pth"), "no weights");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.each([
  [["pretrain"], "run `osteon atlas cluster` first"],
  [["pretrain", "--weights", "nowhere.pth"], "nowhere.pth"],
  [["pretrain", "--weights", "no-weights.pth", "--from-nothing"], "leave one of the two out"],
  [["pretrain", "--for", "colour=red"], "entity=A,B"],
  [["pretrain", "--leave-out", "unknown.csv"], "Line 2 of the table names no radiograph"],
  [["evaluate"], "--classes"],
  [["evaluate", "--classes", "Osteosarcoma"], "two different classes"],
  [["evaluate", "--classes", "Osteosarcoma,Chordoma"], "Chordoma"],
  [["evaluate", "--classes", "A,B", "--only", "nowhere.csv"], "nowhere.csv"],
  [["evaluate", "--classes", "A,B", "--folds", "1"], "from 2 to 20"],
])("%j is refused", async (words, sentence) => {
  const files = new Set(["nowhere.pth", "no-weights.pth", "unknown.csv", "nowhere.csv"]);
  const told = words.map((word) => (files.has(word) ? join(folder, word) : word));
  const { code, stderr, stdout } = await startOsteon(["transfer", ...told, "--home", home]).finished;
  expect(stderr).toContain(sentence);
  expect(stderr).not.toContain("Jane");
  expect(stdout).toBe("");
  expect(code).toBe(2);
});
