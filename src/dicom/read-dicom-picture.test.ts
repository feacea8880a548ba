import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { dicomFile, type Elements, greyElements } from "../../test/support/dicom-file.ts";
import { Unreadable } from "../imaging/unreadable.ts";
import { type DicomPicture, readDicomPicture } from "./read-dicom-picture.ts";
import { decodeText } from "./text-encoding.ts";

const fixture = (name: string): Promise<DicomPicture> =>
  readDicomPicture(new Uint8Array(readFileSync(new URL(`../../test/fixtures/dicom/${name}.dcm`, import.meta.url))));

const codeOf = (elements: Elements): Promise<string> =>
  readDicomPicture(dicomFile(elements)).then(
    () => "read",
    (error: unknown) => (error instanceof Unreadable ? error.code : Promise.reject(error)),
  );

describe("readDicomPicture", () => {
  test("lossless encodings of one picture have one pixel hash, other pictures others", async () => {
    const same =
      "explicit-little implicit-little explicit-big deflated jpeg-lossless jpeg-lossless-sv1 jpeg-ls jpeg-2000 rle";
    const hashes = new Set<string>();
    for (const name of same.split(" ")) hashes.add((await fixture(name)).pixelHash);
    expect(hashes.size).toBe(1);
    expect((await fixture("rle-rgb")).pixelHash).toBe((await fixture("rgb-explicit-big")).pixelHash);
    expect(hashes.has((await fixture("jpeg-ls-near")).pixelHash)).toBe(false);
  });

  test("the hash is of the stored values and the sense, not of the window", async () => {
    const hash = async (photometric: string, more: Elements = []): Promise<string> =>
      (await readDicomPicture(dicomFile(greyElements({ width: 2, height: 1, values: [3, 4], photometric }, more))))
        .pixelHash;
    const plain = await hash("MONOCHROME2");
    expect(
      await hash("MONOCHROME2", [
        [0x00281050, "DS", "4"],
        [0x00281051, "DS", "9"],
      ]),
    ).toBe(plain);
    expect(await hash("MONOCHROME1")).not.toBe(plain);
  });

  test("colour becomes luminance, and is measured", async () => {
    const rgb = await fixture("rgb-explicit-big");
    const viaJpeg = await fixture("jpeg-baseline-rgb");
    expect(rgb.colourfulness).toBeGreaterThan(0.2);
    expect(Math.abs(viaJpeg.colourfulness - rgb.colourfulness)).toBeLessThan(0.05);
    const difference = rgb.image.pixels.map((value, i) => Math.abs(value - viaJpeg.image.pixels[i]!));
    expect(difference.reduce((sum, value) => sum + value, 0) / difference.length).toBeLessThan(0.02);
    expect((await fixture("grey8")).colourfulness).toBe(0);
  });

  test("a palette is looked up", async () => {
    const elements = greyElements({ width: 3, height: 1, values: [0, 1, 2], bits: 8, photometric: "PALETTE COLOR" }, [
      [0x00281101, "US", [3, 0, 16]],
      [0x00281102, "US", [3, 0, 16]],
      [0x00281103, "US", [3, 0, 16]],
      [0x00281201, "OW", [0, 65535, 65535]],
      [0x00281202, "OW", [0, 0, 65535]],
      [0x00281203, "OW", [0, 0, 65535]],
    ]);
    const { image, colourfulness } = await readDicomPicture(dicomFile(elements));
    expect(Array.from(image.pixels, (value) => Number(value.toFixed(3)))).toEqual([0, 0.299, 1]);
    expect(colourfulness).toBeCloseTo(1 / 3, 5);
  });

  test("the attributes are read by keyword, empty ones left out", async () => {
    const elements = greyElements({ width: 2, height: 1, values: [1, 2], bits: 12 }, [
      [0x00080005, "CS", "ISO_IR 144"],
      [0x00100020, "LO", "\xbf\xd0\xe6-7"],
      [0x00100040, "CS", "F"],
      [0x00101010, "AS", "045Y"],
      [0x00180015, "CS", ""],
      [0x00181164, "DS", "0.2\\0.25"],
      [0x00280008, "IS", "1"],
      [0x00280030, "DS", "0.14\\0.15 "],
    ]);
    expect((await readDicomPicture(dicomFile(elements))).attributes).toEqual({
      PatientID: "Пац-7",
      PatientSex: "F",
      PatientAge: "045Y",
      Modality: "DX",
      PhotometricInterpretation: "MONOCHROME2",
      TransferSyntaxUID: "1.2.840.10008.1.2.1",
      Rows: 1,
      Columns: 2,
      BitsStored: 12,
      NumberOfFrames: 1,
      PixelSpacing: [0.14, 0.15],
      ImagerPixelSpacing: [0.2, 0.25],
    });
  });

  test("objects without a picture are named, not crashed on", async () => {
    const object = (uid: string): Elements => [
      [0x00080016, "UI", uid],
      [0x00080060, "CS", "OT"],
    ];
    for (const suffix of ["88.33", "104.1", "11.1", "9.1.1", "481.5"]) {
      expect(await codeOf(object(`1.2.840.10008.5.1.4.1.1.${suffix}`))).toBe("not-a-picture-object");
    }
    expect(await codeOf([[0x00080060, "CS", "SR"]])).toBe("not-a-picture-object");
    expect(await codeOf(object("1.2.840.10008.5.1.4.1.1.1"))).toBe("no-pixel-data");
    expect(
      await codeOf([
        [0x00080060, "CS", "DX"],
        [0x7fe00010, "OW", []],
      ]),
    ).toBe("no-pixel-data");
    expect(
      await codeOf([
        [0x00080060, "CS", "DX"],
        [0x7fe00008, "OF" as string, new Uint8Array(8)],
      ]),
    ).not.toBe("read");
  });
});

describe("decodeText", () => {
  test.each([
    ["ISO_IR 100", [0xc4], "Ä"],
    ["ISO_IR 101", [0xa3], "Ł"],
    ["ISO_IR 144", [0xbb], "Л"],
    ["ISO_IR 126", [0xc4], "Δ"],
    ["ISO_IR 192", [0xe7, 0x8e, 0x8b], "王"],
    ["GB18030", [0xcd, 0xf5], "王"],
  ] as const)("%s", (term, bytes, text) => {
    expect(decodeText(Uint8Array.from(bytes), [term])).toBe(text);
  });

  test("escape sequences switch to the set that the file names (PS3.5 H.3 and I.2)", () => {
    const japanese = Uint8Array.of(0x1b, 0x24, 0x42, 0x3b, 0x33, 0x1b, 0x28, 0x42);
    expect(decodeText(japanese, ["", "ISO 2022 IR 87"])).toBe("山");
    const korean = Uint8Array.of(0x1b, 0x24, 0x29, 0x43, 0xb1, 0xe8);
    expect(decodeText(korean, ["", "ISO 2022 IR 149"])).toBe("김");
  });
});
