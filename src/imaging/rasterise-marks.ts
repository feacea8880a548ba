/** Polygons and boxes on a picture as one mask. */
import { fillPolygon, type Point } from "./fill-polygon.ts";

/** A mark with an area. */
export interface AreaMark {
  readonly corners?: readonly Point[];
  /** Left, top, right, bottom. */
  readonly box?: readonly [number, number, number, number];
}

/** The mask of marks: 1 where any of them lies. Polygons are exact; boxes count where there is no polygon at all. */
export const rasteriseMarks = (marks: readonly AreaMark[], width: number, height: number): Uint8Array => {
  const mask = new Uint8Array(width * height);
  const polygons = marks.flatMap(({ corners }) => (corners === undefined ? [] : [corners]));
  const boxes = marks.flatMap(({ box }) => (box === undefined ? [] : [cornersOf(box)]));
  for (const corners of polygons.length > 0 ? polygons : boxes) fillPolygon(mask, width, corners);
  return mask;
};

const cornersOf = ([left, top, right, bottom]: readonly [number, number, number, number]): readonly Point[] => [
  [left, top],
  [right, top],
  [right, bottom],
  [left, bottom],
];
