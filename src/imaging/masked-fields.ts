/**
 * Fields that are left of a picture where the rest was blacked or whitened out by a shutter: the shutter is one region of
 * one grey from the edge of the picture, and what it leaves has a simple outline. Where the outline is not simple, such as a
 * limb's before black air, there is no shutter.
 */
import { convexHull, simplifyHull } from "./convex-hull.ts";
import type { GreyImage } from "./grey-image.ts";
import { areaOfPolygon, type Outline, type Point } from "./outlines.ts";

/** Greys of a shutter lie within this share of the scale. */
const tolerance = 0.015;
/** Of the pixels along the edge of the picture, at least this share is shutter. */
const leastAlongEdge = 0.25;
/** Of the picture, at least this share is shutter, and at least this share a field. */
const leastMasked = 0.02;
const leastField = 0.08;
/** A field fills this share of its outline. */
const leastFilled = 0.97;
const mostCorners = 8;
/** Of the outline of a polygon, this share may be the edge of the picture. */
const mostAlongEdge = 0.15;

/**
 * The outlines of the fields that a shutter leaves, largest first; none where there is no shutter.
 *
 * @returns in pixels of the picture
 */
export const findMaskedFields = (image: GreyImage): Outline[] => {
  const masked = findMask(image);
  if (!masked) return [];
  const fields = componentsOf(image, masked).filter(({ area }) => area >= leastField * masked.length);
  const outlines = fields.map((field) => ({ area: field.area, outline: outlineOf(field, image) }));
  if (outlines.some(({ outline }) => outline === null)) return [];
  return outlines.sort((a, b) => b.area - a.area).map(({ outline }) => outline!);
};

/** 1 where the picture is shutter. */
const findMask = ({ width, height, pixels }: GreyImage): Uint8Array | null => {
  const edge: number[] = [];
  for (let x = 0; x < width; x++) edge.push(x, (height - 1) * width + x);
  for (let y = 1; y < height - 1; y++) edge.push(y * width, y * width + width - 1);
  const counts = new Uint32Array(257);
  for (const i of edge) counts[Math.round(pixels[i]! * 256)]!++;
  const grey = counts.indexOf(Math.max(...counts)) / 256;
  const isGrey = (i: number): boolean => Math.abs(pixels[i]! - grey) <= tolerance;
  const seeds = edge.filter(isGrey);
  if (seeds.length < leastAlongEdge * edge.length) return null;
  const masked = new Uint8Array(pixels.length);
  const stack = new Int32Array(pixels.length); // every pixel lies on it at most once
  let waiting = 0;
  const visit = (i: number): void => {
    if (masked[i] === 1 || !isGrey(i)) return;
    masked[i] = 1;
    stack[waiting++] = i;
  };
  for (const seed of seeds) visit(seed);
  let count = 0;
  while (waiting > 0) {
    const i = stack[--waiting]!;
    count++;
    const x = i % width;
    if (x > 0) visit(i - 1);
    if (x < width - 1) visit(i + 1);
    if (i >= width) visit(i - width);
    if (i < pixels.length - width) visit(i + width);
  }
  return count >= leastMasked * pixels.length ? masked : null;
};

/** A connected part of the picture, row by row from its first pixel to its last: holes count to it. */
interface Component {
  /** First column and last column but one of each row. */
  readonly spans: ReadonlyMap<number, readonly [from: number, to: number]>;
  readonly area: number;
}

const componentsOf = ({ width, height }: GreyImage, masked: Uint8Array): Component[] => {
  const seen = masked.slice();
  const found: Component[] = [];
  const stack = new Int32Array(seen.length); // every pixel lies on it at most once
  let waiting = 0;
  const visit = (i: number): void => {
    if (seen[i] === 1) return;
    seen[i] = 1;
    stack[waiting++] = i;
  };
  const first = new Int32Array(height).fill(width);
  const last = new Int32Array(height).fill(-1);
  for (let start = seen.indexOf(0); start >= 0; start = seen.indexOf(0, start)) {
    visit(start);
    const top = (start / width) | 0; // no pixel of it lies above the first that is found
    let bottom = top;
    while (waiting > 0) {
      const i = stack[--waiting]!;
      const y = (i / width) | 0;
      const x = i - y * width;
      if (x < first[y]!) first[y] = x;
      if (x > last[y]!) last[y] = x;
      if (y > bottom) bottom = y;
      if (x > 0) visit(i - 1);
      if (x < width - 1) visit(i + 1);
      if (y > 0) visit(i - width);
      if (y < height - 1) visit(i + width);
    }
    const spans = new Map<number, readonly [from: number, to: number]>();
    let area = 0;
    for (let y = top; y <= bottom; y++) {
      spans.set(y, [first[y]!, last[y]! + 1]);
      area += last[y]! + 1 - first[y]!;
      first[y] = width;
      last[y] = -1;
    }
    found.push({ spans, area });
  }
  return found;
};

/** The simplest outline that a field fills, or null. */
const outlineOf = ({ spans, area }: Component, picture: GreyImage): Outline | null => {
  const corners: Point[] = [];
  for (const [y, [from, to]] of spans) {
    corners.push({ x: from, y }, { x: to, y }, { x: from, y: y + 1 }, { x: to, y: y + 1 });
  }
  const hull = convexHull(corners);
  if (area < leastFilled * areaOfPolygon(hull)) return null;
  const xs = hull.map(({ x }) => x);
  const ys = hull.map(({ y }) => y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top];
  if (isStraight(spans, { left, width })) return { shape: "rectangle", left, top, width, height };
  const circle = circleThrough(hull, picture);
  if (circle) return circle;
  if (alongEdge(hull, picture) > mostAlongEdge) return null;
  const points = simplifyHull(hull, 1.5);
  const fits = points.length <= mostCorners && areaOfPolygon(points) >= leastFilled * areaOfPolygon(hull);
  return fits ? { shape: "polygon", points } : null;
};

/** Whether nearly every row of a field goes from the one side to the other. */
const isStraight = (spans: Component["spans"], { left, width }: { left: number; width: number }): boolean => {
  let straight = 0;
  for (const [from, to] of spans.values()) if (from <= left + 1 && to >= left + width - 1) straight++;
  return straight >= 0.97 * spans.size;
};

/** The share of an outline that is the edge of the picture: a limb goes out of the picture, a shutter does not. */
const alongEdge = (hull: readonly Point[], { width, height }: GreyImage): number => {
  let [along, whole] = [0, 0];
  hull.forEach((point, i) => {
    const next = hull[(i + 1) % hull.length]!;
    const length = Math.hypot(next.x - point.x, next.y - point.y);
    const isOnEdge =
      (point.x === next.x && (point.x === 0 || point.x === width)) ||
      (point.y === next.y && (point.y === 0 || point.y === height));
    whole += length;
    if (isOnEdge) along += length;
  });
  return along / whole;
};

/** The circle that the corners of a hull lie on (least squares: Kåsa 1976), but for those on the edge of the picture. */
const circleThrough = (hull: readonly Point[], { width, height }: GreyImage): Outline | null => {
  const free = hull.filter(({ x, y }) => x > 1 && y > 1 && x < width - 1 && y < height - 1);
  if (free.length < 12) return null;
  const mean = (of: (point: Point) => number): number => free.reduce((sum, point) => sum + of(point), 0) / free.length;
  const [mx, my] = [mean(({ x }) => x), mean(({ y }) => y)];
  let [uu, uv, vv, uz, vz] = [0, 0, 0, 0, 0];
  for (const { x, y } of free) {
    const [u, v] = [x - mx, y - my];
    const z = u * u + v * v;
    uu += u * u;
    uv += u * v;
    vv += v * v;
    uz += u * z;
    vz += v * z;
  }
  const determinant = uu * vv - uv * uv;
  if (Math.abs(determinant) < 1e-9) return null;
  const centre = {
    x: mx + (uz * vv - vz * uv) / (2 * determinant),
    y: my + (vz * uu - uz * uv) / (2 * determinant),
  };
  const radii = free.map(({ x, y }) => Math.hypot(x - centre.x, y - centre.y));
  const radius = radii.reduce((sum, own) => sum + own, 0) / radii.length;
  const worst = Math.max(...radii.map((own) => Math.abs(own - radius)));
  if (worst > 0.01 * radius + 1 || radius > Math.max(width, height)) return null;
  // A few corners in a row lie on some circle; a shutter's go around at least half of it.
  const angles = free.map(({ x, y }) => Math.atan2(y - centre.y, x - centre.x)).sort((a, b) => a - b);
  const sectors = new Set(angles.map((angle) => Math.floor((angle + Math.PI) / (Math.PI / 6))));
  return sectors.size >= 7 ? { shape: "circle", centre, radius } : null;
};
