/** Blank rectangles. */
import type { Random } from "../../numeric/random.ts";
import { choice, number, numberOr, optional, type Range, range } from "./fields.ts";
import { sampleOf } from "./sample.ts";
import { defineTransform } from "./transform.ts";

/** A side in pixels: a range that reaches 1 is in pixels, any other a share of the picture's side. */
const drawSide = (random: Random, [low, high]: Range, length: number): number => {
  if (high < 1) return Math.trunc(length * random.uniform(low, high));
  const [least, most] = [Math.min(Math.trunc(low), length), Math.min(Math.trunc(high), length)];
  return least + random.integer(most - least + 1);
};

/** Blanks rectangles of the picture (DeVries and Taylor 2017); the mask stays, unless it is told to be filled too. */
export const coarseDropout = defineTransform({
  name: "CoarseDropout",
  p: 0.5,
  fields: {
    /** How many rectangles, both ends included. */
    numHolesRange: range([1, 2], { from: 1, to: 4096, whole: true }),
    /** Height, as a share of the picture's, or in pixels where the upper end is at least 1. */
    holeHeightRange: range([0.1, 0.2], { from: 0 }),
    /** Width, as a share of the picture's, or in pixels where the upper end is at least 1. */
    holeWidthRange: range([0.1, 0.2], { from: 0 }),
    /** Grey value in a rectangle; `random`: one for each pixel, `random_uniform`: one for each rectangle. */
    fill: numberOr(choice("random", ["random", "random_uniform"]), number(0, { from: 0, to: 1 })),
    /** Class number in a rectangle; the mask is left alone where nothing is said. */
    fillMask: optional(number(0, { from: 0, to: 255, whole: true })),
  },
  apply: ({ image, mask }, { numHolesRange, holeHeightRange, holeWidthRange, fill, fillMask }, random) => {
    const { width, height } = image;
    const pixels = image.pixels.slice();
    const classes = fillMask === undefined ? mask : mask?.slice();
    const holes = numHolesRange[0] + random.integer(numHolesRange[1] - numHolesRange[0] + 1);
    for (let hole = 0; hole < holes; hole++) {
      const [down, across] = [drawSide(random, holeHeightRange, height), drawSide(random, holeWidthRange, width)];
      const [top, left] = [random.integer(height - down + 1), random.integer(width - across + 1)];
      const value = fill === "random_uniform" ? random.next() : fill;
      for (let row = top; row < top + down; row++) {
        const from = row * width + left;
        if (value === "random") for (let i = from; i < from + across; i++) pixels[i] = random.next();
        else pixels.fill(value, from, from + across);
        if (fillMask !== undefined) classes?.fill(fillMask, from, from + across);
      }
    }
    return sampleOf({ width, height, pixels }, classes);
  },
});
