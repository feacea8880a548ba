/**
 * Copies of radiographs found again, and different radiographs taken for copies: synthetic radiographs of all regions in
 * copies of every kind; and real knees, both sides of each patient, among which are none. Synthetic and real apart.
 */

import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import sharp, { type Sharp } from "sharp";
import { imageId } from "../src/clinic/ids.ts";
import { wilsonInterval } from "../src/evidence/wilson-interval.ts";
import { withoutBorder } from "../src/imaging/borders.ts";
import { decodeGreyPicture } from "../src/imaging/decode-picture.ts";
import type { GreyImage } from "../src/imaging/grey-image.ts";
import { encodeGreyPng } from "../src/imaging/grey-png.ts";
import { perceptualHash } from "../src/imaging/perceptual-hash.ts";
import { pictureDetail } from "../src/imaging/picture-detail.ts";
import { resize } from "../src/imaging/resize.ts";
import { smallPicture } from "../src/imaging/small-picture.ts";
import { drawRegionRadiograph } from "../src/phantom/draw-region-radiograph.ts";
import { regions } from "../src/phantom/regions/regions.ts";
import { shots } from "../src/phantom/regions/shots.ts";
import { type ComparedPicture, NearDuplicates } from "../src/systems/cohort/near-duplicates.ts";
import type { Bench, Figure } from "./figure.ts";

const knees = resolve("../shared/data/knee-oa224");

const compared = (image: GreyImage): ComparedPicture => {
  const content = withoutBorder(smallPicture(image));
  return { perceptualHash: perceptualHash(content), detail: pictureDetail(content) };
};

const viaSharp = async (image: GreyImage, change: (source: Sharp) => Sharp): Promise<GreyImage> => {
  const changed = await change(sharp(await encodeGreyPng(image))).toBuffer();
  return decodeGreyPicture(changed, changed[0] === 0xff ? "jpeg" : "png");
};

const scaled = (image: GreyImage, by: number): GreyImage =>
  resize(image, Math.round(image.width * by), Math.round(image.height * by));

const mapped = (image: GreyImage, map: (value: number) => number): GreyImage => ({
  ...image,
  pixels: image.pixels.map((value) => Math.min(Math.max(map(value), 0), 1)),
});

const copies: Readonly<Record<string, (image: GreyImage) => GreyImage | Promise<GreyImage>>> = {
  "a quarter of the size": (image) => scaled(image, 0.25),
  "twice the size": (image) => scaled(image, 2),
  "JPEG of quality 60": (image) => viaSharp(image, (source) => source.jpeg({ quality: 60 })),
  "JPEG of quality 95": (image) => viaSharp(image, (source) => source.jpeg({ quality: 95 })),
  "another window": (image) => mapped(image, (value) => (value - 0.08) / 0.8),
  "16 grey levels": (image) => mapped(image, (value) => Math.round(value * 15) / 15),
  "a white border": (image) =>
    viaSharp(image, (source) => source.extend({ top: 40, bottom: 30, left: 25, right: 60, background: "white" }).png()),
  "turned by a quarter": (image) => viaSharp(image, (source) => source.rotate(90).png()),
  mirrored: (image) => viaSharp(image, (source) => source.flop().png()),
};

export const nearDuplicates: Bench = async ({ say }) => {
  say("Drawing radiographs of all regions.");
  const originals = regions.flatMap(({ region }) =>
    shots[region].flatMap(({ view }) =>
      [1, 2].map((seed) => drawRegionRadiograph({ region, view, seed, ageYears: 20 * seed + 10, sex: "F" }).picture),
    ),
  );
  const pictures = originals.map(({ width, height, values }): GreyImage => ({ width, height, pixels: values }));
  const figures = [await falsePairs("synthetic radiographs of all regions", pictures)];
  for (const [kind, copy] of Object.entries(copies)) {
    let found = 0;
    for (const [i, picture] of pictures.entries()) {
      const index = new NearDuplicates(async () => new Uint8Array());
      const { perceptualHash: hash, detail } = compared(picture);
      index.add(imageId(String(i)), hash, detail);
      if ((await index.find(compared(await copy(picture)))) !== undefined) found += 1;
    }
    figures.push(share(`synthetic copies found: ${kind}`, found, pictures.length));
  }
  if (!existsSync(knees)) return figures;
  const files = (await readdir(knees)).filter((file) => file.endsWith(".png")).sort();
  const real: GreyImage[] = [];
  for (const file of files) real.push(await decodeGreyPicture(await readFile(join(knees, file)), "png"));
  return [...figures, await falsePairs("real knees, both sides", real)];
};

const share = (name: string, count: number, of: number): Figure => {
  const [low, high] = wilsonInterval(count, of);
  return {
    name: `${name} (${count} of ${of}; ${low.toFixed(3)} to ${high.toFixed(3)})`,
    value: count / of,
    unit: "share",
  };
};

/** Each picture against all before it: none of them is a copy. */
const falsePairs = async (name: string, pictures: readonly GreyImage[]): Promise<Figure> => {
  const all = pictures.map(compared);
  const index = new NearDuplicates(async (image) => encodeGreyPng(smallPicture(pictures[Number(image)]!)));
  let taken = 0;
  for (const [i, picture] of all.entries()) {
    if ((await index.find(picture)) !== undefined) taken += 1;
    index.add(imageId(String(i)), picture.perceptualHash, picture.detail);
  }
  return share(`taken for copies: ${name}`, taken, pictures.length);
};
