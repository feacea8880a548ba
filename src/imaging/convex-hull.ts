/** Convex hulls (Andrew's monotone chain, 1979), and hulls of few corners. */
import type { Point } from "./outlines.ts";

const cross = (o: Point, a: Point, b: Point): number => (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);

/** The convex hull of points, in order around it. */
export const convexHull = (points: readonly Point[]): Point[] => {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const half = (ordered: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const point of ordered) {
      while (chain.length >= 2 && cross(chain.at(-2)!, chain.at(-1)!, point) <= 0) chain.pop();
      chain.push(point);
    }
    chain.pop();
    return chain;
  };
  return [...half(sorted), ...half(sorted.reverse())];
};

/** A point's distance from the line through two others. */
const distanceFrom = (a: Point, b: Point, point: Point): number => {
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  return length === 0 ? Math.hypot(point.x - a.x, point.y - a.y) : Math.abs(cross(a, b, point)) / length;
};

/**
 * A hull with fewer corners: one after another the corner is left out that lies nearest to the line between its neighbours,
 * while it is nearer than `tolerance`.
 */
export const simplifyHull = (hull: readonly Point[], tolerance: number): Point[] => {
  const corners = [...hull];
  while (corners.length > 3) {
    let [nearest, distance] = [-1, tolerance];
    for (let i = 0; i < corners.length; i++) {
      const before = corners[(i + corners.length - 1) % corners.length]!;
      const after = corners[(i + 1) % corners.length]!;
      const own = distanceFrom(before, after, corners[i]!);
      if (own < distance) [nearest, distance] = [i, own];
    }
    if (nearest < 0) break;
    corners.splice(nearest, 1);
  }
  return corners;
};
