/**
 * The edges of the beam on a plate that no shutter blacked out: outside the beam the plate is bright and has little structure,
 * and its edge is a straight line, upright or a little askew. Looked for on each side separately; a side without an edge ends
 * with the picture.
 */
import type { GreyImage } from "./grey-image.ts";
import type { Outline, Point } from "./outlines.ts";

/** A field of the beam. */
export interface CollimatedField {
  readonly outline: Outline;
  /** By how much the field stands askew, in degrees, clockwise. */
  readonly tiltDegrees: number;
  /** The greatest difference of direction between two opposite edges, in degrees: a plate has none, its photograph has. */
  readonly skewDegrees: number;
}

const steepest = 9;
const stepDegrees = 0.5;
/** Along a line, this share of the places must get darker inwards, by this much over two pixels. */
const leastConsistent = 0.85;
const leastStep = 0.04;
/** Outside is brighter than inside by this much on average, and varies less than this. */
const leastContrast = 0.12;
const mostVaried = 0.12;

interface Line {
  /** Where the line crosses the middle of the picture, and how it leans: place = middle + lean * (distance from the middle). */
  readonly place: number;
  readonly lean: number;
}

/**
 * Finds where the beam ended.
 *
 * @param image of about 128 pixels: larger ones take longer and show no more
 * @returns in pixels of the picture; null where no side has an edge
 */
export const findCollimationEdges = (image: GreyImage): CollimatedField | null => {
  const turned = transpose(image);
  const left = findLine(image);
  const right = findLine(mirror(image));
  const top = findLine(turned);
  const bottom = findLine(mirror(turned));
  const { width, height } = image;
  const found = [left, right, top, bottom].filter((line) => line !== null);
  if (found.length === 0) return null;
  const at = (line: Line | null, otherwise: number): Line => line ?? { place: otherwise, lean: 0 };
  const west = at(left, 0);
  const east = right ? { place: width - right.place, lean: -right.lean } : at(null, width);
  const north = at(top, 0);
  const south = bottom ? { place: height - bottom.place, lean: -bottom.lean } : at(null, height);
  const corner = (vertical: Line, horizontal: Line): Point => {
    // x = v + vl (y - h/2), y = n + nl (x - w/2)
    const x =
      (vertical.place + vertical.lean * (horizontal.place - horizontal.lean * (width / 2) - height / 2)) /
      (1 - vertical.lean * horizontal.lean);
    return { x, y: horizontal.place + horizontal.lean * (x - width / 2) };
  };
  const degrees = (lean: number): number => (Math.atan(lean) * 180) / Math.PI;
  // A vertical edge that leans to the right downwards is turned counter-clockwise; a horizontal one that falls, clockwise.
  const tilts = [
    ...[left && west, right && east].filter((line) => line !== null).map(({ lean }) => -degrees(lean)),
    ...[top && north, bottom && south].filter((line) => line !== null).map(({ lean }) => degrees(lean)),
  ];
  const tiltDegrees = tilts.reduce((sum, tilt) => sum + tilt, 0) / tilts.length;
  const skews = [
    left && right ? Math.abs(degrees(west.lean) - degrees(east.lean)) : 0,
    top && bottom ? Math.abs(degrees(north.lean) - degrees(south.lean)) : 0,
  ];
  const points = [corner(west, north), corner(east, north), corner(east, south), corner(west, south)];
  const isUpright = tilts.every((tilt) => Math.abs(tilt) <= stepDegrees);
  const outline: Outline = isUpright
    ? {
        shape: "rectangle",
        left: west.place,
        top: north.place,
        width: east.place - west.place,
        height: south.place - north.place,
      }
    : { shape: "polygon", points };
  return { outline, tiltDegrees, skewDegrees: Math.max(...skews) };
};

const transpose = ({ width, height, pixels }: GreyImage): GreyImage => {
  const turned = new Float32Array(pixels.length);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) turned[x * height + y] = pixels[y * width + x]!;
  return { width: height, height: width, pixels: turned };
};

const mirror = ({ width, height, pixels }: GreyImage): GreyImage => {
  const mirrored = new Float32Array(pixels.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) mirrored[y * width + x] = pixels[y * width + width - 1 - x]!;
  }
  return { width, height, pixels: mirrored };
};

/** The edge nearest to the left side of the picture that the beam can have ended at. */
const findLine = ({ width, height, pixels }: GreyImage): Line | null => {
  const darkening = new Float32Array(pixels.length);
  for (let y = 0; y < height; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      darkening[i] = pixels[i - 1]! - pixels[i + 1]!;
    }
  }
  const from = Math.floor(height * 0.15);
  const to = Math.ceil(height * 0.85);
  const mostWeak = (1 - leastConsistent) * (to - from);
  let best: { line: Line; score: number } | undefined;
  const columns = new Int32Array(height);
  for (let degrees = -steepest; degrees <= steepest; degrees += stepDegrees) {
    const lean = Math.tan((degrees * Math.PI) / 180);
    for (let y = from; y < to; y++) columns[y] = Math.round(lean * (y + 0.5 - height / 2) - 0.5);
    for (let place = 2; place < width * 0.4; place++) {
      let [weak, sum] = [0, 0];
      for (let y = from; y < to && weak <= mostWeak; y++) {
        const x = place + columns[y]!;
        const step = x < 1 || x >= width - 1 ? 0 : darkening[y * width + x]!;
        if (step < leastStep) weak++;
        sum += Math.min(step, 0.5);
      }
      if (weak <= mostWeak && (!best || sum > best.score)) best = { line: { place, lean }, score: sum };
    }
  }
  return best && isOutside(best.line, { width, height, pixels }) ? best.line : null;
};

/** Whether what lies left of the line looks like a part of the plate that the beam did not reach. */
const isOutside = ({ place, lean }: Line, { width, height, pixels }: GreyImage): boolean => {
  let [count, sum, squares, inside, insideCount] = [0, 0, 0, 0, 0];
  for (let y = 0; y < height; y++) {
    const edge = place + lean * (y + 0.5 - height / 2);
    for (let x = 0; x < width * 0.6; x++) {
      const value = pixels[y * width + x]!;
      if (x < edge - 1.5) {
        count++;
        sum += value;
        squares += value * value;
      } else if (x > edge + 1.5 && x < edge + width * 0.2) {
        inside += value;
        insideCount++;
      }
    }
  }
  if (count < height / 4 || insideCount === 0) return false;
  const mean = sum / count;
  const deviation = Math.sqrt(Math.max(squares / count - mean * mean, 0));
  return mean - inside / insideCount >= leastContrast && deviation <= mostVaried;
};
