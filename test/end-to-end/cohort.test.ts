/** `osteon cohort` as its user runs it, on a home of sixteen invented patients, twelve of them with a radiograph. */

import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startOsteon } from "../../scripts/osteon-process.ts";
import { encodeGreyPng } from "../../src/imaging/grey-png.ts";
import { Random } from "../../src/numeric/random.ts";

const patients = Array.from({ length: 16 }, (_, i) => ({
  patient: `P${String(i + 1).padStart(2, "0")}`,
  entity: i % 2 === 0 ? "Enchondroma" : "Osteosarcoma",
  site: i % 2 === 0 ? "Hand" : "Femur",
  sex: i % 4 < 2 ? "w" : "m",
  ageYears: i === 0 ? 7 : 20 + i,
}));

let folder: string;
const at = (...names: string[]): string => join(folder, ...names);
const osteon = (...words: string[]) => startOsteon([...words, "--home", at("home"), "--json"]).finished;

const importTable = async (name: string, rows: readonly string[]): Promise<void> => {
  await writeFile(at(name), rows.join("\n"));
  await osteon("import", "table", at(name)); // proposes a mapping
  const { code } = await osteon("import", "table", at(name), "--mapping", at(`${name}.mapping.json`));
  expect(code).toBe(0);
};

/** Blobs that no other patient has. */
const picture = (seed: number): Promise<Uint8Array> => {
  const random = new Random(seed, "cohort pictures");
  const blobs = Array.from({ length: 12 }, () => [
    random.uniform(0, 160),
    random.uniform(0, 160),
    random.uniform(8, 30),
  ]);
  const pixels = Float32Array.from({ length: 160 * 160 }, (_, i) => {
    const [x, y] = [i % 160, Math.floor(i / 160)];
    return Math.min(1, 0.1 + blobs.filter(([bx, by, r]) => Math.hypot(x - bx!, y - by!) < r!).length * 0.2);
  });
  return encodeGreyPng({ width: 160, height: 160, pixels });
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-cohort-"));
  await mkdir(at("pictures"));
  const withPicture = patients.slice(0, 12);
  for (const [i, { patient }] of withPicture.entries())
    await writeFile(at("pictures", `${patient}.png`), await picture(i));
  const labels = withPicture.map(({ patient }) => `${patient}.png,${patient},Hand`);
  await writeFile(at("labels.csv"), ["image,patient,region", ...labels].join("\n"));
  const rows = patients.map(
    ({ patient, entity, site, sex, ageYears }) =>
      `F${patient};${patient};${entity};12.05.2016;${site};links;${sex};${ageYears}`,
  );
  const heading = "Fallnummer;Patientennummer;Endgültige Diagnose;Diagnosedatum;Lokalisation;Seite;Geschlecht;Alter";
  await importTable("cases.csv", [heading, ...rows]);
  const imported = await osteon("import", "radiographs", at("pictures"), "--labels", at("labels.csv"));
  expect(JSON.parse(imported.stdout)).toMatchObject({ imported: 12 });
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const definition = {
  format: "osteon-cohort",
  version: 1,
  name: "adults",
  title: "Adults with a radiograph",
  start: "All patients",
  criteria: [
    { include: { known: ["sex", "site"] }, reason: "Incomplete" },
    { exclude: { ageYears: { to: 17 } }, reason: "Minors", remaining: "Adults" },
    { include: { images: { stage: ["pre-therapy"] } }, reason: "No radiograph" },
  ],
};

test("a cohort is built, described, split, audited and exported", { timeout: 60_000 }, async () => {
  await writeFile(at("adults.json"), JSON.stringify(definition));
  const built = await osteon("cohort", "build", at("adults.json"), "--svg", at("flow.svg"));
  const { start, flow, patients: size } = JSON.parse(built.stdout);
  expect([built.code, start.patients, size]).toEqual([0, 16, 11]);
  let before = start;
  for (const { excluded, remaining } of flow) {
    for (const key of ["patients", "cases", "images"]) expect(excluded[key] + remaining[key]).toBe(before[key]);
    before = remaining;
  }
  expect(flow.map(({ excluded }: { excluded: { patients: number } }) => excluded.patients)).toEqual([0, 1, 4]);
  expect(await readFile(at("flow.svg"), "utf8")).toContain("No radiograph (n = 4)");

  const described = await osteon("cohort", "describe", "adults", "--by", "sex", "--out", at("table.csv"));
  expect(described.code).toBe(0);
  const [titles, age] = parse(await readFile(at("table.csv"), "utf8")) as string[][];
  expect(titles).toEqual(["", "all (n = 11)", "male (n = 6)", "female (n = 5)", "p", "test"]);
  expect(age![0]).toMatch(/^age in years/);

  const split = (file: string, ...more: string[]) =>
    osteon("cohort", "split", "adults", "--parts", "train=0.7,test=0.3", "--seed", "5", "--out", at(file), ...more);
  expect((await split("again.json", "--name", "default")).code).toBe(0);
  expect((await split("split.json")).code).toBe(0);
  const written = await readFile(at("split.json"), "utf8");
  expect(await readFile(at("again.json"), "utf8")).toBe(written);
  const { split: made } = JSON.parse(written);
  expect([...made.parts.train, ...made.parts.test].sort()).toEqual(patients.slice(1, 12).map(({ patient }) => patient));
  expect([made.parts.train.length, made.parts.test.length]).toEqual([8, 3]);

  const exported = await osteon("cohort", "export", "adults", at("cohort.csv"), "--known-at", "imaging");
  expect(exported.code).toBe(0);
  const rows = parse(await readFile(at("cohort.csv"), "utf8"), { columns: true }) as Record<string, string>[];
  expect(rows).toHaveLength(11);
  expect(rows[0]).toMatchObject({ patient: "P02", sex: "female", site: "femur", radiographs: "1" });
  for (const later of ["entity", "malignancy", "diagnosisDate"]) expect(rows[0]).not.toHaveProperty(later);
});

test("the audit ends with 0 while the parts share nothing, and with 1 when a person may be in both", {
  timeout: 60_000,
}, async () => {
  const clean = await osteon("cohort", "audit", "adults");
  expect([clean.code, JSON.parse(clean.stdout)]).toEqual([0, { leaks: [] }]);
  // Everybody turns out to have one birthday: some of one sex and tumour are then on both sides.
  const birthdays = patients.map(({ patient }) => `${patient};01.02.1990`);
  await importTable("patients.csv", ["Patientennummer;Geburtsdatum", ...birthdays]);
  const audited = await osteon("cohort", "audit", "adults");
  expect(audited.code).toBe(1);
  const { leaks } = JSON.parse(audited.stdout);
  expect(leaks.length).toBeGreaterThan(0);
  for (const leak of leaks) expect(leak).toMatchObject({ kind: "same-person", parts: ["train", "test"] });
  expect(audited.stdout).not.toContain("1990");
});

test("a definition with a slip of the pen is refused with what was meant, and the cohort before stays until another takes its name", {
  timeout: 60_000,
}, async () => {
  const slip = [{ include: { entity: ["Osteosarkom"] }, reason: "Another tumour" }];
  await writeFile(at("slip.json"), JSON.stringify({ ...definition, criteria: slip }));
  const refused = await osteon("cohort", "build", at("slip.json"));
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('did you mean "Osteosarcoma"?')]);
  const listed = await osteon("cohort", "list");
  expect(JSON.parse(listed.stdout)).toMatchObject({ name: "adults", patients: 11 });
  const older = [{ exclude: { ageYears: { to: 24 } }, reason: "Younger" }];
  await writeFile(at("older.json"), JSON.stringify({ ...definition, criteria: older }));
  expect(JSON.parse((await osteon("cohort", "build", at("older.json"))).stdout).splitsGone).toEqual(["default"]);
});
