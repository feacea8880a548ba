/** Shapes on a plate, in its pixels: x to the right, y down, (0, 0) the upper left corner of the first pixel. */

/** A place on a plate or a picture, in its pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** The outline of a part of a plate. */
export type Outline =
  | {
      readonly shape: "rectangle";
      readonly left: number;
      readonly top: number;
      readonly width: number;
      readonly height: number;
    }
  | { readonly shape: "circle"; readonly centre: Point; readonly radius: number }
  /** Corners in order; a rectangle that stands askew is one of four corners. */
  | { readonly shape: "polygon"; readonly points: readonly Point[] };

/** The smallest upright rectangle around an outline. */
export const boundsOf = (outline: Outline): { left: number; top: number; width: number; height: number } => {
  if (outline.shape === "rectangle") {
    const { left, top, width, height } = outline;
    return { left, top, width, height };
  }
  if (outline.shape === "circle") {
    const { centre, radius } = outline;
    return { left: centre.x - radius, top: centre.y - radius, width: 2 * radius, height: 2 * radius };
  }
  const xs = outline.points.map(({ x }) => x);
  const ys = outline.points.map(({ y }) => y);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  return { left, top, width: Math.max(...xs) - left, height: Math.max(...ys) - top };
};

/** An outline moved and scaled: `x * scale + shift.x`, and so on. */
export const transformOutline = (outline: Outline, scale: Point, shift: Point = { x: 0, y: 0 }): Outline => {
  const move = ({ x, y }: Point): Point => ({ x: x * scale.x + shift.x, y: y * scale.y + shift.y });
  if (outline.shape === "rectangle") {
    const { x: left, y: top } = move({ x: outline.left, y: outline.top });
    return { ...outline, left, top, width: outline.width * scale.x, height: outline.height * scale.y };
  }
  if (outline.shape === "circle") {
    return { ...outline, centre: move(outline.centre), radius: outline.radius * Math.sqrt(scale.x * scale.y) };
  }
  return { ...outline, points: outline.points.map(move) };
};

/** The area of a polygon, in square pixels (the shoelace formula). */
export const areaOfPolygon = (points: readonly Point[]): number => {
  let twice = 0;
  points.forEach((point, i) => {
    const next = points[(i + 1) % points.length]!;
    twice += point.x * next.y - next.x * point.y;
  });
  return Math.abs(twice) / 2;
};

/** The area of an outline, in square pixels. */
export const areaOf = (outline: Outline): number =>
  outline.shape === "rectangle"
    ? outline.width * outline.height
    : outline.shape === "circle"
      ? Math.PI * outline.radius ** 2
      : areaOfPolygon(outline.points);

/** Whether a point lies inside an outline (for polygons by the even-odd rule). */
export const isInside = (outline: Outline, { x, y }: Point): boolean => {
  if (outline.shape === "rectangle") {
    const { left, top, width, height } = outline;
    return x >= left && x < left + width && y >= top && y < top + height;
  }
  if (outline.shape === "circle") {
    return (x - outline.centre.x) ** 2 + (y - outline.centre.y) ** 2 <= outline.radius ** 2;
  }
  let inside = false;
  const { points } = outline;
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    const [a, b] = [points[i]!, points[j]!];
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
};
