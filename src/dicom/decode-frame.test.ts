import { readdirSync, readFileSync } from "node:fs";
import codecs from "dcmjs-codecs";
import { describe, expect, test } from "vitest";
import { dicomFile, type Elements, greyElements } from "../../test/support/dicom-file.ts";
import { Unreadable } from "../imaging/unreadable.ts";
import { decodeFirstFrame, type StoredFrame } from "./decode-frame.ts";
import { readPart10 } from "./read-part10.ts";

const { Context, NativeCodecs } = codecs;
const fixtures = new URL("../../test/fixtures/dicom/", import.meta.url);
const names = readdirSync(fixtures)
  .filter((name) => name.endsWith(".dcm"))
  .map((name) => name.slice(0, -4));
const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(`${name}.dcm`, fixtures)));

const decode = (bytes: Uint8Array): Promise<StoredFrame> => {
  const { dataSet, transferSyntax } = readPart10(bytes);
  return decodeFirstFrame(dataSet, transferSyntax);
};

const littleEndianBytes = ({ samples, pixels }: StoredFrame): Buffer => {
  const { values } = samples;
  const words = pixels.BitsAllocated === 16 && values.BYTES_PER_ELEMENT === 1 ? new Uint16Array(values) : values;
  return Buffer.from(words.buffer, words.byteOffset, words.byteLength);
};

const codeOf = async (bytes: Uint8Array): Promise<string> => {
  try {
    await decode(bytes);
    return "decoded";
  } catch (error) {
    if (error instanceof Unreadable) return error.code;
    throw error;
  }
};

describe("decodeFirstFrame", () => {
  test.each(names)("%s holds the pixels that DCMTK or GDCM decode", async (name) => {
    const frame = await decode(fixture(name));
    const expected = readFileSync(new URL(`${name}.raw`, fixtures));
    expect(littleEndianBytes(frame).equals(expected.subarray(0, expected.length / frame.pixels.NumberOfFrames))).toBe(
      true,
    );
  });

  test.each(names)("%s is refused wherever it is cut", async (name) => {
    const bytes = fixture(name);
    const { transferSyntax } = readPart10(bytes);
    // The last byte of a deflated file pads it to an even length.
    const cuts = [transferSyntax.deflated ? 2 : 1, 2, 9, 17, 60, bytes.length >> 2, bytes.length >> 1];
    for (const cut of cuts) {
      expect([cut, await codeOf(bytes.subarray(0, bytes.length - cut))]).toEqual([cut, "truncated"]);
    }
  });

  test("a JPEG whose end marker is gone is refused, with correct lengths around it", async () => {
    const stream = await encode("Jpeg", { lossy: false, predictor: 1 });
    const cut = stream.subarray(0, stream.length >> 1);
    expect(await codeOf(encapsulate("1.2.840.10008.1.2.4.70", [stream]))).toBe("decoded");
    expect(await codeOf(encapsulate("1.2.840.10008.1.2.4.70", [cut]))).toBe("truncated");
  });

  test("a lossless JPEG with a hole in its middle is refused, although its end marker is there", async () => {
    const stream = await encode("Jpeg", { lossy: false, predictor: 1 });
    const holed = Buffer.concat([stream.subarray(0, stream.length >> 1), stream.subarray(-2)]);
    expect(await codeOf(encapsulate("1.2.840.10008.1.2.4.70", [holed]))).toBe("corrupt");
  });

  test("a JPEG 2000 codestream that is cut, or has a hole, is refused", async () => {
    const stream = await encode("Jpeg2000", { lossy: false });
    const syntax = "1.2.840.10008.1.2.4.90";
    expect(await codeOf(encapsulate(syntax, [stream]))).toBe("decoded");
    expect(await codeOf(encapsulate(syntax, [stream.subarray(0, stream.length - 40)]))).toBe("truncated");
    const holed = Buffer.concat([stream.subarray(0, stream.length - 80), stream.subarray(-40)]);
    expect(await codeOf(encapsulate(syntax, [holed]))).toBe("truncated");
  });

  test("a codestream of another size than the attributes say is refused", async () => {
    const stream = await encode("JpegLs", { lossy: false });
    const other = encapsulate("1.2.840.10008.1.2.4.80", [stream], [[0x00280011, "US", [WIDTH + 1]]]);
    expect(await codeOf(other)).toBe("corrupt");
  });

  test("a codestream of more bits than the attributes say is refused where its samples need them", async () => {
    const narrow: Elements = [
      [0x00280101, "US", [10]],
      [0x00280102, "US", [9]],
    ];
    const small = PIXELS.map((value) => value & 0x3ff);
    for (const [coder, syntax] of [
      ["Jpeg", "1.2.840.10008.1.2.4.70"],
      ["JpegLs", "1.2.840.10008.1.2.4.80"],
      ["Jpeg2000", "1.2.840.10008.1.2.4.90"],
      ["JpegXl", "1.2.840.10008.1.2.4.110"],
    ] as const) {
      const parameters = coder === "Jpeg" ? { lossy: false, predictor: 1 } : { lossy: false };
      expect([coder, await codeOf(encapsulate(syntax, [await encode(coder, parameters)], narrow))]).toEqual([
        coder,
        "corrupt",
      ]);
      const fitting = await decode(encapsulate(syntax, [await encode(coder, parameters, small)], narrow));
      expect([...fitting.samples.values]).toEqual([...small]);
    }
  });

  test("signed samples of a wider codestream keep their sign, and are refused where they do not fit", async () => {
    const signed: Elements = [
      [0x00280101, "US", [10]],
      [0x00280102, "US", [9]],
      [0x00280103, "US", [1]],
    ];
    const read = async (values: readonly number[]): Promise<Uint8Array> => {
      const words = Uint16Array.from({ length: WIDTH * HEIGHT }, (_, i) => values[i % values.length]! & 0xffff);
      const stream = await encode("JpegLs", { lossy: false }, words);
      return encapsulate("1.2.840.10008.1.2.4.80", [stream], signed);
    };
    const { samples } = await decode(await read([-512, -1, 0, 511]));
    expect([...samples.values.subarray(0, 4)]).toEqual([-512, -1, 0, 511]);
    expect(await codeOf(await read([-513, 0]))).toBe("corrupt");
    expect(await codeOf(await read([1024, 0]))).toBe("corrupt");
  });

  test("white that lossy coding overshot stays white, and values far beyond it are refused", async () => {
    const narrow: Elements = [
      [0x00280101, "US", [10]],
      [0x00280102, "US", [9]],
    ];
    const syntax = "1.2.840.10008.1.2.4.81";
    const near = (values: Uint16Array<ArrayBuffer>): Promise<Uint8Array> =>
      encode("JpegLs", { lossy: true, allowedLossyError: 10 }, values);
    const edges = PIXELS.map((value) => (value % 3 === 0 ? 1023 - (value % 2) : value % 40));
    const twelve = await decode(encapsulate(syntax, [await near(edges)]));
    expect(Math.max(...twelve.samples.values)).toBeGreaterThan(1023);
    const ten = await decode(encapsulate(syntax, [await near(edges)], narrow));
    expect([...ten.samples.values]).toEqual([...twelve.samples.values.map((value) => Math.min(value, 1023))]);
    expect(await codeOf(encapsulate(syntax, [await near(PIXELS)], narrow))).toBe("corrupt");
  });

  test("fragments under an uncompressed syntax are refused, and plain pixels under a compressed one", async () => {
    const stream = await encode("JpegLs", { lossy: false });
    expect(await codeOf(encapsulate("1.2.840.10008.1.2.1", [stream]))).toBe("corrupt");
    const plain = dicomFile(
      greyElements({ width: WIDTH, height: HEIGHT, bits: 12, values: [...PIXELS] }),
      "1.2.840.10008.1.2.4.80",
    );
    expect(await codeOf(plain)).toBe("corrupt");
  });

  test.each([
    ["1.2.840.10008.1.2.4.201", "HtJpeg2000"],
    ["1.2.840.10008.1.2.4.202", "HtJpeg2000"],
    ["1.2.840.10008.1.2.4.110", "JpegXl"],
  ] as const)("%s (%s) comes back as it was encoded", async (syntax, coder) => {
    const frame = await decode(encapsulate(syntax, [await encode(coder, { lossy: false })]));
    expect([...frame.samples.values]).toEqual([...PIXELS]);
  });

  test("fragments without a table are told apart by end markers, the extended offset table is read", async () => {
    const stream = await encode("Jpeg", { lossy: false, predictor: 1 });
    const half = (stream.length >> 2) << 1;
    const parts = [stream.subarray(0, half), stream.subarray(half)];
    const syntax = "1.2.840.10008.1.2.4.70";
    const frames: Elements = [[0x00280008, "IS", "2"]];
    const plain = await decode(encapsulate(syntax, [...parts, stream], frames));
    expect([...plain.samples.values]).toEqual([...PIXELS]);

    const evenLength = stream.length + (stream.length & 1);
    const offsets = new Uint8Array(new BigUint64Array([0n, BigInt(evenLength + 8)]).buffer);
    const lengths = new Uint8Array(new BigUint64Array([BigInt(stream.length), BigInt(stream.length)]).buffer);
    const extended = await decode(
      encapsulate(syntax, [stream, stream], [...frames, [0x7fe00001, "OV", offsets], [0x7fe00002, "OV", lengths]]),
    );
    expect([...extended.samples.values]).toEqual([...PIXELS]);
  });

  test("bits outside BitsStored are masked, and signed values extended", async () => {
    const elements = greyElements({ width: 2, height: 1, bits: 12, values: [0xf801, 0x0fff], signed: true });
    expect([...(await decode(dicomFile(elements))).samples.values]).toEqual([-2047, -1]);
    const shifted = greyElements({ width: 2, height: 1, bits: 12, values: [0x8010, 0xfff0] }, [
      [0x00280102, "US", [15]],
    ]);
    expect([...(await decode(dicomFile(shifted))).samples.values]).toEqual([0x801, 0xfff]);
  });

  test("bits outside BitsStored are found in every sample, wherever the file lies in a buffer", async () => {
    for (const width of [1, 2, 3, 8, 9, 10, 11]) {
      for (let at = 0; at < width; at++) {
        const values = Array.from({ length: width }, (_, i) => (i === at ? 0xf123 : i));
        const bytes = dicomFile(greyElements({ width, height: 1, bits: 12, values }));
        for (const offset of [0, 2]) {
          const larger = Buffer.concat([Buffer.alloc(offset), bytes]);
          const { samples } = await decode(larger.subarray(offset));
          expect([...samples.values]).toEqual(values.map((value) => value & 0xfff));
        }
      }
    }
  });

  test("a file that lies at an odd place in a larger buffer is read alike, and left as it was", async () => {
    for (const name of ["explicit-little", "explicit-big", "signed16", "rle", "jpeg-2000"]) {
      const bytes = fixture(name);
      const larger = Buffer.concat([Buffer.alloc(3), bytes, Buffer.alloc(5)]);
      const frame = await decode(larger.subarray(3, 3 + bytes.length));
      expect(frame.samples).toEqual((await decode(bytes)).samples);
      expect(larger.subarray(3, 3 + bytes.length).equals(bytes)).toBe(true);
    }
  });

  test("planes are interleaved and shared chroma is spread", async () => {
    const colour = (photometric: string, planar: number, bytes: number[]): Uint8Array =>
      dicomFile(
        greyElements({ width: 2, height: 1, bits: 8, values: [], photometric }, [
          [0x00280002, "US", [3]],
          [0x00280006, "US", [planar]],
          [0x00280100, "US", [8]],
          [0x7fe00010, "OB", Uint8Array.from(bytes)],
        ]),
      );
    expect([...(await decode(colour("RGB", 1, [1, 2, 3, 4, 5, 6]))).samples.values]).toEqual([1, 3, 5, 2, 4, 6]);
    expect([...(await decode(colour("RGB", 0, [1, 2, 3, 4, 5, 6]))).samples.values]).toEqual([1, 2, 3, 4, 5, 6]);
    expect([...(await decode(colour("YBR_FULL_422", 0, [10, 20, 30, 40]))).samples.values]).toEqual([
      10, 30, 40, 20, 30, 40,
    ]);
  });

  test("packed samples of 1 and 12 bits are unpacked", async () => {
    const packed = (bits: number, bytes: number[]): Uint8Array =>
      dicomFile(
        greyElements({ width: 2, height: 1, bits, values: [] }, [
          [0x00280100, "US", [bits]],
          [0x7fe00010, "OB", Uint8Array.from(bytes)],
        ]),
      );
    expect([...(await decode(packed(1, [0b10]))).samples.values]).toEqual([0, 1]);
    expect([...(await decode(packed(12, [0x34, 0x12, 0xab]))).samples.values]).toEqual([0x234, 0xab1]);
  });

  test("pixels that are too few, too many or impossible are refused", async () => {
    const grey = (more: Elements): Uint8Array =>
      dicomFile(greyElements({ width: 2, height: 2, values: [1, 2, 3, 4] }, more));
    expect(await codeOf(grey([]))).toBe("decoded");
    expect(await codeOf(grey([[0x00280010, "US", [3]]]))).toBe("truncated");
    expect(await codeOf(grey([[0x00280010, "US", [0]]]))).toBe("corrupt");
    expect(await codeOf(grey([[0x00280010, "US", []]]))).toBe("corrupt");
    expect(await codeOf(grey([[0x00280101, "US", [17]]]))).toBe("corrupt");
    expect(await codeOf(grey([[0x00280002, "US", [3]]]))).toBe("corrupt");
    expect(await codeOf(grey([[0x00280100, "US", [64]]]))).toBe("unsupported-pixels");
    expect(await codeOf(grey([[0x00280004, "CS", "CMYK"]]))).toBe("unsupported-pixels");
    const huge: Elements = [
      [0x00280010, "US", [60000]],
      [0x00280011, "US", [60000]],
    ];
    expect(await codeOf(grey(huge))).toBe("too-large");
  });
});

const WIDTH = 24;
const HEIGHT = 20;
const PIXELS = Uint16Array.from({ length: WIDTH * HEIGHT }, (_, i) => (i * 37 + ((i * i) % 91)) & 0xfff);

type Coder = "Jpeg" | "JpegLs" | "Jpeg2000" | "HtJpeg2000" | "JpegXl";

async function encode(
  coder: Coder,
  parameters: Record<string, number | boolean>,
  values = PIXELS,
): Promise<Uint8Array> {
  await decode(fixture("jpeg-ls")); // starts the codecs, which a failed decoding stops

  const context = new Context({
    width: WIDTH,
    height: HEIGHT,
    bitsAllocated: 16,
    bitsStored: 12,
    samplesPerPixel: 1,
    pixelRepresentation: 0,
    planarConfiguration: 0,
    photometricInterpretation: "MONOCHROME2",
    decodedBuffer: new Uint8Array(values.buffer),
  });
  return NativeCodecs[`encode${coder}`](context, parameters).getEncodedBuffer()!;
}

function encapsulate(syntax: string, frames: readonly Uint8Array[], more: Elements = []): Uint8Array {
  const fragments = [new Uint8Array(0), ...frames];
  const grey = { width: WIDTH, height: HEIGHT, bits: 12, values: [] };
  return dicomFile(greyElements(grey, [[0x7fe00010, "OB", { fragments }], ...more]), syntax);
}
