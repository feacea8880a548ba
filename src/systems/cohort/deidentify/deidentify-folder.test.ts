import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { plantFile } from "../../../../test/support/planted-file.ts";
import { Random } from "../../../numeric/random.ts";
import { type DeidentifyOptions, type DeidentifyReport, deidentifyFolder, verifyFolder } from "./index.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "deidentify-"));
  mkdirSync(join(root, "pacs"));
});
afterEach(() => rmSync(root, { recursive: true }));

const at = (...parts: readonly string[]): string => join(root, ...parts);
const run = (more: Partial<DeidentifyOptions> = {}): Promise<DeidentifyReport> =>
  deidentifyFolder([at("pacs")], { to: at("clean"), keyFile: at("key.json"), workers: 1, ...more });

/** Every file below a folder with the hash of its content; the journal's lines are in the order of the work. */
const contents = (folder: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => statSync(join(folder, name)).isFile())
      .sort()
      .map((name) => [
        name,
        createHash("sha256")
          .update(readFileSync(join(folder, name)))
          .digest("hex"),
      ]),
  );

const plant = (name: string, seed: number): readonly string[] => {
  const { bytes, planted } = plantFile({
    ...{ random: new Random(seed, "folder"), around: [], sopClassUid: "1.2.840.10008.5.1.4.1.1.1" },
  });
  writeFileSync(at("pacs", name), bytes);
  return planted.filter(({ vr }) => vr === "PN" || vr === "LO").flatMap(({ value }) => value.split("^"));
};

const jpegWithMetadata = (): Promise<Buffer> =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: "#404040" } })
    .jpeg()
    .withExif({ IFD0: { Artist: "Meier Anna", ImageDescription: "Knie Meier" } })
    .toBuffer();

const latestDate = "20261231";

test("a folder becomes clean, whatever it holds, and verification agrees", async () => {
  const identifiers = [...plant("Meier^Anna.dcm", 1), ...plant("b.dcm", 2), "Meier", "geheim"];
  writeFileSync(at("pacs", "c.jpg"), await jpegWithMetadata());
  const plain = await sharp({ create: { width: 60, height: 40, channels: 3, background: "#404040" } })
    .png()
    .toBuffer();
  const chunk = Buffer.concat([Buffer.from("tEXtAuthor\0geheim", "latin1")]);
  const { crc32 } = await import("node:zlib");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(chunk.length - 4);
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crc32(chunk));
  writeFileSync(at("pacs", "d.png"), Buffer.concat([plain.subarray(0, 33), length, chunk, crc, plain.subarray(33)]));
  writeFileSync(at("pacs", "notes.txt"), "Meier");
  writeFileSync(at("identifiers.txt"), identifiers.join("\n"));

  const report = await run({ options: ["clean-descriptors"], linkage: at("linkage.csv"), workers: 2 });
  expect(report.files).toHaveLength(4);
  expect(report.setAside.map(({ code }) => code)).toEqual(["not-an-image"]);
  expect([...report.sources.values()]).toEqual([at("pacs", "notes.txt")]);
  const verification = await verifyFolder(at("clean"), { latestDate, identifiers: at("identifiers.txt") });
  expect(verification).toEqual({ files: 4, pixelsKept: 0, findings: [] });
  expect(readFileSync(at("linkage.csv"), "utf8")).toContain("Meier^Anna.dcm");
  expect(statSync(at("linkage.csv")).mode & 0o777).toBe(0o600);
  expect(statSync(at("key.json")).mode & 0o777).toBe(0o600);
  expect(readFileSync(at("clean", "report.txt"), "utf8")).toContain("PatientName emptied");
  const { changes } = report.files[0]!;
  expect(changes.find(({ attribute }) => attribute === "PatientAddress")?.treatment).toBe("remove");
});

test("the same key and files give the same bytes, also after a stop half-way", async () => {
  for (let i = 0; i < 6; i++) plant(`${i}.dcm`, i);
  await run();
  const controller = new AbortController();
  const stopped = run({
    ...{ to: at("again"), signal: controller.signal, workers: 1 },
    onProgress: (done) => done === 2 && controller.abort(),
  });
  await expect(stopped).rejects.toMatchObject({ code: "interrupted" });
  expect(existsSync(at("again", "report.json"))).toBe(false);
  const journal = join(at("again"), "journal.jsonl");
  writeFileSync(journal, `${readFileSync(journal, "utf8")}{"mark":"cut off by a ki`);
  writeFileSync(at("again", ".writing-1-abc"), "half");
  await run({ to: at("again") });
  const [first, second] = [contents(at("clean")), contents(at("again"))];
  delete first["journal.jsonl"];
  delete second["journal.jsonl"];
  expect(second).toEqual(first);
});

test("a third run does nothing again, and another key gives other names", async () => {
  plant("a.dcm", 1);
  const one = await run();
  const path = at("clean", one.files[0]!.file);
  const { mtimeMs } = statSync(path);
  await run();
  expect(statSync(path).mtimeMs).toBe(mtimeMs);
  const other = await run({ to: at("other"), keyFile: at("other.json") });
  expect(other.files[0]!.file).not.toBe(one.files[0]!.file);
  await expect(run({ keyFile: at("other.json") })).rejects.toMatchObject({ code: "bad-usage" });
});

test("two at once into one folder: the second is refused, and nothing is left locked", async () => {
  plant("a.dcm", 1);
  const both = await Promise.allSettled([run(), run()]);
  const refused = both.filter(({ status }) => status === "rejected") as PromiseRejectedResult[];
  expect(refused.map(({ reason }) => reason.code)).toEqual(["home-locked"]);
  expect(readdirSync(at("clean")).filter((name) => name.startsWith("lock"))).toEqual([]);
  expect((await run()).files).toHaveLength(1);
});

test("the same object twice is a duplicate; other content under its UID is set aside", async () => {
  plant("a.dcm", 1);
  const bytes = readFileSync(at("pacs", "a.dcm"));
  writeFileSync(at("pacs", "b.dcm"), bytes);
  const other = Buffer.from(bytes);
  other.write("Model", other.indexOf("1.3.6.1."), "latin1"); // another instance UID in the meta information alone
  writeFileSync(at("pacs", "c.dcm"), other);
  const report = await run();
  expect({ files: report.files.length, duplicates: report.duplicates }).toEqual({ files: 1, duplicates: 2 });
});

test("a later delivery does not overwrite what an earlier one wrote under the same UID", async () => {
  plant("a.dcm", 1);
  const first = await run();
  mkdirSync(at("later"));
  const other = readFileSync(at("pacs", "a.dcm"), "latin1").replaceAll("Femur", "Tibia"); // other descriptions
  writeFileSync(at("later", "a.dcm"), other, "latin1");
  writeFileSync(at("later", "b.dcm"), readFileSync(at("pacs", "a.dcm")));
  const deliver = (): Promise<DeidentifyReport> =>
    deidentifyFolder([at("later")], { to: at("clean"), keyFile: at("key.json"), workers: 1, options: described });
  const described = ["clean-descriptors"] as const;
  const own = await run({ options: described }); // other settings write anew
  const before = readFileSync(at("clean", own.files[0]!.file));
  expect(own.files[0]!.file).toBe(first.files[0]!.file);
  const report = await deliver();
  expect({ ...report, setAside: report.setAside.map(({ code }) => code) }).toMatchObject({
    ...{ files: [], duplicates: 1, setAside: ["same-uid"] },
  });
  expect(readFileSync(at("clean", own.files[0]!.file))).toEqual(before);
});

test("what a person decided on text in the pixels is masked, or left, and nothing else is looked for", async () => {
  const values = Uint8Array.from({ length: 80 * 60 }, (_, i) => 100 + (i % 80));
  const raw = { width: 80, height: 60, channels: 1 } as const;
  const picture = await sharp(values, { raw }).toColourspace("b-w").png().toBuffer();
  writeFileSync(at("pacs", "a.png"), picture);
  const hash = createHash("sha256").update(picture).digest("hex");
  const masked = async (decided: DeidentifyOptions["decided"], to: string): Promise<Buffer> => {
    const { files, setAside } = await run({ to: at(to), ...(decided ? { decided } : {}) });
    expect(setAside).toEqual([]);
    return sharp(at(to, files[0]!.file)).toColourspace("b-w").raw().toBuffer();
  };
  const region = { x: 20, y: 10, width: 20, height: 10 };
  const pixels = await masked(new Map([[hash, { regions: [region], isWhole: true }]]), "clean");
  expect([pixels[15 * 80 + 30], pixels[40 * 80 + 30]]).toEqual([100, 130]);
  expect(await masked(new Map([[hash, { regions: [], isWhole: true }]]), "none")).toEqual(Buffer.from(values));
  expect(await masked(new Map([["another", { regions: [region], isWhole: true }]]), "others")).toEqual(
    Buffer.from(values),
  );
  // Decided otherwise later, the same folder is written anew.
  expect(await masked(new Map([[hash, { regions: [], isWhole: true }]]), "clean")).toEqual(Buffer.from(values));
});

describe("places that are refused", () => {
  test("a key or a linkage within the output, an output within the source, and a folder of somebody else", async () => {
    plant("a.dcm", 1);
    await expect(run({ keyFile: at("clean", "key.json") })).rejects.toMatchObject({ code: "bad-usage" });
    await expect(run({ linkage: at("clean", "linkage.csv") })).rejects.toMatchObject({ code: "bad-usage" });
    await expect(run({ to: at("pacs", "clean") })).rejects.toMatchObject({ code: "bad-usage" });
    await expect(run({ to: root })).rejects.toMatchObject({ code: "bad-usage" });
    mkdirSync(at("full"));
    writeFileSync(at("full", "thesis.txt"), "");
    await expect(run({ to: at("full") })).rejects.toMatchObject({ code: "bad-usage" });
  });

  test("a key that others can read, and a file that is no key", async () => {
    plant("a.dcm", 1);
    writeFileSync(at("key.json"), "{}", { mode: 0o600 });
    await expect(run()).rejects.toMatchObject({ code: "bad-input" });
    rmSync(at("key.json"));
    rmSync(at("clean"), { recursive: true });
    await run();
    chmodSync(at("key.json"), 0o644);
    await expect(run()).rejects.toMatchObject({ code: "bad-input" });
  });
});

test("verification finds foreign files, names, metadata and identifiers in any encoding", async () => {
  plant("a.dcm", 1);
  const { files } = await run();
  const clean = at("clean", files[0]!.file);
  writeFileSync(at("clean", "Meier.dcm"), readFileSync(clean));
  mkdirSync(at("clean", "pictures"), { recursive: true });
  writeFileSync(at("clean", "pictures", `${"0".repeat(32)}.jpg`), await jpegWithMetadata());
  writeFileSync(clean, Buffer.concat([readFileSync(clean), Buffer.from("Müller", "utf16le")]));
  writeFileSync(at("identifiers.txt"), "Müller\nMeier\nab\n");
  mkdirSync(at("clean", ".Meier"));
  symlinkSync(at("pacs", "a.dcm"), at("clean", "link.dcm"));
  const { findings } = await verifyFolder(at("clean"), { latestDate, identifiers: at("identifiers.txt") });
  const of = (name: string): string[] =>
    findings.filter(({ file }) => file === name).map(({ attribute, detail }) => `${attribute}: ${detail}`);
  expect(of(".Meier")).toEqual(["file: It is hidden or a link, and was not looked into."]);
  expect(of("link.dcm")).toEqual(["file: It is hidden or a link, and was not looked into."]);
  expect(of("Meier.dcm")).toContain("file name: It does not follow from keyed hashes.");
  expect(of("Meier.dcm")).toContain("file: It holds an identifier of the list.");
  expect(of(`pictures/${"0".repeat(32)}.jpg`)).toContain("Metadata: The picture has metadata.");
  expect(of(files[0]!.file)).toContain("file: It holds an identifier of the list.");
});
