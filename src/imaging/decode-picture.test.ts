import { crc32, deflateSync } from "node:zlib";
import sharp, { type Sharp } from "sharp";
import { describe, expect, test } from "vitest";
import { decodeJpeg } from "./decode-jpeg.ts";
import { decodePicture } from "./decode-picture.ts";
import { decodePng } from "./decode-png.ts";
import { collapseGrey } from "./samples.ts";
import { Unreadable } from "./unreadable.ts";

const WIDTH = 60;
const HEIGHT = 40;
const soft = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) => {
  const x = i % WIDTH;
  const y = Math.floor(i / WIDTH);
  return 120 + 80 * Math.sin(x / 9) * Math.cos(y / 7) + ((x * 7 + y * 13) % 11);
});

type Channels = 1 | 2 | 3 | 4;
const raw = (values: Uint8Array | Uint16Array, channels: Channels = 1, width = WIDTH, height = HEIGHT): Sharp =>
  sharp(values, { raw: { width, height, channels } });
const greyPng = async (): Promise<Uint8Array> => raw(soft).toColourspace("b-w").png().toBuffer();
const greyJpeg = async (): Promise<Uint8Array> => raw(soft).toColourspace("b-w").jpeg({ quality: 95 }).toBuffer();

const codeOf = (bytes: Uint8Array, format: "png" | "jpeg"): Promise<string> =>
  decodePicture(bytes, format).then(
    () => "decoded",
    (error: unknown) => (error instanceof Unreadable ? error.code : Promise.reject(error)),
  );

/** A PNG chunk by chunk, so that what no encoder writes can be tested. */
const pngOf = (header: readonly number[], rows: Uint8Array, more: readonly [string, Uint8Array][] = []): Uint8Array => {
  const chunk = (type: string, data: Uint8Array): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const size = Buffer.alloc(8);
  size.writeUInt32BE(header[0]!, 0);
  size.writeUInt32BE(header[1]!, 4);
  return Buffer.concat([
    Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", Buffer.concat([size, Buffer.from(header.slice(2))])),
    ...more.map(([type, data]) => chunk(type, data)),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", new Uint8Array(0)),
  ]);
};

describe("decodePng", () => {
  test("8 and 16 bit grey keep their values", async () => {
    expect((await decodePng(await greyPng())).samples).toEqual({
      width: WIDTH,
      height: HEIGHT,
      channels: 1,
      values: soft,
    });
    const bytes = pngOf([3, 1, 16, 0, 0, 0, 0], Uint8Array.of(0, 0x00, 0x01, 0x80, 0x00, 0xff, 0xff));
    const { samples, white } = await decodePng(bytes);
    expect([...samples.values]).toEqual([1, 0x8000, 0xffff]);
    expect(white).toBe(65535);
  });

  test("grey of 1, 2 and 4 bits spans the whole range", async () => {
    expect([...(await decodePng(pngOf([2, 1, 1, 0, 0, 0, 0], Uint8Array.of(0, 0b0100_0000)))).samples.values]).toEqual([
      0, 255,
    ]);
    expect([...(await decodePng(pngOf([2, 1, 2, 0, 0, 0, 0], Uint8Array.of(0, 0b0111_0000)))).samples.values]).toEqual([
      85, 255,
    ]);
    expect([...(await decodePng(pngOf([2, 1, 4, 0, 0, 0, 0], Uint8Array.of(0, 0x1f)))).samples.values]).toEqual([
      17, 255,
    ]);
  });

  test("palettes and 16-bit colour keep their colours", async () => {
    const palette: [string, Uint8Array] = ["PLTE", Uint8Array.of(10, 20, 30, 255, 0, 128)];
    const indexed = pngOf([2, 1, 8, 3, 0, 0, 0], Uint8Array.of(0, 1, 0), [palette]);
    expect([...(await decodePng(indexed)).samples.values]).toEqual([255, 0, 128, 10, 20, 30]);
    const deep = pngOf([1, 1, 16, 2, 0, 0, 0], Uint8Array.of(0, 1, 2, 3, 4, 5, 6));
    expect([...(await decodePng(deep)).samples.values]).toEqual([0x0102, 0x0304, 0x0506]);
  });

  test("alpha is laid on black", async () => {
    const grey = pngOf([2, 1, 8, 4, 0, 0, 0], Uint8Array.of(0, 200, 255, 200, 51));
    expect([...(await decodePng(grey)).samples.values]).toEqual([200, 200, 200, 40, 40, 40]);
    const deep = pngOf([1, 1, 16, 4, 0, 0, 0], Uint8Array.of(0, 0x80, 0x00, 0x7f, 0xff));
    expect([...(await decodePng(deep)).samples.values]).toEqual([16384, 16384, 16384]);
    const colour = pngOf([1, 1, 8, 6, 0, 0, 0], Uint8Array.of(0, 100, 50, 200, 0));
    expect([...(await decodePng(colour)).samples.values]).toEqual([0, 0, 0]);
  });

  test("a colour profile changes nothing", async () => {
    const profiled = await raw(soft).toColourspace("b-w").withIccProfile("srgb").png().toBuffer();
    const { samples } = await decodePng(profiled);
    expect([...samples.values].filter((_, i) => i % samples.channels === 0)).toEqual([...soft]);
  });

  test("a cut anywhere is refused", async () => {
    const bytes = await greyPng();
    for (const cut of [1, 4, 11, 12, 13, 40, bytes.length >> 1]) {
      expect([cut, await codeOf(bytes.subarray(0, bytes.length - cut), "png")]).toEqual([cut, "truncated"]);
    }
  });

  test("a changed byte anywhere is refused", async () => {
    const bytes = await greyPng();
    for (let i = 0; i < bytes.length; i += 7) {
      const changed = bytes.slice();
      changed[i]! ^= 0x10;
      expect([i, await codeOf(changed, "png")]).not.toEqual([i, "decoded"]);
    }
  });

  test("a wrong checksum is named, also in a chunk without pixels", async () => {
    const bytes = pngOf([1, 1, 8, 0, 0, 0, 0], Uint8Array.of(0, 9), [["tEXt", Buffer.from("Comment\0hello")]]);
    expect(await codeOf(bytes, "png")).toBe("decoded");
    const changed = bytes.slice();
    changed[Buffer.from(bytes).indexOf("hello")]! ^= 1;
    await expect(decodePicture(changed, "png")).rejects.toThrow("The checksum of the PNG's tEXt chunk is wrong.");
  });

  test("pixel data that ends early is refused, with all checksums right", async () => {
    expect(await codeOf(pngOf([4, 4, 8, 0, 0, 0, 0], Uint8Array.of(0, 1, 2, 3, 4, 0, 1)), "png")).toBe("corrupt");
  });

  test("a picture of too many pixels is refused before it is decoded", async () => {
    expect(await codeOf(pngOf([100_000, 100_000, 8, 0, 0, 0, 0], Uint8Array.of(0)), "png")).toBe("too-large");
    expect(await codeOf(pngOf([0, 10, 8, 0, 0, 0, 0], Uint8Array.of(0)), "png")).toBe("corrupt");
  });
});

describe("decodeJpeg", () => {
  test("grey comes near what was encoded; baseline and progressive, as libvips decodes them", async () => {
    for (const progressive of [false, true]) {
      const bytes = await raw(soft).toColourspace("b-w").jpeg({ quality: 95, progressive }).toBuffer();
      const { samples } = await decodeJpeg(bytes);
      const theirs = await sharp(bytes).toColourspace("b-w").raw().toBuffer();
      expect(samples.channels).toBe(1);
      expect(Math.max(...samples.values.map((value, i) => Math.abs(value - theirs[i]!)))).toBeLessThanOrEqual(1);
    }
  });

  test("colour comes near what libvips decodes", async () => {
    const colour = Uint8Array.from(
      { length: WIDTH * HEIGHT * 3 },
      (_, i) => soft[Math.floor(i / 3)]! * [1, 0.6, 0.3][i % 3]!,
    );
    const bytes = await raw(colour, 3).jpeg({ quality: 95, chromaSubsampling: "4:4:4" }).toBuffer();
    const { samples } = await decodeJpeg(bytes);
    const theirs = await sharp(bytes).raw().toBuffer();
    let difference = 0;
    theirs.forEach((value, i) => {
      difference += Math.abs(value - samples.values[i]!) / theirs.length;
    });
    expect(difference).toBeLessThan(1);
  });

  test("four components are refused by name", async () => {
    const cmyk = await raw(soft).toColourspace("cmyk").jpeg().toBuffer();
    expect(await codeOf(cmyk, "jpeg")).toBe("unsupported-pixels");
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])("EXIF orientation %i is applied as libvips applies it", async (orientation) => {
    const bytes = await raw(soft).jpeg({ quality: 95 }).withMetadata({ orientation }).toBuffer();
    const { samples } = await decodeJpeg(bytes);
    const { data, info } = await sharp(bytes).autoOrient().raw().toBuffer({ resolveWithObject: true });
    const { width, height, channels } = info;
    const theirs = collapseGrey({ width, height, channels, values: data }); // saved with colours, but grey
    expect([samples.width, samples.height, samples.channels]).toEqual([width, height, theirs.channels]);
    expect(Math.max(...samples.values.map((value, i) => Math.abs(value - theirs.values[i]!)))).toBeLessThanOrEqual(2);
  });

  test("a cut anywhere is refused, be it only the end marker", async () => {
    for (const progressive of [false, true]) {
      const bytes = await raw(soft).jpeg({ quality: 95, progressive }).toBuffer();
      for (const cut of [1, 2, 3, 30, bytes.length >> 2, bytes.length >> 1, bytes.length - 8]) {
        expect([cut, await codeOf(bytes.subarray(0, bytes.length - cut), "jpeg")]).toEqual([cut, "truncated"]);
      }
    }
  });

  test("a second frame header of another size, and scans by the thousand, are refused before they are decoded", async () => {
    const bytes = Buffer.from(await greyJpeg());
    const scan = bytes.indexOf(Buffer.of(0xff, 0xda));
    const frame = bytes.indexOf(Buffer.of(0xff, 0xc0));
    const header = bytes.subarray(frame, frame + 2 + bytes.readUInt16BE(frame + 2));
    expect(await codeOf(Buffer.concat([bytes.subarray(0, scan), header, bytes.subarray(scan)]), "jpeg")).toBe(
      "corrupt",
    );
    const scans = Array.from({ length: 1000 }, () => bytes.subarray(scan, -2));
    expect(await codeOf(Buffer.concat([bytes.subarray(0, scan), ...scans, bytes.subarray(-2)]), "jpeg")).toBe(
      "corrupt",
    );
  });

  test("what follows the end marker does not matter", async () => {
    expect(await codeOf(Buffer.concat([await greyJpeg(), Buffer.from("made by a camera")]), "jpeg")).toBe("decoded");
  });

  test("noise or nothing in the middle of the scan is found in most places", async () => {
    const bytes = await greyJpeg();
    const first = Buffer.from(bytes).indexOf(Buffer.of(0xff, 0xda)) + 10;
    let found = 0;
    let tried = 0;
    for (let i = first; i < bytes.length - 60; i += 20, tried++) {
      const changed = bytes.slice();
      for (let j = 0; j < 40; j++) changed[i + j] = tried % 2 === 0 ? (j * 97 + i * 31) & 255 : 0;
      if ((await codeOf(changed, "jpeg")) !== "decoded") found++;
    }
    expect(found / tried).toBeGreaterThan(0.7);
  });
});

describe("decodePicture", () => {
  test("grey saved as grey, as colour and with alpha has one hash and no colour", async () => {
    const spread = (channels: number): Uint8Array =>
      Uint8Array.from({ length: soft.length * channels }, (_, i) =>
        i % channels === 3 ? 255 : soft[Math.floor(i / channels)]!,
      );
    const files = [await greyPng(), await raw(spread(3), 3).png().toBuffer(), await raw(spread(4), 4).png().toBuffer()];
    const read = await Promise.all(files.map((bytes) => decodePicture(bytes, "png")));
    expect(new Set(read.map(({ pixelHash }) => pixelHash)).size).toBe(1);
    expect(read.map(({ colourfulness }) => colourfulness)).toEqual([0, 0, 0]);
    expect(read[1]!.image.pixels[0]).toBeCloseTo(soft[0]! / 255, 6);
  });

  test("pure red is wholly colourful and 0.299 bright", async () => {
    const red = Uint8Array.from({ length: 12 }, (_, i) => (i % 3 === 0 ? 255 : 0));
    const { image, colourfulness } = await decodePicture(await raw(red, 3, 2, 2).png().toBuffer(), "png");
    expect(colourfulness).toBe(1);
    expect(image.pixels[3]).toBeCloseTo(0.299, 6);
  });
});
