import { expect, test } from "vitest";
import { type ImageId, imageId } from "../../clinic/ids.ts";
import { withoutBorder } from "../../imaging/borders.ts";
import type { GreyImage } from "../../imaging/grey-image.ts";
import { hashBits, hashDistance, orientations, orientedBits, perceptualHash } from "../../imaging/perceptual-hash.ts";
import { pictureDetail } from "../../imaging/picture-detail.ts";
import { resize } from "../../imaging/resize.ts";
import { smallPicture } from "../../imaging/small-picture.ts";
import { Random } from "../../numeric/random.ts";
import { type ComparedPicture, NearDuplicates } from "./near-duplicates.ts";

/** Blobs of many sizes: as different from each other as two seeds are. */
const picture = (seed: number, width = 300, height = 400): GreyImage => {
  const random = new Random(seed, "near-duplicates");
  const blobs = Array.from({ length: 120 }, () => ({
    x: random.uniform(0, width),
    y: random.uniform(0, height),
    r: random.uniform(4, 60),
    v: random.uniform(-0.25, 0.3),
  }));
  const pixels = new Float32Array(width * height).fill(0.4);
  for (const { x, y, r, v } of blobs) {
    for (let row = Math.max(0, Math.floor(y - r)); row < Math.min(height, y + r); row++) {
      for (let column = Math.max(0, Math.floor(x - r)); column < Math.min(width, x + r); column++) {
        const distance = Math.hypot(column - x, row - y) / r;
        if (distance < 1) pixels[row * width + column]! += v * (1 - distance);
      }
    }
  }
  return { width, height, pixels: pixels.map((value) => Math.min(Math.max(value, 0.05), 0.95)) };
};

const compared = (image: GreyImage): ComparedPicture => {
  const content = withoutBorder(smallPicture(image));
  return { perceptualHash: perceptualHash(content), detail: pictureDetail(content) };
};

const turned = ({ width, height, pixels }: GreyImage): GreyImage => {
  const target = new Float32Array(pixels.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) target[x * height + height - 1 - y] = pixels[y * width + x]!;
  }
  return { width: height, height: width, pixels: target };
};

const mirrored = ({ width, height, pixels }: GreyImage): GreyImage => ({
  width,
  height,
  pixels: pixels.map((_, i) => pixels[i - (i % width) + width - 1 - (i % width)]!),
});

const framed = ({ width, height, pixels }: GreyImage): GreyImage => {
  const frame = {
    width: width + 60,
    height: height + 50,
    pixels: new Float32Array((width + 60) * (height + 50)).fill(1),
  };
  for (let y = 0; y < height; y++)
    frame.pixels.set(pixels.subarray(y * width, (y + 1) * width), (y + 20) * frame.width + 35);
  return frame;
};

const archive = async (): Promise<NearDuplicates> => {
  const looks = new NearDuplicates(() => Promise.reject(new Error("every detail is kept")));
  for (let seed = 0; seed < 40; seed++) {
    const { perceptualHash: hash, detail } = compared(picture(seed));
    looks.add(imageId(`image-${seed}`), hash, detail);
  }
  return looks;
};

test.each([
  ["smaller", (image: GreyImage) => resize(image, 75, 100)],
  ["larger", (image: GreyImage) => resize(image, 600, 800)],
  ["with another window", (image: GreyImage) => ({ ...image, pixels: image.pixels.map((v) => Math.min(1, 1.3 * v)) })],
  ["with another tone curve", (image: GreyImage) => ({ ...image, pixels: image.pixels.map((v) => v ** 1.8) })],
  ["of 8 bits", (image: GreyImage) => ({ ...image, pixels: image.pixels.map((v) => Math.round(v * 255) / 255) })],
  ["with a border", framed],
  ["turned by a quarter", turned],
  ["mirrored", mirrored],
])("a copy %s is found among others, which are not", async (_, change) => {
  const looks = await archive();
  for (const seed of [3, 17, 31]) {
    expect(await looks.find(compared(change(picture(seed))))).toBe(`image-${seed}`);
    expect(await looks.find(compared(change(picture(1000 + seed))))).toBeUndefined();
  }
});

test("the hash of a turned picture follows from its hash, in all eight orientations", () => {
  const own = hashBits(perceptualHash(picture(7, 256, 256)));
  const quarter = hashBits(perceptualHash(turned(picture(7, 256, 256))));
  const distances = orientations.map((orientation) => hashDistance(orientedBits(quarter, orientation), own));
  expect(Math.min(...distances)).toBeLessThanOrEqual(2);
  expect(distances.filter((distance) => distance <= 2).length).toBe(1);
  expect(orientedBits(own, orientations[0]!)).toEqual(own);
});

test("a picture that is no longer there is like no other", async () => {
  const looks = new NearDuplicates((image: ImageId) => Promise.reject(new Error(image)));
  const copy = compared(picture(1));
  looks.add(imageId("gone"), copy.perceptualHash);
  expect(await looks.find(copy)).toBeUndefined();
});
