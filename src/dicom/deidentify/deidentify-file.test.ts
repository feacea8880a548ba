import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dicomFile, greyElements } from "../../../test/support/dicom-file.ts";
import { plantFile, survivors } from "../../../test/support/planted-file.ts";
import { Unreadable } from "../../imaging/unreadable.ts";
import { Random } from "../../numeric/random.ts";
import { type ElementTree, readElementTree, type TreeElement } from "../element-tree.ts";
import { sequenceItems } from "../parse-data-set.ts";
import { readDicomPicture } from "../read-dicom-picture.ts";
import { readPart10 } from "../read-part10.ts";
import { TAGS } from "../tags.ts";
import { writeDataSet } from "../write-data-set.ts";
import type { ConfidentialityRow } from "./confidentiality-table.ts";
import { type DeidentifiedFile, type DeidentifySettings, deidentifyFile } from "./deidentify-file.ts";
import { isPseudonym, isReplacedUid } from "./keyed-identity.ts";
import { isProfileOption, type ProfileOption, profileOptions } from "./profile-options.ts";
import { verifyFile } from "./verify-file.ts";

const key = new Uint8Array(32).fill(9);
const sopClassUid = "1.2.840.10008.5.1.4.1.1.1.1";
const fixtures = resolve(import.meta.dirname, "../../../test/fixtures/dicom");
const latestDate = "20261231";
const allOptions = Object.keys(profileOptions).filter(isProfileOption);

const deidentify = async (bytes: Uint8Array, settings: Partial<DeidentifySettings> = {}): Promise<DeidentifiedFile> => {
  const outcome = await deidentifyFile(bytes, { key, options: [], burnedIn: "judge", ...settings });
  if (!outcome.ok) throw new Error(outcome.detail);
  return outcome.file;
};

const text = (tag: number, vr: string, value: string | Uint8Array): TreeElement => ({
  tag,
  vr,
  content: { kind: "value", bytes: typeof value === "string" ? new TextEncoder().encode(value) : value },
});
const sequence = (tag: number, ...items: readonly ElementTree[]): TreeElement => ({
  tag,
  vr: "SQ",
  content: { kind: "items", items },
});
const file = (...elements: readonly TreeElement[]): Uint8Array =>
  writeDataSet([text(0x00080016, "UI", sopClassUid), ...elements], {
    ...{ sopClassUid, sopInstanceUid: "1.3.4", transferSyntaxUid: "1.2.840.10008.1.2.1" },
  });
const textOf = ({ bytes }: DeidentifiedFile, tag: number): string | undefined => {
  const { dataSet } = readPart10(bytes);
  return dataSet.text(tag, dataSet.texts(TAGS.SpecificCharacterSet));
};

describe("what is planted never survives", () => {
  const optionSets = fc.subarray(allOptions);
  /** What an option keeps on purpose. */
  const isKept =
    (options: readonly ProfileOption[]) =>
    ({ options: actions, vr }: ConfidentialityRow): boolean =>
      options.some((option) => {
        const action = actions[profileOptions[option].column];
        return action === "K" || (option === "retain-device" && action === "C") || (action === "C" && vr === "TM");
      });

  test("in any attribute of the table, nested or private, with any options, in either coding", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), optionSets, fc.boolean(), async (seed, options, isImplicit) => {
        const { bytes, planted } = plantFile({
          ...{ random: new Random(seed, "planted"), around: [], sopClassUid, isLeftOut: isKept(options) },
          transferSyntaxUid: isImplicit ? "1.2.840.10008.1.2" : "1.2.840.10008.1.2.1",
        });
        // A date that moved may be another date that was planted.
        const telling = planted.filter(({ vr }) => vr !== "DA" || !options.includes("retain-longitudinal"));
        expect(survivors(bytes, telling).length).toBe(telling.length);
        const clean = await deidentify(bytes, { options });
        expect(survivors(clean.bytes, telling)).toEqual([]);
        expect((await verifyFile(clean.bytes, { latestDate })).findings).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

  test("where a name stands in text that the profile keeps or cleans", async () => {
    const name = fc.stringMatching(/^[A-Z][a-zäöüß]{3,9}$/).filter((word) => !/^(femur|links)$/i.test(word));
    await fc.assert(
      fc.asyncProperty(name, name, fc.constantFrom("ISO_IR 100", "ISO_IR 192"), async (family, given, charset) => {
        const encode = (value: string): Uint8Array =>
          charset === "ISO_IR 192" ? new TextEncoder().encode(value) : Uint8Array.from(Buffer.from(value, "latin1"));
        const bytes = file(
          text(0x00080005, "CS", charset),
          text(0x00100010, "PN", encode(`${family}^${given}`)),
          text(0x00081030, "LO", encode(`Femur ${given} ${family} links`)), // StudyDescription: in the table
          text(0x00081090, "LO", encode(`Model ${family}`)), // ManufacturerModelName: not in the table
          sequence(0x00082218, [text(0x00080104, "LO", encode(`Femur of ${family.toUpperCase()}`))]),
        );
        const clean = await deidentify(bytes, { options: ["clean-descriptors"] });
        const all = Buffer.from(clean.bytes).toString("utf8").toLowerCase();
        expect([family, given].filter((word) => all.includes(word.toLowerCase()))).toEqual([]);
        expect(textOf(clean, 0x00081030)).toBe("Femur links");
        expect(textOf(clean, 0x00081090)).toBe("Model");
      }),
      { numRuns: 60 },
    );
  });
});

test("UIDs are replaced alike everywhere, well-known ones stay, and the file says what was done", async () => {
  const clean = await deidentify(
    file(
      text(0x00080018, "UI", "1.3.4"),
      text(0x00100020, "LO", "4711"),
      text(0x00200052, "UI", "1.3.9"),
      text(0x0020000d, "UI", "1.3.1"),
      sequence(0x00081140, [text(0x00081150, "UI", sopClassUid), text(0x00081155, "UI", "1.3.4")]),
    ),
    { options: ["retain-longitudinal", "clean-descriptors"] },
  );
  const { meta, dataSet } = readPart10(clean.bytes);
  const instance = dataSet.text(TAGS.SOPInstanceUID)!;
  expect(isReplacedUid(instance)).toBe(true);
  expect(meta.text(0x00020003)).toBe(instance);
  const [reference] = sequenceItems(dataSet, 0x00081140);
  expect(reference?.text(0x00081155)).toBe(instance);
  expect(reference?.text(0x00081150)).toBe(sopClassUid);
  expect(isPseudonym(dataSet.text(TAGS.PatientID)!)).toBe(true);
  expect(dataSet.text(0x00120062)).toBe("YES");
  expect(dataSet.text(0x00280303)).toBe("MODIFIED");
  expect(sequenceItems(dataSet, 0x00120064).map((item) => item.text(0x00080100))).toEqual([
    "113100",
    "113105",
    "113107",
  ]);
});

test("the dates of one patient move together, and times stay", async () => {
  const dated = (day: string): Promise<DeidentifiedFile> =>
    deidentify(file(text(0x00080020, "DA", day), text(0x00080030, "TM", "101112"), text(0x00100020, "LO", "4711")), {
      options: ["retain-longitudinal"],
    });
  const [a, b] = await Promise.all([dated("20200101"), dated("20200131")]);
  const day = (written: string): number => Date.parse(written.replace(/(....)(..)(..)/, "$1-$2-$3")) / 86_400_000;
  expect(day(textOf(b, 0x00080020)!) - day(textOf(a, 0x00080020)!)).toBe(30);
  expect(textOf(a, 0x00080020)! < "20190102").toBe(true);
  expect(textOf(a, 0x00080030)).toBe("101112");
});

test("private, unknown, curve and overlay attributes go, also from sequences, and group lengths", async () => {
  const inner = [text(0x00091001, "LO", "secret"), text(0x00080104, "LO", "Femur")];
  const clean = await deidentify(
    file(
      text(0x00080000, "UL", new Uint8Array(4)),
      text(0x00089999, "LO", "secret"),
      text(0x00090010, "LO", "secret"),
      sequence(0x00082218, inner),
      text(0x50000005, "US", new Uint8Array(2)),
      text(0x60000010, "US", new Uint8Array(2)),
    ),
  );
  const tree = readElementTree(readPart10(clean.bytes).dataSet);
  const tags = tree.map(({ tag }) => tag);
  expect(
    tags.filter((tag) => tag >>> 16 === 9 || tag >>> 24 >= 0x50 || tag % 65536 === 0 || tag === 0x00089999),
  ).toEqual([]);
  expect(Buffer.from(clean.bytes).includes("secret")).toBe(false);
  expect(sequenceItems(readPart10(clean.bytes).dataSet, 0x00082218)[0]?.text(0x00080104)).toBe("Femur");
});

test("pixels in a sequence, large values that are no pixels, and text of another VR than its attribute's go", async () => {
  const large = new Uint8Array(2 ** 17);
  large.set(new TextEncoder().encode("secret"), 2 ** 16);
  const clean = await deidentify(
    file(
      text(0x00081140, "LO", "secret"), // ReferencedImageSequence
      sequence(0x00082218, [text(0x00080104, "LO", "Femur"), text(0x7fe00010, "OW", large)]),
      text(0x00282000, "OB", Uint8Array.of(1, 2)), // ICCProfile
      text(0x04000564, "LO", "secret"),
      text(0x00101010, "LO", "secret"), // PatientAge
      text(0x00660023, "OB", large),
    ),
    { options: ["retain-patient-characteristics"] },
  );
  expect(Buffer.from(clean.bytes).includes("secret")).toBe(false);
  const { dataSet } = readPart10(clean.bytes);
  expect(dataSet.elements.has(0x00282000)).toBe(true);
  expect([...sequenceItems(dataSet, 0x00082218)[0]!.elements.keys()]).toEqual([0x00080104]);
  expect(clean.changes).toContainEqual({ attribute: "7fe00010", treatment: "remove", count: 1 });
});

test("a number of the patient goes where series are numbered by it", async () => {
  const clean = await deidentify(
    file(text(0x00100020, "LO", "4711001"), text(0x00200011, "IS", "4711001 "), text(0x00200013, "IS", "4711")),
  );
  expect(textOf(clean, 0x00200011)).toBeUndefined();
  expect(textOf(clean, 0x00200013)).toBe("4711");
});

test("only UIDs that the standard can have given count as its own", async () => {
  const clean = await deidentify(
    file(
      text(0x0020000d, "UI", "1.2.840.10008.19560312.4711001"),
      text(0x00200052, "UI", "1.2.840.10008.1.4.1.1"), // Talairach brain atlas
      text(0x0020000e, "UI", "1.2.840.10008.MEIER"),
    ),
  );
  expect(isReplacedUid(textOf(clean, 0x0020000d)!)).toBe(true);
  expect(isReplacedUid(textOf(clean, 0x0020000e)!)).toBe(true);
  expect(textOf(clean, 0x00200052)).toBe("1.2.840.10008.1.4.1.1");
});

test("a short name in Chinese is found again in text that stays", async () => {
  const clean = await deidentify(
    file(
      text(0x00080005, "CS", "ISO_IR 192"),
      text(0x00100010, "PN", "Wang^Min=王^敏"),
      text(0x00081090, "LO", "Model 王敏"), // ManufacturerModelName
      text(0x00080070, "LO", "王 Systems"),
    ),
  );
  expect(textOf(clean, 0x00081090)).toBe("Model");
  expect(textOf(clean, 0x00080070)).toBe("Systems");
});

test("a patient stays one, whichever character set a file writes the name in", async () => {
  const named = (charset: string, name: Uint8Array): Promise<DeidentifiedFile> =>
    deidentify(file(text(0x00080005, "CS", charset), text(0x00100010, "PN", name)));
  const latin = await named("ISO_IR 100", Uint8Array.from(Buffer.from("Müller^Jörg", "latin1")));
  const unicode = await named("ISO_IR 192", new TextEncoder().encode("Müller^Jörg"));
  expect(unicode.pseudonym).toBe(latin.pseudonym);
});

test("an attribute and a sequence of unknown VR are treated as what they are", async () => {
  const item = writeDataSet([text(0x00100010, "PN", "Meier^Anna")], {
    ...{ sopClassUid, sopInstanceUid: "1.2", transferSyntaxUid: "1.2.840.10008.1.2" },
  });
  const element = item.subarray(item.length - 18); // the name alone: tag, length, ten letters
  const head = Uint8Array.of(0xfe, 0xff, 0x00, 0xe0, element.length, 0, 0, 0);
  const value = Uint8Array.from([...head, ...element]);
  const clean = await deidentify(file(text(0x00081115, "UN", value), text(0x00100010, "UN", "Meier^Anna")));
  expect(Buffer.from(clean.bytes).includes("Meier")).toBe(false);
  expect(readPart10(clean.bytes).dataSet.elements.has(0x00081115)).toBe(true);
});

test("text becomes UTF-8 where it is not ASCII", async () => {
  const clean = await deidentify(
    file(text(0x00080005, "CS", "ISO_IR 100"), text(0x00080070, "LO", Uint8Array.of(0x47, 0xf6, 0x72))),
  );
  expect(textOf(clean, TAGS.SpecificCharacterSet)).toBe("ISO_IR 192");
  expect(textOf(clean, 0x00080070)).toBe("Gör");
});

describe("files of every transfer syntax", () => {
  const names = readdirSync(fixtures).filter((name) => name.endsWith(".dcm"));

  test.each(names)("%s keeps its picture", async (name) => {
    const bytes = new Uint8Array(readFileSync(join(fixtures, name)));
    const before = await readDicomPicture(bytes).catch((error: unknown) => error);
    const outcome = await deidentifyFile(bytes, { key, options: [], burnedIn: "keep" }).catch(
      (error: unknown) => error,
    );
    if (before instanceof Unreadable) return; // a damaged fixture: refused or set aside, never a crash
    const { ok, file: clean } = outcome as { ok: boolean; file: DeidentifiedFile };
    if (!ok) return expect(outcome).toMatchObject({ code: "no-class" });
    const after = await readDicomPicture(clean.bytes);
    expect(after.pixelHash).toBe((before as typeof after).pixelHash);
    expect((await verifyFile(clean.bytes, { latestDate })).findings).toEqual([]);
    const declared = readPart10(bytes).transferSyntax;
    const isTurned = declared.deflated || !declared.littleEndian;
    expect(readPart10(clean.bytes).transferSyntax.uid).toBe(isTurned ? "1.2.840.10008.1.2.1" : declared.uid);
  });
});

describe("pixels", () => {
  /** A dark plate with writing of blocks, which no detector takes for text, or nothing. */
  const plate = (more: Parameters<typeof greyElements>[1] = []) =>
    dicomFile(
      greyElements({ width: 64, height: 48, values: Array.from({ length: 64 * 48 }, (_, i) => i % 97), bits: 12 }, [
        [0x00080016, "UI", sopClassUid],
        ...(more ?? []),
      ]),
    );

  test("what is declared as burned in and not found needs a person, and so does what cannot be decoded", async () => {
    const declared = plate([[0x00280301, "CS", "YES"]]);
    expect(await deidentifyFile(declared, { key, options: [], burnedIn: "judge" })).toMatchObject({
      ok: false,
      code: "uncertain-text",
    });
    const cut = plate([[0x00280010, "US", [480]]]);
    expect(await deidentifyFile(cut, { key, options: [], burnedIn: "mask" })).toMatchObject({
      ok: false,
      code: "unjudged-pixels",
    });
    const document = plate([[0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.104.1"]]);
    expect(await deidentifyFile(document, { key, options: [], burnedIn: "keep" })).toMatchObject({
      ok: false,
      code: "document",
    });
  });

  test("overlays in unused bits and bytes behind the picture go", async () => {
    const values = Array.from({ length: 64 * 48 }, (_, i) => (i % 97) | 0x8000);
    const bytes = dicomFile(
      greyElements({ width: 64, height: 48, values: [...values, 0x6554, 0x7473], bits: 12 }, [
        [0x00080016, "UI", sopClassUid], // the attributes of the overlay are gone already
      ]),
    );
    const { dataSet } = readPart10((await deidentify(bytes)).bytes);
    expect(dataSet.words(TAGS.PixelData)).toEqual(values.map((value) => value & 0xfff));
  });

  test("an offset table that holds no offsets becomes empty", async () => {
    const own = readElementTree(readPart10(new Uint8Array(readFileSync(join(fixtures, "jpeg-ls.dcm")))).dataSet);
    const withTable = (table: string): Uint8Array =>
      writeDataSet(
        own.map((element) =>
          element.content.kind === "fragments"
            ? {
                ...element,
                content: {
                  kind: "fragments",
                  fragments: [new TextEncoder().encode(table), ...element.content.fragments.slice(1)],
                },
              }
            : element,
        ),
        { sopClassUid, sopInstanceUid: "1.3.4", transferSyntaxUid: "1.2.840.10008.1.2.4.80" },
      );
    const tableOf = async (table: string): Promise<number> => {
      const clean = await deidentify(withTable(table), { burnedIn: "keep" });
      return readPart10(clean.bytes).dataSet.elements.get(TAGS.PixelData)!.fragments![0]!.length;
    };
    expect(await tableOf("\0\0\0\0")).toBe(4);
    expect(await tableOf("MeierAnn")).toBe(0);
  });

  test("files that are kept as they are say so by leaving the code out", async () => {
    const clean = await deidentify(plate(), { burnedIn: "keep" });
    const codes = sequenceItems(readPart10(clean.bytes).dataSet, 0x00120064).map((item) => item.text(0x00080100));
    expect(codes).toEqual(["113100"]);
    expect(await verifyFile(clean.bytes, { latestDate })).toEqual({ findings: [], pixels: "kept by choice" });
  });
});

test("verification finds what is put back", async () => {
  const clean = await deidentify(file(text(0x00100020, "LO", "4711"), text(0x0020000d, "UI", "1.3.1")));
  const tree = readElementTree(readPart10(clean.bytes).dataSet);
  const meta = { sopClassUid, sopInstanceUid: clean.sopInstanceUid, transferSyntaxUid: "1.2.840.10008.1.2.1" };
  const put = async (...elements: readonly TreeElement[]): Promise<string[]> => {
    const tags = new Set(elements.map(({ tag }) => tag));
    const bytes = writeDataSet([...tree.filter(({ tag }) => !tags.has(tag)), ...elements], meta);
    return (await verifyFile(bytes, { latestDate })).findings.map(({ attribute }) => attribute);
  };
  expect(await put()).toEqual([]);
  expect(await put(text(0x00100010, "PN", "Meier^Anna"))).toEqual(["PatientName"]);
  expect(await put(text(0x00101040, "LO", "Street 1"))).toEqual(["PatientAddress"]);
  expect(await put(text(0x0020000d, "UI", "1.3.1"))).toEqual(["StudyInstanceUID"]);
  expect(await put(text(0x00080020, "DA", "20200101"))).toEqual(["StudyDate"]);
  expect(await put(text(0x00090010, "LO", "MAKER"))).toEqual(["PrivateAttributes"]);
  expect(await put(sequence(0x00082218, [text(0x00100010, "PN", "Meier^Anna")]))).toEqual(["PatientName"]);
  expect(await put(text(0x00120062, "CS", "NO"))).toEqual(["file"]);
  expect(await put(sequence(0x00082218, [text(0x7fe00010, "OB", "Meier")]))).toEqual(["00082218"]);
});

const realFiles = resolve(import.meta.dirname, "../../../../shared/data/dicom");
const has = (command: string, ...words: string[]): boolean => spawnSync(command, words).error === undefined;
const python = "/usr/bin/python3";

const errorsOf = (path: string): number => {
  const { stderr, stdout } = spawnSync("dciodvfy", [path], { encoding: "latin1" });
  return `${stderr}${stdout}`.split("\n").filter((line) => line.startsWith("Error")).length;
};

/** Radiographs of the kinds that Osteon is for. */
const realRadiographs = (): string[] =>
  ["wg04-radiographs", "torchxrayvision-cr-chest"].flatMap((folder) =>
    readdirSync(join(realFiles, folder))
      .map((name) => join(realFiles, folder, name))
      .filter((path) => statSync(path).isFile() && path.endsWith(".dcm")),
  );

test.skipIf(!existsSync(realFiles) || !has("dciodvfy"))(
  "dciodvfy finds no more in real radiographs than before (skipped where dicom3tools or ../shared is missing)",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "deidentify-"));
    try {
      const worse: string[] = [];
      for (const path of realRadiographs()) {
        const outcome = await deidentifyFile(new Uint8Array(readFileSync(path)), {
          ...{ key, options: ["clean-descriptors", "retain-longitudinal"], burnedIn: "keep" },
        });
        if (!outcome.ok) continue;
        const target = join(folder, "clean.dcm");
        writeFileSync(target, outcome.file.bytes);
        if (errorsOf(target) > errorsOf(path)) worse.push(path);
      }
      expect(worse).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
  120_000,
);

test.skipIf(!has(python) || spawnSync(python, ["-c", "import pydicom"]).status !== 0)(
  "pydicom reads the output (skipped where python3-pydicom is missing)",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "deidentify-"));
    try {
      const { bytes } = plantFile({ random: new Random(5, "pydicom"), around: [], sopClassUid });
      const clean = await deidentify(bytes, { options: ["clean-descriptors"] });
      writeFileSync(join(folder, "clean.dcm"), clean.bytes);
      const script =
        "import sys, pydicom; d = pydicom.dcmread(sys.argv[1]); list(d.iterall()); " +
        "print(d.file_meta.MediaStorageSOPInstanceUID == d.SOPInstanceUID, d.PatientIdentityRemoved, " +
        "[c.CodeValue for c in d.DeidentificationMethodCodeSequence])";
      const { stdout, stderr } = spawnSync(python, ["-c", script, join(folder, "clean.dcm")], { encoding: "utf8" });
      expect({ stdout: stdout.trim(), stderr }).toEqual({ stdout: "True YES ['113100', '113105']", stderr: "" });
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
);
