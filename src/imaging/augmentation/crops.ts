/** Cutting a part out of the picture. */
import { OsteonError } from "../../errors.ts";
import type { Random } from "../../numeric/random.ts";
import { type Border, borderFields } from "./border.ts";
import { flag, number, optional, range } from "./fields.ts";
import { type CoordinateMap, emptyMap, remap } from "./remap.ts";
import type { Sample } from "./sample.ts";
import { defineTransform } from "./transform.ts";

/** A part of the picture, in whole pixels; it may reach beyond it. */
interface Window {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Nothing that a window inside the picture shows lies beyond the border. */
const noBorder: Border = { borderMode: "replicate", fill: 0, fillMask: 0 };

/** Shows the window in `width` x `height` pixels. What lies outside the window takes no part, however near. */
const windowMap = (window: Window, width: number, height: number): CoordinateMap => {
  const map = emptyMap(width, height);
  const [perColumn, perRow] = [window.width / width, window.height / height];
  for (let row = 0, i = 0; row < height; row++) {
    const down = Math.min(Math.max((row + 0.5) * perRow - 0.5, 0), window.height - 1);
    for (let column = 0; column < width; column++, i++) {
      const across = Math.min(Math.max((column + 0.5) * perColumn - 0.5, 0), window.width - 1);
      map.x[i] = window.left + across;
      map.y[i] = window.top + down;
    }
  }
  return map;
};

/** Ten draws of an area and an aspect ratio; where none fits, the largest window in the middle of an allowed ratio. */
const drawWindow = (
  { width, height }: Sample["image"],
  { scale, ratio }: { scale: readonly [number, number]; ratio: readonly [number, number] },
  random: Random,
): Window => {
  for (let attempt = 0; attempt < 10; attempt++) {
    const area = width * height * random.uniform(...scale);
    const aspect = Math.exp(random.uniform(Math.log(ratio[0]), Math.log(ratio[1])));
    const across = Math.round(Math.sqrt(area * aspect));
    const down = Math.round(Math.sqrt(area / aspect));
    if (across < 1 || down < 1 || across > width || down > height) continue;
    const top = random.integer(height - down + 1);
    return { left: random.integer(width - across + 1), top, width: across, height: down };
  }
  const aspect = Math.min(Math.max(width / height, ratio[0]), ratio[1]);
  const across = Math.min(width, Math.max(1, Math.round(height * aspect)));
  const down = Math.min(height, Math.max(1, Math.round(width / aspect)));
  return { left: (width - across) >> 1, top: (height - down) >> 1, width: across, height: down };
};

/** Inception's crop: a random part of random shape, enlarged to the picture's size (Szegedy et al. 2015). */
export const randomResizedCrop = defineTransform({
  name: "RandomResizedCrop",
  p: 1,
  fields: {
    /** Width of the result in pixels; that of the picture where nothing is said. */
    width: optional(number(1, { from: 1, to: 8192, whole: true })),
    /** Height of the result in pixels; that of the picture where nothing is said. */
    height: optional(number(1, { from: 1, to: 8192, whole: true })),
    /** Area of the part, as a share of the picture's. */
    scale: range([0.08, 1], { above: 0, to: 1 }),
    /** Width over height of the part, drawn log-uniformly. */
    ratio: range([3 / 4, 4 / 3], { above: 0 }),
  },
  apply: (sample, values, random) => {
    const { width = sample.image.width, height = sample.image.height } = values;
    return remap(sample, windowMap(drawWindow(sample.image, values, random), width, height), noBorder);
  },
});

/** A part of a given size, from anywhere in the picture. */
export const randomCrop = defineTransform({
  name: "RandomCrop",
  p: 1,
  fields: {
    /** Width of the part in pixels; that of the picture where nothing is said. */
    width: optional(number(1, { from: 1, to: 8192, whole: true })),
    /** Height of the part in pixels; that of the picture where nothing is said. */
    height: optional(number(1, { from: 1, to: 8192, whole: true })),
  },
  apply: (sample, values, random) => {
    const { image } = sample;
    const { width = image.width, height = image.height } = values;
    if (width > image.width || height > image.height) {
      const sentence = `RandomCrop: width and height are ${width} and ${height}, but the picture has ${image.width} x ${image.height} pixels.`;
      throw new OsteonError("bad-usage", sentence, { width, height });
    }
    const top = random.integer(image.height - height + 1);
    const left = random.integer(image.width - width + 1);
    return remap(sample, windowMap({ left, top, width, height }, width, height), noBorder);
  },
});

/** Cuts a margin off each side (below 0) or adds one (above 0), and brings the rest back to the picture's size. */
export const cropAndPad = defineTransform({
  name: "CropAndPad",
  p: 1,
  fields: {
    /** Margin as a share of the height (top, bottom) and of the width (right, left), in whole pixels. */
    percent: range([0, 0], { above: -0.5 }),
    /** A draw for each side; else one for all four. */
    sampleIndependently: flag(true),
    ...borderFields,
  },
  apply: (sample, values, random) => {
    const { width, height } = sample.image;
    const one = random.uniform(...values.percent);
    const margin = (length: number): number =>
      Math.trunc(length * (values.sampleIndependently ? random.uniform(...values.percent) : one));
    const [top, right, bottom, left] = [margin(height), margin(width), margin(height), margin(width)];
    const window = { left: -left, top: -top, width: width + left + right, height: height + top + bottom };
    return remap(sample, windowMap(window, width, height), values);
  },
});
