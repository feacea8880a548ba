import sharp, { type Sharp } from "sharp";
import { expect, test } from "vitest";
import { decodePicture } from "./decode-picture.ts";
import { stripPictureMetadata } from "./strip-picture-metadata.ts";

const noise = (): Sharp =>
  sharp({
    create: {
      width: 50,
      height: 30,
      channels: 3,
      background: "#000",
      noise: { type: "gaussian", mean: 128, sigma: 30 },
    },
  });

const bytesOf = (buffer: Buffer): Uint8Array => new Uint8Array(buffer);

test("a JPEG loses EXIF, comments and what lies behind its end, and keeps its pixels and orientation", async () => {
  const original = bytesOf(
    await noise()
      .jpeg()
      .withMetadata({ orientation: 6 })
      .withExifMerge({ IFD0: { Artist: "Anna Meier" } })
      .toBuffer(),
  );
  const comment = Buffer.from(
    "\xff\xfe\x00\x0eMeier in COM\xff\xef\x00\x07Meier\xff\xee\x00\x13Adobe\0\x64\0\0\0\0\x01Meier",
    "latin1",
  );
  const bytes = bytesOf(Buffer.concat([original.subarray(0, 2), comment, original.subarray(2), Buffer.from("Meier")]));
  const clean = stripPictureMetadata(bytes, "jpeg");
  expect(Buffer.from(bytes).includes("Meier")).toBe(true);
  expect(Buffer.from(clean).includes("Meier")).toBe(false);
  expect((await sharp(clean).metadata()).orientation).toBe(6);
  expect((await decodePicture(clean, "jpeg")).pixelHash).toBe((await decodePicture(bytes, "jpeg")).pixelHash);
  expect(stripPictureMetadata(clean, "jpeg")).toEqual(clean);
});

test("a PNG loses its text and keeps its pixels", async () => {
  const bytes = bytesOf(
    await noise()
      .png()
      .withExif({ IFD0: { Artist: "Anna Meier" } })
      .toBuffer(),
  );
  const clean = stripPictureMetadata(bytes, "png");
  expect(Buffer.from(bytes).includes("Meier")).toBe(true);
  expect(Buffer.from(clean).includes("Meier")).toBe(false);
  expect((await decodePicture(clean, "png")).pixelHash).toBe((await decodePicture(bytes, "png")).pixelHash);
  expect(stripPictureMetadata(clean, "png")).toEqual(clean);
});
