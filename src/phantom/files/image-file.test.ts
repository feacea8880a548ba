import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readDicomPicture } from "../../dicom/read-dicom-picture.ts";
import { readPart10 } from "../../dicom/read-part10.ts";
import { Random } from "../../numeric/random.ts";
import type { Picture } from "../picture.ts";
import { encodeText } from "./encode-text.ts";
import { drawIdentity } from "./identity.ts";
import { type ImageFileOptions, imageFile, type ObjectKind } from "./image-file.ts";
import type { StoredLook } from "./store-picture.ts";

const random = new Random(41, "image file");
const picture: Picture = {
  width: 60,
  height: 80,
  values: Float32Array.from({ length: 4800 }, (_, i) => (i % 60) / 59),
};
const person = { familyName: "Großmann", givenName: "Käthe", birthDate: "1961-04-02" };
const identity = drawIdentity(person, { seed: 41, patient: "P0001", study: "1" });

const optionsOf = (kind: ObjectKind, look: StoredLook, identified = false): ImageFileOptions => ({
  seed: 41,
  kind,
  name: `${kind} ${look.photometric} ${look.bitsStored} ${look.voi} ${identified}`,
  patientId: "P0001",
  study: 1,
  instance: 1,
  sex: "F",
  ageYears: 50,
  date: "2011-05-06",
  bodyPart: kind === "CR" ? "KNEE" : "",
  view: kind === "CR" ? "AP" : "",
  ...(kind === "CR" ? { side: "left" as const } : {}),
  origin: "internal",
  pixelSpacingMm: 0.4,
  picture,
  look,
  truth:
    kind === "CR"
      ? {
          collimation: {
            corners: [
              [4, 4],
              [55, 6],
              [54, 75],
              [3, 73],
            ],
            box: [3, 4, 52, 71],
            angleDegrees: 2,
            outside: "black",
          },
        }
      : {},
  burnedIn: false,
  ...(identified ? { identity } : {}),
  random: random.fork(kind),
});

const plain: StoredLook = { photometric: "MONOCHROME2", bitsStored: 12, voi: "window" };
const usual: Readonly<Record<ObjectKind, StoredLook>> = {
  CR: { photometric: "MONOCHROME1", bitsStored: 10, voi: "lut" },
  MG: plain,
  PX: plain,
  XA: { photometric: "MONOCHROME2", bitsStored: 10, voi: "none" },
  RF: { photometric: "MONOCHROME2", bitsStored: 8, voi: "none" },
  CT: plain,
  US: { photometric: "MONOCHROME2", bitsStored: 8, voi: "none" },
  SC: { photometric: "RGB", bitsStored: 8, voi: "none" },
};
const kinds = Object.keys(usual) as ObjectKind[];

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "phantom-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const looks: StoredLook[] = (["MONOCHROME1", "MONOCHROME2"] as const).flatMap((photometric) =>
  ([8, 10, 12, 16] as const).flatMap((bitsStored) =>
    (["none", "window", "lut"] as const).map((voi) => ({ photometric, bitsStored, voi })),
  ),
);

test.each(looks)("$photometric, $bitsStored bits, $voi: a reader gets back to the greys", async (look) => {
  const { image } = await readDicomPicture(imageFile({ ...optionsOf("CR", look), truth: {} }).file);
  const row = Array.from(image.pixels.slice(0, 60));
  const [low, high] = [Math.min(...row), Math.max(...row)];
  row.forEach((value, x) => {
    expect(Math.abs((value - low) / (high - low) - x / 59)).toBeLessThan(0.02);
  });
});

const hasValidator = spawnSync("dciodvfy", ["-help"]).error === undefined;
describe.skipIf(!hasValidator)("dciodvfy (skipped where dicom3tools is missing)", () => {
  test.each(kinds.flatMap((kind) => [[kind, false] as const, [kind, true] as const]))(
    "finds no error in a %s object, identified: %s",
    (kind, identified) => {
      const path = join(folder, `${kind}-${identified}.dcm`);
      writeFileSync(path, imageFile(optionsOf(kind, usual[kind], identified)).file);
      const { stderr, stdout } = spawnSync("dciodvfy", [path], { encoding: "utf8" });
      expect(`${stderr}\n${stdout}`.split("\n").filter((line) => line.startsWith("Error"))).toEqual([]);
    },
  );
});

test("every planted identifier is in the file, in the file's characters", () => {
  const sets = new Set<string>();
  for (let i = 0; i < 12; i++) {
    const { file, planted } = imageFile({ ...optionsOf("CR", plain, true), random: new Random(i) });
    const data = Buffer.from(file);
    const set = /ISO_IR (100|148|192)/.exec(data.toString("latin1"))![0] as "ISO_IR 100";
    sets.add(set);
    expect(planted.length).toBeGreaterThan(40);
    for (const { value, words, place } of planted) {
      const isUnknown = place === "(0029,1012)"; // private bytes of no declared set
      const bytes = Buffer.from(encodeText(value, isUnknown ? "ISO_IR 192" : set)!);
      expect(data.includes(bytes), place).toBe(true);
      expect(words.length).toBeGreaterThan(0);
      expect(words.every((word) => value.includes(word))).toBe(true);
    }
  }
  expect(sets.size).toBeGreaterThan(1);
});

test("a file without identifiers holds no name and says so", () => {
  const { file, planted } = imageFile(optionsOf("CR", plain));
  expect(planted).toEqual([]);
  const text = Buffer.from(file).toString("latin1");
  expect(text).toContain("Phantom^P0001");
  for (const word of [person.familyName, person.givenName, identity.street, identity.deviceSerial]) {
    expect(Buffer.from(file).includes(word)).toBe(false);
  }
  expect(readPart10(file).dataSet.value(0x00120062)?.slice(0, 3)).toEqual(new TextEncoder().encode("YES"));
});

test("characters that a set lacks are not written in it", () => {
  expect(encodeText("Şahin^Ayşe", "ISO_IR 100")).toBe(undefined);
  expect(encodeText("Şahin", "ISO_IR 148")).toEqual(Uint8Array.of(0xde, 0x61, 0x68, 0x69, 0x6e));
  expect(encodeText("Müller", "ISO_IR 100")).toEqual(Uint8Array.of(0x4d, 0xfc, 0x6c, 0x6c, 0x65, 0x72));
});
