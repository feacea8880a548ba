import { readFileSync } from "node:fs";
import { constants, deflateRawSync } from "node:zlib";
import dicomParser from "dicom-parser";
import { describe, expect, test } from "vitest";
import { dicomFile, encodeElements, greyElements } from "../../test/support/dicom-file.ts";
import { Unreadable } from "../imaging/unreadable.ts";
import { parseDataSet, sequenceItems } from "./parse-data-set.ts";
import { looksLikeDicom, readPart10 } from "./read-part10.ts";
import { TAGS } from "./tags.ts";

const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../test/fixtures/dicom/${name}.dcm`, import.meta.url)));

const codeOf = (read: () => unknown): string => {
  try {
    read();
    return "read";
  } catch (error) {
    if (error instanceof Unreadable) return error.code;
    throw error;
  }
};

const grey = greyElements({ width: 2, height: 1, values: [7, 9] });
const EXPLICIT = { explicit: true, littleEndian: true } as const;
const DEFLATED = "1.2.840.10008.1.2.1.99";

describe("readPart10", () => {
  test.each(["explicit-little", "implicit-little", "explicit-big", "jpeg-lossless", "rle-rgb"])(
    "finds the elements of %s where dicom-parser finds them",
    (name) => {
      const bytes = fixture(name);
      const { dataSet } = readPart10(bytes);
      const theirs = Object.values(dicomParser.parseDicom(bytes).elements).filter(({ tag }) => tag > "x0002ffff");
      expect(dataSet.elements.size).toBe(theirs.length);
      for (const { tag, dataOffset, length, fragments } of theirs) {
        const ours = dataSet.elements.get(Number.parseInt(tag.slice(1), 16));
        expect(ours?.offset).toBe(dataOffset);
        if (!fragments) expect(ours?.length).toBe(length);
        else
          expect(ours?.fragments?.slice(1).map(({ offset }) => offset)).toEqual(
            fragments.map(({ position }) => position),
          );
      }
    },
  );

  test("truncated implicit files, which dicom-parser accepts, are refused", () => {
    const bytes = fixture("implicit-little");
    const cut = bytes.subarray(0, bytes.length - 100);
    expect(() => dicomParser.parseDicom(cut)).not.toThrow();
    expect(codeOf(() => readPart10(cut))).toBe("truncated");
  });

  test("files without preamble, without meta information or with a bare prefix are read", () => {
    const body = encodeElements(grey);
    const whole = dicomFile(grey);
    const implicit = fixture("implicit-little");
    const big = fixture("explicit-big");
    const endOfMeta = (bytes: Uint8Array): number => {
      const at = Buffer.from(bytes.buffer, bytes.byteOffset).readUInt32LE(140); // value of the group length element
      return 144 + at;
    };
    const variants = [
      new Uint8Array(body),
      whole.subarray(132),
      whole.subarray(128),
      implicit.subarray(endOfMeta(implicit)),
      big.subarray(endOfMeta(big)),
    ];
    for (const bytes of variants) {
      expect(looksLikeDicom(bytes)).toBe(true);
      expect(readPart10(bytes).dataSet.text(TAGS.Modality)).toMatch(/^(DX|CR)$/);
    }
  });

  test("text, pictures and noise are no DICOM", () => {
    const noise = Uint8Array.from({ length: 400 }, (_, i) => (i * 89 + 31) & 255);
    const others = [
      Buffer.from("<html><body>not found</body></html>".repeat(9)),
      noise,
      new Uint8Array(400),
      new Uint8Array(3),
    ];
    for (const bytes of others) expect(codeOf(() => readPart10(bytes))).toBe("not-an-image");
  });

  test("the coding that the first element shows wins over the declared one", () => {
    const bytes = dicomFile(grey, "1.2.840.10008.1.2");
    expect(readPart10(bytes).dataSet.word(TAGS.Columns)).toBe(2);
  });

  test("an unknown transfer syntax is named", () => {
    expect(() => readPart10(dicomFile(grey, "1.2.840.10008.1.2.4.100"))).toThrow("1.2.840.10008.1.2.4.100");
    expect(codeOf(() => readPart10(dicomFile(grey, "1.2.840.10008.1.2.4.100")))).toBe("unsupported-transfer-syntax");
  });

  test("a deflated data set is inflated, and refused where it is cut, damaged or without bound", () => {
    const body = deflateRawSync(encodeElements(grey));
    expect(readPart10(dicomFile([], DEFLATED, body)).dataSet.word(TAGS.Columns)).toBe(2);
    expect(codeOf(() => readPart10(dicomFile([], DEFLATED, body.subarray(0, body.length - 3))))).toBe("truncated");
    expect(codeOf(() => readPart10(dicomFile([], DEFLATED, Buffer.from("not deflated at all"))))).toBe("corrupt");
    const block = deflateRawSync(Buffer.alloc(2 ** 24), { finishFlush: constants.Z_FULL_FLUSH });
    const bomb = Buffer.concat(Array.from({ length: 33 }, () => block)); // 528 MiB of zeros in half a megabyte
    expect(codeOf(() => readPart10(dicomFile([], DEFLATED, bomb)))).toBe("too-large");
  });
});

describe("parseDataSet", () => {
  const undefinedLength = (vr: string, content: Uint8Array): Buffer =>
    Buffer.concat([
      Buffer.of(0x08, 0x00, 0x40, 0x11),
      Buffer.from(vr),
      Buffer.of(0, 0, 0xff, 0xff, 0xff, 0xff),
      Buffer.of(0xfe, 0xff, 0x00, 0xe0, 0xff, 0xff, 0xff, 0xff),
      content,
      Buffer.of(0xfe, 0xff, 0x0d, 0xe0, 0, 0, 0, 0),
      Buffer.of(0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0),
    ]);

  test("sequences of known and unknown length hold the same items", () => {
    const inner = encodeElements([[0x00081150, "UI", "1.2.3"]]);
    const known = parseDataSet(
      encodeElements([[0x00081140, "SQ", { items: [[[0x00081150, "UI", "1.2.3"]]] }]]),
      0,
      EXPLICIT,
    );
    const unknown = parseDataSet(undefinedLength("SQ", inner), 0, EXPLICIT);
    for (const dataSet of [known, unknown])
      expect(sequenceItems(dataSet, 0x00081140)[0]?.text(0x00081150)).toBe("1.2.3");
  });

  test("an unknown value of undefined length is a sequence in implicit coding", () => {
    const implicit = Buffer.concat([Buffer.of(0x08, 0x00, 0x50, 0x11, 6, 0, 0, 0), Buffer.from("1.2.3\0")]);
    const dataSet = parseDataSet(undefinedLength("UN", implicit), 0, EXPLICIT);
    expect(sequenceItems(dataSet, 0x00081140)[0]?.text(0x00081150)).toBe("1.2.3");
  });

  test("endless nesting is refused, not followed until the stack ends", () => {
    let nested: Buffer = Buffer.alloc(0);
    for (let i = 0; i < 200; i++) nested = undefinedLength("SQ", nested);
    expect(codeOf(() => parseDataSet(nested, 0, EXPLICIT))).toBe("corrupt");
  });

  test("zero padding after the last element is the end", () => {
    const bytes = Buffer.concat([encodeElements(grey), Buffer.alloc(512)]);
    expect(parseDataSet(bytes, 0, EXPLICIT).elements.size).toBe(grey.length);
  });
});
