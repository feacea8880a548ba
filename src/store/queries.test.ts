import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { imageId, patientId } from "../clinic/ids.ts";
import { type Home, openHome } from "./home.ts";
import { insertBatch, type StoredImage, unknownAcquisition, updateFacts } from "./images.ts";
import { archiveVersion, listLinkFacts, sexOf } from "./link-facts.ts";
import {
  getQuery,
  insertQuery,
  keepQueryAnswer,
  keepQueryBox,
  listQueries,
  queriesWithFiles,
  removeQuery,
  type StoredQuery,
} from "./queries.ts";

let folder: string;
let home: Home;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-queries-"));
  home = await openHome(join(folder, "home"), { command: "test", create: true, since: "" });
});
afterAll(async () => {
  await home.close();
  await rm(folder, { recursive: true, force: true });
});

const query = (id: string, more: Partial<StoredQuery> = {}): StoredQuery => ({
  id,
  fileName: `${id}.dcm`,
  person: "ada",
  worklist: false,
  createdAt: new Date("2026-01-02T03:04:05Z"),
  image: null,
  fileHash: "file",
  pixelHash: "pixels",
  source: patientId("S"),
  reading: { ok: true },
  box: null,
  answer: null,
  ...more,
});

const image = (name: string): StoredImage => ({
  ...unknownAcquisition,
  id: imageId(name),
  patient: patientId("P"),
  sourcePatient: null,
  nameFolder: null,
  fileId: name,
  exposure: null,
  fileName: `${name}.png`,
  format: "png",
  pixelHash: name,
  colourfulness: 0,
  width: 1,
  height: 1,
  modality: null,
  origin: "internal",
  label: null,
  entity: "Chordoma",
  region: null,
  ageYears: null,
  sex: "F",
  site: null,
  position: null,
  perceptualHash: null,
  geometry: null,
  nearDuplicateOf: null,
});

test("a query is read back as it was written, with what was drawn and answered since", async () => {
  const { database } = home;
  await insertQuery(database, query("one"));
  expect(await getQuery(database, "one")).toEqual(query("one"));
  await keepQueryBox(database, "one", { x: 1, y: 2, width: 3, height: 4 });
  await keepQueryAnswer(database, "one", { k: 5 });
  const box = { x: 1, y: 2, width: 3, height: 4 };
  expect(await getQuery(database, "one")).toEqual(query("one", { answer: { k: 5 }, box }));
  await insertQuery(database, query("two", { person: "bob", createdAt: new Date("2026-01-03T00:00:00Z") }));
  await insertQuery(database, query("three", { person: "demo", worklist: true }));
  const ids = async (person: string) => (await listQueries(database, person)).map(({ id }) => id);
  expect(await ids("ada")).toEqual(["one", "three"]);
  expect(await ids("bob")).toEqual(["two", "three"]);
  expect(await ids("everybody")).toEqual(["two", "one", "three"]);
  expect([...(await queriesWithFiles(database))].sort()).toEqual(["one", "three", "two"]);
  await removeQuery(database, "one");
  await expect(getQuery(database, "one")).rejects.toMatchObject({ code: "not-found" });
});

test("the file of a query stays when the file that it came from goes, and goes with the query", async () => {
  const from = join(folder, "upload");
  await writeFile(from, "bytes");
  await home.files.keepQueryFile("four", from);
  await rm(from);
  expect(await readFile(home.files.queryPath("four"), "utf8")).toBe("bytes");
  await home.files.removeQueryFiles("four");
  await expect(readFile(home.files.queryPath("four"))).rejects.toThrow();
  await home.files.removeQueryFiles("four");
});

test("the archive's number grows with what links ask of it, and stays where nothing was written", async () => {
  const { database } = home;
  const before = await archiveVersion(database);
  await insertBatch(database, { images: [image("a")], duplicates: [], quarantined: [] });
  const imported = await archiveVersion(database);
  expect(imported).toBeGreaterThan(before);
  expect(await archiveVersion(database)).toBe(imported);
  await updateFacts(database, imageId("a"), { entity: "Osteosarcoma" });
  const corrected = await archiveVersion(database);
  expect(corrected).toBeGreaterThan(imported);
  await database
    .insertInto("patients")
    .values({ id: "P", sex: "male", birth_date: null, death_date: null, origin: null })
    .execute();
  expect(await archiveVersion(database)).toBeGreaterThan(corrected);
});

test("what a radiograph does not say of itself its patient's tables say", async () => {
  const { database } = home;
  await database
    .insertInto("cases")
    .values({
      id: "C",
      patient_id: "P",
      preliminary_entity: null,
      final_entity: null,
      diagnosis_date: null,
      site: "femur",
      record: JSON.stringify({ ageYears: 33, final: { entity: "Osteosarcoma", date: "2019-05" } }),
    })
    .execute();
  expect(await listLinkFacts(database)).toEqual([
    {
      image: "a",
      patient: "P",
      entity: "Osteosarcoma",
      region: null,
      label: null,
      ageYears: 33,
      sex: "female", // the file's own, in the tables' words
      site: "femur",
      acquiredOn: null,
      isFinal: true,
      diagnosedOn: "2019-05",
    },
  ]);
  expect(["M", " O ", "female", "", null].map(sexOf)).toEqual(["male", "other", "female", null, null]);
});
