/** Distortions of the whole picture: of a grid, of a lens, of the viewpoint. */
import type { Random } from "../../numeric/random.ts";
import { borderFields } from "./border.ts";
import { choice, flag, number, type Range, range } from "./fields.ts";
import { type CoordinateMap, emptyMap, remap } from "./remap.ts";
import { defineTransform } from "./transform.ts";

interface GridOptions {
  readonly numSteps: number;
  readonly distortLimit: Range;
  readonly normalized: boolean;
}

/** Where each of `length` pixels lies after every cell of the grid was stretched by its own random factor. */
const stretchedAxis = (
  length: number,
  { numSteps, distortLimit, normalized }: GridOptions,
  random: Random,
): Float32Array => {
  const cell = Math.floor(length / numSteps);
  // cells of equal length, and one more where the length is no multiple
  const ends = Float64Array.from({ length: numSteps + 1 }, (_, i) => (i < numSteps ? (i + 1) * cell : length));
  const factors = ends.map(() => 1 + random.uniform(...distortLimit));
  const lengths = ends.map((end, i) => (end - (i === 0 ? 0 : ends[i - 1]!)) * factors[i]!);
  const whole = lengths.reduce((sum, value) => sum + value, 0);
  const scale = normalized && whole > 0 ? length / whole : 1;
  const places = new Float32Array(length);
  for (let i = 0, index = 0, start = 0, startPlace = 0; i < length; i++) {
    while (i >= ends[index]!) {
      start = ends[index]!;
      startPlace += lengths[index]! * scale;
      index++;
    }
    places[i] = startPlace + (i + 0.5 - start) * factors[index]! * scale - 0.5;
  }
  return places;
};

/** Stretches and shrinks the columns and rows of a grid. */
export const gridDistortion = defineTransform({
  name: "GridDistortion",
  p: 0.5,
  fields: {
    /** Cells along each axis. */
    numSteps: number(5, { from: 1, to: 1024, whole: true }),
    /** A cell is stretched by 1 plus this. */
    distortLimit: range([-0.3, 0.3], { above: -1, to: 1 }),
    /** Keeps the outer edges where they are. */
    normalized: flag(true),
    ...borderFields,
  },
  apply: (sample, values, random) => {
    const { width, height } = sample.image;
    const columns = stretchedAxis(width, values, random);
    const rows = stretchedAxis(height, values, random);
    const map = emptyMap(width, height);
    for (let y = 0; y < height; y++) {
      map.x.set(columns, y * width);
      map.y.fill(rows[y]!, y * width, (y + 1) * width);
    }
    return remap(sample, map, values);
  },
});

/** A lens that moves a place away from the middle by a factor of 1 + k1 r^2 + k2 r^4. */
interface Lens {
  /** How many pixels r = 1 is, along each axis. */
  readonly focalX: number;
  readonly focalY: number;
  readonly k1: number;
  readonly k2: number;
}

/** Brown's radial distortion in a camera with the picture's width and height as its focal lengths. */
const cameraLens = (width: number, height: number, k: number): Lens => ({
  focalX: width,
  focalY: height,
  k1: k,
  k2: k,
});

/** r is 1 in the corners. */
const fisheyeLens = (width: number, height: number, k: number): Lens => {
  const corner = Math.hypot(width / 2, height / 2);
  return { focalX: corner, focalY: corner, k1: k, k2: 0 };
};

const lensMap = (width: number, height: number, { focalX, focalY, k1, k2 }: Lens): CoordinateMap => {
  const map = emptyMap(width, height);
  const [centreX, centreY] = [(width - 1) / 2, (height - 1) / 2];
  for (let row = 0, i = 0; row < height; row++) {
    const y = row - centreY;
    for (let column = 0; column < width; column++, i++) {
      const x = column - centreX;
      const square = (x / focalX) ** 2 + (y / focalY) ** 2;
      const factor = 1 + square * (k1 + square * k2);
      map.x[i] = x * factor + centreX;
      map.y[i] = y * factor + centreY;
    }
  }
  return map;
};

/** The distortion of a lens: barrel (k above 0) or pincushion (below). */
export const opticalDistortion = defineTransform({
  name: "OpticalDistortion",
  p: 0.5,
  fields: {
    /** The coefficient k. */
    distortLimit: range([-0.05, 0.05], { from: -1, to: 1 }),
    /** The model of the lens. */
    mode: choice("camera", ["camera", "fisheye"]),
    ...borderFields,
  },
  apply: (sample, values, random) => {
    const { width, height } = sample.image;
    const lensOf = values.mode === "camera" ? cameraLens : fisheyeLens;
    const lens = lensOf(width, height, random.uniform(...values.distortLimit));
    return remap(sample, lensMap(width, height, lens), values);
  },
});

/** A place in the picture as shares of its width and height, the corners at 0 and 1. */
export type Place = readonly [x: number, y: number];

/** Four places in the picture, in the order in which they become its corners. */
export interface Corners {
  readonly topLeft: Place;
  readonly topRight: Place;
  readonly bottomRight: Place;
  readonly bottomLeft: Place;
}

/** Shows the quadrangle of the corners as the whole picture: the square-to-quadrangle map of Heckbert (1989, section 2.2.3). */
export const perspectiveMap = (
  width: number,
  height: number,
  { topLeft, topRight, bottomRight, bottomLeft }: Corners,
): CoordinateMap => {
  const along = (axis: 0 | 1): { right: number; down: number; rest: number } => ({
    right: topRight[axis] - bottomRight[axis],
    down: bottomLeft[axis] - bottomRight[axis],
    rest: topLeft[axis] - topRight[axis] + bottomRight[axis] - bottomLeft[axis],
  });
  const [x, y] = [along(0), along(1)];
  const determinant = x.right * y.down - x.down * y.right;
  const g = (x.rest * y.down - x.down * y.rest) / determinant;
  const h = (x.right * y.rest - x.rest * y.right) / determinant;
  const [a, b] = [0, 1].map((axis) => topRight[axis]! - topLeft[axis]! + g * topRight[axis]!) as [number, number];
  const [d, e] = [0, 1].map((axis) => bottomLeft[axis]! - topLeft[axis]! + h * bottomLeft[axis]!) as [number, number];
  const map = emptyMap(width, height);
  for (let row = 0, i = 0; row < height; row++) {
    const v = (row + 0.5) / height;
    for (let column = 0; column < width; column++, i++) {
      const u = (column + 0.5) / width;
      const depth = g * u + h * v + 1;
      map.x[i] = ((a * u + d * v + topLeft[0]) / depth) * width - 0.5;
      map.y[i] = ((b * u + e * v + topLeft[1]) / depth) * height - 0.5;
    }
  }
  return map;
};

/** Moves each corner inwards by a random share of the sides and shows what lies between them as the whole picture. */
export const perspective = defineTransform({
  name: "Perspective",
  p: 0.5,
  fields: {
    /** Standard deviation of the corners' way inwards, as a share of the sides. */
    scale: range([0.05, 0.1], { from: 0, to: 1 }),
    ...borderFields,
  },
  apply: (sample, values, random) => {
    const { width, height } = sample.image;
    const deviation = random.uniform(...values.scale);
    // never past the middle: at most 0.32, as albumentations has it
    const inwards = (): number => Math.abs(random.normal(0, deviation)) % 0.32;
    const corners: Corners = {
      topLeft: [inwards(), inwards()],
      topRight: [1 - inwards(), inwards()],
      bottomRight: [1 - inwards(), 1 - inwards()],
      bottomLeft: [inwards(), 1 - inwards()],
    };
    return remap(sample, perspectiveMap(width, height, corners), values);
  },
});
