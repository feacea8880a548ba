/** The view from another place. */
import { borderFields } from "./border.ts";
import { range } from "./fields.ts";
import { type CoordinateMap, emptyMap, remap } from "./remap.ts";
import { defineTransform } from "./transform.ts";

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
