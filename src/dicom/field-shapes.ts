/**
 * Where a file says that its picture ends: the display shutter (PS3.3 C.7.6.11, which viewers are to black out) and the
 * collimator (C.8.7.3, C.8.11.6: where the beam ended). Both are read as data; no pixel is changed.
 */
import type { Outline } from "../imaging/outlines.ts";
import type { DataSet } from "./data-set.ts";
import { TAGS } from "./tags.ts";

/** Outlines in pixels of the stored picture, and what a bitmap shutter refers to. */
export interface FieldShapes {
  /** What is shown lies inside all of them. */
  readonly shutters: readonly Outline[];
  /** Where a shutter is a bitmap, the group of the overlay that draws it (PS3.3 C.7.6.15). */
  readonly shutterOverlayGroup?: number;
  readonly collimators: readonly Outline[];
}

interface ShapeTags {
  readonly shape: number;
  readonly left: number;
  readonly right: number;
  readonly upper: number;
  readonly lower: number;
  readonly centre: number;
  readonly radius: number;
  readonly vertices: number;
}

const shutterTags: ShapeTags = {
  shape: TAGS.ShutterShape,
  left: TAGS.ShutterLeftVerticalEdge,
  right: TAGS.ShutterRightVerticalEdge,
  upper: TAGS.ShutterUpperHorizontalEdge,
  lower: TAGS.ShutterLowerHorizontalEdge,
  centre: TAGS.CenterOfCircularShutter,
  radius: TAGS.RadiusOfCircularShutter,
  vertices: TAGS.VerticesOfThePolygonalShutter,
};

const collimatorTags: ShapeTags = {
  shape: TAGS.CollimatorShape,
  left: TAGS.CollimatorLeftVerticalEdge,
  right: TAGS.CollimatorRightVerticalEdge,
  upper: TAGS.CollimatorUpperHorizontalEdge,
  lower: TAGS.CollimatorLowerHorizontalEdge,
  centre: TAGS.CenterOfCircularCollimator,
  radius: TAGS.RadiusOfCircularCollimator,
  vertices: TAGS.VerticesOfThePolygonalCollimator,
};

/**
 * Reads the shutters and collimators of a data set; what is incomplete or impossible is left out.
 *
 * @example
 * readFieldShapes(dataSet).shutters; // [{ shape: "rectangle", left: 10, top: 20, width: 300, height: 400 }]
 */
export const readFieldShapes = (dataSet: DataSet): FieldShapes => {
  const overlay = dataSet.word(TAGS.ShutterOverlayGroup);
  const isBitmap = dataSet.texts(TAGS.ShutterShape).includes("BITMAP");
  return {
    shutters: readOutlines(dataSet, shutterTags),
    ...(isBitmap && overlay !== undefined ? { shutterOverlayGroup: overlay } : {}),
    collimators: readOutlines(dataSet, collimatorTags),
  };
};

/**
 * Rows and columns are counted from 1. The edges of a rectangle are the last lines that are blacked out, so that what is shown
 * begins behind them; where a file counts otherwise, it is by one pixel.
 */
const readOutlines = (dataSet: DataSet, tags: ShapeTags): Outline[] =>
  dataSet.texts(tags.shape).flatMap((shape): Outline[] => {
    const number = (tag: number): number | undefined => dataSet.decimals(tag)[0];
    if (shape === "RECTANGULAR") {
      const [left, right] = [number(tags.left), number(tags.right)];
      const [upper, lower] = [number(tags.upper), number(tags.lower)];
      if (left === undefined || right === undefined || upper === undefined || lower === undefined) return [];
      const [width, height] = [right - left - 1, lower - upper - 1];
      return width > 0 && height > 0 ? [{ shape: "rectangle", left, top: upper, width, height }] : [];
    }
    if (shape === "CIRCULAR") {
      const [row, column] = dataSet.decimals(tags.centre);
      const radius = number(tags.radius);
      if (row === undefined || column === undefined || radius === undefined || radius <= 0) return [];
      return [{ shape: "circle", centre: { x: column - 0.5, y: row - 0.5 }, radius }];
    }
    if (shape === "POLYGONAL") {
      const numbers = dataSet.decimals(tags.vertices);
      const points = Array.from({ length: numbers.length >> 1 }, (_, i) => ({
        x: numbers[2 * i + 1]! - 0.5,
        y: numbers[2 * i]! - 0.5,
      }));
      return points.length >= 3 ? [{ shape: "polygon", points }] : [];
    }
    return [];
  });
