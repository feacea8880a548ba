import { copyFile, mkdir, mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import sharp from "sharp";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { dicomFile, type Elements, greyElements } from "../../../test/support/dicom-file.ts";
import { patientId } from "../../clinic/ids.ts";
import { parseLabelsTable } from "../../clinic/labels-table.ts";
import {
  countHome,
  decideSetAside,
  type Home,
  hashContent,
  listAnnotations,
  listImages,
  openHome,
  patientsNamed,
  readSetAside,
} from "../../store/index.ts";
import { findFiles } from "./find-files.ts";
import { type ImportReport, importRadiographs } from "./import-radiographs.ts";

const side = 40;
/** A picture of its own for each number. */
const values = (number: number): number[] =>
  Array.from({ length: side * side }, (_, i) => Math.round(127 + 120 * Math.sin(i / (3 + number) + (i % side) / 9)));

const png = async (number: number): Promise<Uint8Array> => {
  const picture = sharp(Uint8Array.from(values(number)), { raw: { width: side, height: side, channels: 1 } });
  return picture.toColourspace("b-w").png().toBuffer();
};

const dicom = (number: number, more: Elements = []): Uint8Array =>
  dicomFile(greyElements({ width: side, height: side, values: values(number), bits: 8 }, more));

let root: string;
let folder: string;
let home: Home;
let number = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "osteon-cohort-"));
  home = await openHome(join(root, "home"), { command: "a test", since: "", create: true });
});
afterAll(async () => {
  await home.close();
  await rm(root, { recursive: true, force: true });
});
beforeEach(async () => {
  folder = join(root, String(number++));
  await mkdir(folder, { recursive: true });
});
afterEach(async () => {
  for (const table of ["image_annotations", "duplicates", "images", "quarantine"] as const)
    await home.database.deleteFrom(table).execute();
});

const put = async (name: string, content: Uint8Array | string): Promise<string> => {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
};

const importAll = async (table?: string, paths: readonly string[] = [folder]): Promise<ImportReport> => {
  const labels = table === undefined ? undefined : parseLabelsTable(new TextEncoder().encode(table));
  return importRadiographs(home, await findFiles(paths), labels ? { labels } : {});
};

/** What the home says of each file name. */
const stored = async <Key extends "patient" | "entity" | "sourcePatient">(key: Key): Promise<Record<string, unknown>> =>
  Object.fromEntries((await listImages(home.database)).map((image) => [image.fileName, image[key]]));

const reasons = ({ quarantined }: ImportReport): Record<string, string> =>
  Object.fromEntries(quarantined.map(({ file, reason }) => [file.slice(folder.length + 1), reason]));

describe("labels", () => {
  test("a row names the end of a path, in either spelling of slashes and letters", async () => {
    await put("left/1.png", await png(1));
    await put("right/1.png", await png(2));
    await put("ü.png".normalize("NFD"), await png(3));
    const report = await importAll("image,patient\nleft\\1.png,L\nright/1.png,R\nü.png,U\n");
    expect(report).toMatchObject({ imported: 3, unmatchedLabels: 0, labelProblems: [] });
    expect(Object.values(await stored("patient")).sort()).toEqual(["R", "U"]); // by file name, 1.png stands once
    expect(new Set((await listImages(home.database)).map(({ patient }) => patient))).toEqual(new Set(["L", "R", "U"]));
  });

  test("a lesion's box becomes a mark on its radiograph, at once or later, and a corrected one takes its place", async () => {
    await put("1.png", await png(1));
    await put("2.png", await png(2));
    const head = "image,box_x,box_y,box_width,box_height\n";
    await importAll(`${head}1.png,1,2,10,20\n2.png,100,100,10,10\n`);
    const marks = async () =>
      (await listAnnotations(home.database)).map(({ source, annotations }) => [source, annotations]);
    const mark = (...box: number[]) => ["labels", [{ kind: "box", label: "lesion", box }]];
    expect(await marks()).toEqual([mark(1, 2, 11, 22)]); // the other lies beside its picture
    await importAll(`${head}1.png,5,6,7,8\n`);
    expect(await marks()).toEqual([mark(5, 6, 12, 14)]);
    await importAll("image,entity\n1.png,Chordoma\n");
    expect(await marks()).toEqual([mark(5, 6, 12, 14)]);
  });

  test("a name that several different files have labels none of them, and is told by its line", async () => {
    await put("left/1.png", await png(1));
    await put("right/1.png", await png(2));
    await put("2.png", await png(3));
    const table = "image,entity\n1.png,Chordoma\n2.png,Osteosarcoma\n";
    const expected = [
      {
        code: "ambiguous-image",
        line: 2,
        detail: "The row names 2 different files; name folders too. It was left out.",
      },
    ];
    expect((await importAll(table)).labelProblems).toEqual(expected);
    expect(await stored("entity")).toEqual({ "1.png": null, "2.png": "Osteosarcoma" });
    expect((await importAll(table)).labelProblems).toEqual(expected); // the same when all are known
    expect(await stored("entity")).toEqual({ "1.png": null, "2.png": "Osteosarcoma" });
  });

  test("a name that a broken file has too labels neither, one that copies of one picture have labels it", async () => {
    await put("left/1.png", await png(1));
    await put("right/1.png", (await png(2)).subarray(0, 200));
    await put("left/2.png", await png(3));
    await put("right/2.png", await png(3));
    const report = await importAll("image,entity\n1.png,Chordoma\n2.png,Osteosarcoma\n");
    expect(report).toMatchObject({ imported: 2, duplicates: 1, labelProblems: [{ line: 2 }] });
    expect(await stored("entity")).toEqual({ "1.png": null, "2.png": "Osteosarcoma" });
  });

  test("rows that name no file are counted", async () => {
    await put("1.png", await png(1));
    await put("broken.png", "");
    const report = await importAll(
      "image,entity\n1.png,Chordoma\nbroken.png,Chordoma\n3.png,Chordoma\nx/1.png,Chordoma\n",
    );
    expect(report).toMatchObject({ unmatchedLabels: 2, labelProblems: [] });
  });

  test("a row that names a copy speaks of the stored radiograph, also within one import", async () => {
    await put("a.png", await png(1));
    await put("b.dcm", dicom(1));
    expect(await importAll("image,entity\nb.dcm,Chordoma\n")).toMatchObject({ imported: 1, duplicates: 1 });
    expect(await stored("entity")).toEqual({ "a.png": "Chordoma" });
    await importAll("image,entity\nb.dcm,Osteosarcoma\n");
    expect(await stored("entity")).toEqual({ "a.png": "Osteosarcoma" });
    // The name under which it is stored serves too, though no file has it any more.
    const moved = await put("moved.png", await png(1));
    expect(await importAll("image,entity\na.png,Enchondroma\n", [moved])).toMatchObject({ unmatchedLabels: 0 });
    expect(await stored("entity")).toEqual({ "a.png": "Enchondroma" });
  });

  test("rows that contradict each other over one radiograph are told, and the first file's holds", async () => {
    await put("a.png", await png(1));
    await put("b.png", await png(1));
    const table = "image,patient,entity\nb.png,P2,Chordoma\na.png,P1,Chordoma\n";
    const { labelProblems } = await importAll(table);
    expect(labelProblems).toEqual([
      {
        code: "contradiction",
        line: 2,
        detail: "Another row says otherwise of the same radiograph (patient); this one was left out.",
      },
    ]);
    expect(await stored("patient")).toEqual({ "a.png": "P1" });
    await importAll(table);
    expect(await stored("patient")).toEqual({ "a.png": "P1" });
  });
});

describe("patients", () => {
  test("whom the file names is kept, whatever the table says", async () => {
    const named: Elements = [[0x00100020, "LO", " PACS-7 "]];
    await put("a.dcm", dicom(1, named));
    await put("b.dcm", dicom(2, named));
    await put("c.png", await png(3));
    await importAll("image,patient\na.dcm,P1\nc.png,P1\n");
    expect(await stored("sourcePatient")).toEqual({ "a.dcm": "PACS-7", "b.dcm": "PACS-7", "c.png": "c" });
    expect(await stored("patient")).toEqual({ "a.dcm": "P1", "b.dcm": "PACS-7", "c.png": "P1" });
    expect(await patientsNamed(home.database, patientId("PACS-7"))).toEqual(["P1", "PACS-7"]);
  });

  test("namesakes in different folders are different persons, in one import or in several", async () => {
    const patientsOf = async (): Promise<string[]> =>
      (await listImages(home.database)).map(({ patient }) => patient).sort();
    const other = (name: string): string => `1@${hashContent(join(folder, name)).slice(0, 8)}`;
    await put("left/1.png", await png(1));
    await put("right/1.png", await png(2));
    await put("right/1.dcm", dicom(3));
    await importAll();
    expect(await patientsOf()).toEqual(["1", other("right"), other("right")]);
    expect(await patientsNamed(home.database, patientId("1"))).toEqual(["1", other("right")]);
    await put("up/1.png", await png(4));
    await put("left/1.dcm", dicom(5));
    await importAll();
    expect(await patientsOf()).toEqual(["1", "1", ...[other("right"), other("right"), other("up")].sort()]);
  });

  test("a file that is called like a patient whom a header names is taken for this patient's", async () => {
    await put("a/x.dcm", dicom(1, [[0x00100020, "LO", "P7"]]));
    await put("b/P7.png", await png(2));
    await importAll();
    expect(await stored("patient")).toEqual({ "x.dcm": "P7", "P7.png": "P7" });
  });
});

describe("what is set aside", () => {
  test("no radiograph: by the modality or by the colour", async () => {
    const of = (modality: string): Elements => [[0x00080060, "CS", modality]];
    for (const [i, modality] of ["CR", "DX", "OT", "SC", "CT", "MG", "SMITH"].entries())
      await put(`${modality}.dcm`, dicom(i, of(modality)));
    const colour = Uint8Array.from({ length: side * side * 3 }, (_, i) => [200, 60, (i * 7) & 127][i % 3]!);
    const raw = { width: side, height: side, channels: 3 } as const;
    await put("photo.png", await sharp(colour, { raw }).png().toBuffer());
    const tinted = Uint8Array.from({ length: side * side * 3 }, (_, i) => values(9)[Math.floor(i / 3)]! - (i % 3));
    await put("tinted.png", await sharp(tinted, { raw }).png().toBuffer());
    const report = await importAll();
    expect(Object.keys(await stored("patient"))).toEqual(["CR.dcm", "DX.dcm", "OT.dcm", "SC.dcm", "tinted.png"]);
    expect(reasons(report)).toEqual({
      "CT.dcm": "The file is no radiograph but computed tomography (CT).",
      "MG.dcm": "The file is no radiograph but mammography (MG).",
      "SMITH.dcm": "The file is no radiograph: it says that it is of another modality.",
      "photo.png": expect.stringMatching(/^The picture is in colour \(.* %.*\), as no radiograph is\.$/),
    });
    const { rows } = await selectQuarantine();
    expect(new Set(rows.map(({ code }) => code))).toEqual(new Set(["not-a-radiograph"]));
  });

  test("keeps its bytes, but for those that a person deleted, and comes in when a person says so", async () => {
    const colour = Uint8Array.from({ length: side * side * 3 }, (_, i) => [200, 60, (i * 7) & 127][i % 3]!);
    const raw = { width: side, height: side, channels: 3 } as const;
    const photo = await sharp(colour, { raw }).png().toBuffer();
    const path = await put("photo.png", photo);
    const { quarantined } = await importAll();
    const [{ id }] = quarantined as [(typeof quarantined)[number]];
    const [file] = await readSetAside(home.database, [id]);
    expect(file).toMatchObject({ fileName: "photo.png", code: "not-a-radiograph", kept: "kept", decision: null });
    expect(Buffer.from(photo).equals(await readFile(home.files.setAsidePath(id)))).toBe(true);

    await decideSetAside(home.database, [file!], { decision: "deleted", by: "a person", at: new Date() });
    await home.files.removeSetAside(id);
    await importAll();
    expect(await readSetAside(home.database, [id])).toMatchObject([{ kept: null, decision: { decision: "deleted" } }]);
    await expect(readFile(home.files.setAsidePath(id))).rejects.toThrow("ENOENT");

    expect(await importRadiographs(home, [path], { anyway: true })).toMatchObject({ imported: 1, quarantined: [] });
    expect((await listImages(home.database)).map(({ fileName }) => fileName)).toEqual(["photo.png"]);
  });

  test("a file beyond the limit, by its size alone", async () => {
    const path = await put("huge.dcm", "");
    const file = await open(path, "w");
    await file.truncate(64 * 2 ** 30);
    await file.close();
    const start = performance.now();
    const report = await importAll();
    expect(performance.now() - start).toBeLessThan(5_000); // a minute and more if it were read
    expect(reasons(report)).toEqual({ "huge.dcm": "The file is larger than 512 MiB." });
  });

  test("a file that vanishes after it was found, and the import goes on", async () => {
    const gone = await put("a.png", await png(1));
    await put("b.png", await png(2));
    const files = await findFiles([folder]);
    await rm(gone);
    const report = await importRadiographs(home, files);
    expect(report.imported).toBe(1);
    expect(reasons(report)).toEqual({ "a.png": "The file cannot be opened (ENOENT)." });
  });

  test("is released once the file, or a copy of it, comes in", async () => {
    const quarantined = async (): Promise<number> => (await countHome(home.database)).quarantined;
    const gone = await put("gone.png", "");
    const files = await findFiles([folder]);
    await rm(gone);
    await importRadiographs(home, files); // set aside by its path
    const cut = await put("cut.png", (await png(1)).subarray(0, 200));
    await importAll(); // set aside by its content
    expect(await quarantined()).toBe(2);
    await copyFile(cut, join(folder, "copy.png")); // broken too, at another place
    await writeFile(cut, await png(1));
    await writeFile(gone, await png(1));
    const report = await importAll();
    expect(report).toMatchObject({ imported: 1, duplicates: 1 });
    expect(reasons(report)).toEqual({ "copy.png": "The PNG ends inside its IDAT chunk." });
    expect(await quarantined()).toBe(1);
  });
});

test("files that change while they are imported are stored as they were decoded, under the hash of what is stored", async () => {
  const paths = await Promise.all(Array.from({ length: 30 }, async (_, i) => put(`${i}.png`, await png(i))));
  const files = await findFiles([folder]);
  const report = await importRadiographs(home, files, {
    onProgress: (done) => {
      if (done === 1)
        for (const [i, path] of paths.entries()) void png(100 + i).then((bytes) => writeFile(path, bytes));
    },
  });
  expect(report.imported + report.quarantined.length).toBe(30);
  const images = await listImages(home.database);
  expect(images).toHaveLength(report.imported);
  for (const { id } of images) {
    expect(hashContent(await readFile(join(root, "home", "files", id.slice(0, 2), id)))).toBe(id);
  }
});

const selectQuarantine = async (): Promise<{ rows: { code: string }[] }> => ({
  rows: await home.database.selectFrom("quarantine").select("code").execute(),
});
