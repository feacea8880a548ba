import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { storedImage } from "../../test/support/stored-image.ts";
import { imageId, patientId } from "../clinic/ids.ts";
import { type Database, openDatabase } from "./database.ts";
import { exposureHash, insertBatch, type StoredImage } from "./images.ts";
import { patientsWithPicture } from "./patients-with-picture.ts";

let folder: string;
let database: Database;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-patients-with-picture-"));
  database = await openDatabase(join(folder, "database"));
});
afterAll(async () => {
  await database.destroy();
  await rm(folder, { recursive: true, force: true });
});

const image = (name: string, patient: string, more: Partial<StoredImage> = {}): StoredImage =>
  storedImage(name, { patient: patientId(patient), ...more });

const find = async (pixelHash: string, fileHash: string): Promise<string[]> =>
  (await patientsWithPicture(database, { pixelHash, fileHash })).toSorted();

test("a picture is known by its samples, its file, a duplicate's file, and as a plate that was split", async () => {
  await insertBatch(database, {
    images: [
      image("whole", "A"),
      image("plate#1", "B", { fileId: "plate", exposure: 1, pixelHash: exposureHash("pixels of plate", 1) }),
      image("plate#2", "B", { fileId: "plate", exposure: 2, pixelHash: exposureHash("pixels of plate", 2) }),
    ],
    duplicates: [{ id: "copy", image: imageId("whole"), fileName: "copy.png" }],
    quarantined: [],
  });
  expect(await find("pixels of whole", "new")).toEqual(["A"]);
  expect(await find("new", "whole")).toEqual(["A"]);
  expect(await find("new", "copy")).toEqual(["A"]);
  expect(await find("pixels of plate", "new")).toEqual(["B"]);
  expect(await find("new", "plate")).toEqual(["B"]);
  expect(await find("new", "new")).toEqual([]);
  expect(await find("pixels of whole", "plate")).toEqual(["A", "B"]);
});
