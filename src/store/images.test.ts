import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { storedImage } from "../../test/support/stored-image.ts";
import { imageId, type PatientId, patientId } from "../clinic/ids.ts";
import { type Database, openDatabase } from "./database.ts";
import { openHome } from "./home.ts";
import {
  countHome,
  exposureId,
  findByContent,
  insertBatch,
  listImages,
  listPerceptualHashes,
  nameFoldersOf,
  patientsNamed,
  quarantineKeys,
  type StoredImage,
  updateFacts,
} from "./images.ts";
import { migrations } from "./migrations.ts";

let folder: string;
let database: Database;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-images-"));
  database = await openDatabase(join(folder, "database"));
});
afterAll(async () => {
  await database.destroy();
  await rm(folder, { recursive: true, force: true });
});

const nothing = { images: [], duplicates: [], quarantined: [] };

test("patients are found by what their files name them, whatever a table has called them since", async () => {
  const named = (patient: string, source: string): Partial<StoredImage> => ({
    patient: patientId(patient),
    sourcePatient: patientId(source),
  });
  const images = [
    storedImage("a", named("B", "S1")),
    storedImage("b", named("A", "S1")),
    storedImage("c", named("A", "S1")),
  ];
  await insertBatch(database, { ...nothing, images: [...images, storedImage("d", named("S1", "S2"))] });
  expect(await patientsNamed(database, patientId("S1"))).toEqual(["A", "B"]);
  await updateFacts(database, imageId("d"), { patient: patientId("Z") });
  expect(await patientsNamed(database, patientId("S2"))).toEqual(["Z"]);
  expect(await patientsNamed(database, patientId("A"))).toEqual([]);
});

test("the folder behind a name is kept until a table names the patient", async () => {
  const patient: PatientId = patientId("IMG_1");
  await insertBatch(database, { ...nothing, images: [storedImage("e", { patient, nameFolder: "folder" })] });
  expect(await nameFoldersOf(database, patient)).toEqual(["folder"]);
  await updateFacts(database, imageId("e"), { region: "Knee" });
  expect(await nameFoldersOf(database, patient)).toEqual(["folder"]);
  await updateFacts(database, imageId("e"), { patient });
  expect(await nameFoldersOf(database, patient)).toEqual([null]);
});

test("the exposures of a plate are images of one file, and the file is found by the first of them", async () => {
  const exposure = (number: number): StoredImage =>
    storedImage("plate", { id: exposureId("plate", number), exposure: number, pixelHash: `pixels of plate#${number}` });
  await insertBatch(database, { ...nothing, images: [exposure(2), exposure(1)] });
  expect((await findByContent(database, "plate"))!.id).toBe("plate#1");
});

test("what the file says and how it looks is kept", async () => {
  const kept = storedImage("kept", {
    sopInstanceUid: "1.2.3",
    studyInstanceUid: "1.2",
    seriesInstanceUid: "1.2.1",
    acquisitionDate: "2019-03-31",
    viewPosition: "AP",
    bodyPart: "KNEE",
    laterality: "L",
    manufacturer: "A maker",
    perceptualHash: "00ff00ff00ff00ff",
    geometry: '{"version":1}',
    nearDuplicateOf: imageId("a"),
  });
  await insertBatch(database, { ...nothing, images: [kept] });
  expect(await findByContent(database, "kept")).toEqual(kept);
  expect(await listPerceptualHashes(database)).toEqual([{ id: "kept", perceptualHash: "00ff00ff00ff00ff" }]);
});

describe("what was set aside", () => {
  const setAside = (id: string, pathHash: string) => ({ id, pathHash, fileName: "x", code: "truncated", detail: "D." });

  test("is released by its content or by its path", async () => {
    const quarantined = [
      setAside("content-1", "path-1"),
      setAside("content-2", "path-2"),
      setAside("path-3", "path-3"),
    ];
    await insertBatch(database, { ...nothing, quarantined });
    expect(await quarantineKeys(database)).toEqual(new Set(["content-1", "path-1", "content-2", "path-2", "path-3"]));
    await insertBatch(database, { ...nothing, released: ["content-1", "path-3"] });
    expect(await quarantineKeys(database)).toEqual(new Set(["content-2", "path-2"]));
    await insertBatch(database, { ...nothing, released: ["path-2"] });
    expect(await quarantineKeys(database)).toEqual(new Set());
  });

  test("is one row for each path: what a file held before is gone", async () => {
    await insertBatch(database, { ...nothing, quarantined: [setAside("before", "path")] });
    await insertBatch(database, { ...nothing, quarantined: [setAside("after", "path")] });
    expect(await quarantineKeys(database)).toEqual(new Set(["after", "path"]));
  });
});

test("a home of the first version is brought to the newest with everything in it", async () => {
  const root = join(folder, "first-version");
  await mkdir(root);
  await writeFile(join(root, "home.json"), JSON.stringify({ format: "osteon-home", version: 1 }));
  const client = await PGlite.create(join(root, "database"));
  await client.exec("create table osteon_version (version integer primary key); insert into osteon_version values (1)");
  for (const statement of migrations[0]!.statements) await client.exec(statement);
  await client.exec(
    `insert into images (id, patient_id, file_name, format, pixel_hash, colourfulness, width, height, origin)
     values ('old', 'P1', 'old.png', 'png', 'pixels', 0, 10, 20, 'internal');
     insert into quarantine (id, file_name, code, detail) values ('bad', 'bad.dcm', 'truncated', 'It is cut.')`,
  );
  await client.close();

  const home = await openHome(root, { command: "a test", since: "" });
  const old = storedImage("old", { patient: patientId("P1"), sourcePatient: null, pixelHash: "pixels" });
  expect(await listImages(home.database)).toEqual([old]);
  expect(await quarantineKeys(home.database)).toEqual(new Set(["bad"]));
  await insertBatch(home.database, { ...nothing, images: [storedImage("new")], released: ["bad"] });
  expect(await patientsNamed(home.database, patientId("S"))).toEqual(["P"]);
  expect(await countHome(home.database)).toEqual({ images: 2, patients: 2, quarantined: 0 });
  const { rows } = await sql<{ version: number }>`select max(version) as version from osteon_version`.execute(
    home.database,
  );
  expect(rows[0]!.version).toBe(migrations.at(-1)!.version);
  await home.close();
});
