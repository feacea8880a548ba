/** Turning, scaling, shearing and shifting about the centre of the picture. */
import type { Random } from "../../numeric/random.ts";
import { type Border, borderFields } from "./border.ts";
import { type AxisRanges, axisRanges, flag, type Range, range } from "./fields.ts";
import { type CoordinateMap, emptyMap, remap } from "./remap.ts";
import type { Sample } from "./sample.ts";
import { defineTransform } from "./transform.ts";

/** A number for each axis. */
export interface PerAxis {
  readonly x: number;
  readonly y: number;
}

/** What is done to a picture: first scaled, then turned, sheared and shifted. */
interface AffineChange {
  /** Above 1 enlarges. */
  readonly scale: PerAxis;
  /** Degrees, counter-clockwise. */
  readonly rotate: number;
  /** Degrees. */
  readonly shear: PerAxis;
  /** Pixels, to the right and down. */
  readonly translate: PerAxis;
}

/** Degrees in radians. */
export const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** A matrix of two rows, and the place that it leaves where it is. */
export interface LinearMap {
  readonly rows: readonly [readonly [number, number], readonly [number, number]];
  readonly centre: PerAxis;
}

/** For each pixel the place it came from: its way from the centre, less the shift, times the matrix. */
export const linearMap = (
  { width, height }: { readonly width: number; readonly height: number },
  { rows, centre }: LinearMap,
  shift: PerAxis,
): CoordinateMap => {
  const [[a, b], [c, d]] = rows;
  const map = emptyMap(width, height);
  for (let row = 0, i = 0; row < height; row++) {
    const v = row - centre.y - shift.y;
    for (let column = 0; column < width; column++, i++) {
      const u = column - centre.x - shift.x;
      map.x[i] = a * u + b * v + centre.x;
      map.y[i] = c * u + d * v + centre.y;
    }
  }
  return map;
};

/** The middle of a picture; pixel centres lie on whole numbers. */
export const middleOf = ({ width, height }: { readonly width: number; readonly height: number }): PerAxis => ({
  x: (width - 1) / 2,
  y: (height - 1) / 2,
});

/** The sample under the inverse of the change's matrix: each new pixel shows the place it came from. */
const warpAffine = (sample: Sample, { scale, rotate, shear, translate }: AffineChange, border: Border): Sample => {
  const [cos, sin] = [Math.cos(radians(rotate)), Math.sin(radians(rotate))];
  const [shearX, shearY] = [Math.tan(radians(shear.x)), Math.tan(radians(shear.y))];
  // shear * rotation * scale; the y axis points down
  const a = (cos - shearX * sin) * scale.x;
  const b = (sin + shearX * cos) * scale.y;
  const c = (shearY * cos - sin) * scale.x;
  const d = (shearY * sin + cos) * scale.y;
  const determinant = a * d - b * c;
  const rows = [
    [d / determinant, -b / determinant],
    [-c / determinant, a / determinant],
  ] as const;
  return remap(sample, linearMap(sample.image, { rows, centre: middleOf(sample.image) }, translate), border);
};

const rangesOf = (ranges: AxisRanges): { x: Range; y: Range } => ("x" in ranges ? ranges : { x: ranges, y: ranges });

const drawPerAxis = (random: Random, ranges: AxisRanges): PerAxis => {
  const { x, y } = rangesOf(ranges);
  return { x: random.uniform(...x), y: random.uniform(...y) };
};

/** Scales, turns, shears and shifts, each by its own draw. Does nothing until it is given a range. */
export const affine = defineTransform({
  name: "Affine",
  p: 0.5,
  fields: {
    /** Factors of the size; above 1 enlarges. */
    scale: axisRanges([1, 1], { above: 0 }),
    /** Shift as a share of the width (x) and the height (y), in whole pixels. */
    translatePercent: axisRanges([0, 0]),
    /** Degrees, counter-clockwise. */
    rotate: range([0, 0]),
    /** Degrees. */
    shear: axisRanges([0, 0], { above: -45, below: 45 }),
    /** The same factor for both axes. */
    keepRatio: flag(false),
    ...borderFields,
  },
  apply: (sample, values, random) => {
    const { width, height } = sample.image;
    const shift = drawPerAxis(random, values.translatePercent);
    const shear = drawPerAxis(random, values.shear);
    const scale = drawPerAxis(random, values.scale);
    const change: AffineChange = {
      translate: { x: Math.trunc(shift.x * width), y: Math.trunc(shift.y * height) },
      shear: { x: -shear.x, y: -shear.y },
      scale: values.keepRatio ? { x: scale.x, y: scale.x } : scale,
      rotate: random.uniform(...values.rotate),
    };
    return warpAffine(sample, change, values);
  },
});

/** Turns about the centre; the corners that leave the picture are lost. */
export const rotate = defineTransform({
  name: "Rotate",
  p: 0.5,
  fields: {
    /** Degrees, counter-clockwise. */
    limit: range([-90, 90]),
    ...borderFields,
  },
  apply: (sample, values, random) =>
    warpAffine(
      sample,
      {
        scale: { x: 1, y: 1 },
        shear: { x: 0, y: 0 },
        translate: { x: 0, y: 0 },
        rotate: random.uniform(...values.limit),
      },
      values,
    ),
});
