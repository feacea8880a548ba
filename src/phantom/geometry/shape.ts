/**
 * Solid shapes as signed distances (negative inside), after the distance bounds collected by Inigo Quilez: exact for
 * spheres and cones, first-order for ellipses, which is all that integrating along a ray needs. Classes, not closures,
 * because the innermost loop of the renderer asks them a million times a picture.
 */
import { add, type Rotation, rotateBack, type Vector } from "./vector.ts";

/** A sphere that bounds a piece of a shape: centre and radius in millimetres. */
export type Ball = readonly [x: number, y: number, z: number, radius: number];

/** A solid. */
export interface Shape {
  /** Distance to the surface in millimetres, negative inside. */
  distance(x: number, y: number, z: number): number;
  /** Balls that together cover the shape. */
  readonly balls: readonly Ball[];
}

const upright: Rotation = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];

class Ellipsoid implements Shape {
  readonly balls: readonly Ball[];
  readonly #centre: Float64Array;
  readonly #inverse: Float64Array;
  readonly #rows: Float64Array;
  readonly #smallest: number;

  constructor(centre: Vector, radii: Vector, rotation: Rotation) {
    this.balls = [[...centre, Math.max(...radii)]];
    this.#centre = Float64Array.from(centre);
    this.#inverse = Float64Array.from(radii, (radius) => 1 / radius);
    this.#rows = Float64Array.from(rotation.flat());
    this.#smallest = Math.min(...radii);
  }

  distance(x: number, y: number, z: number): number {
    const c = this.#centre;
    const r = this.#rows;
    const inverse = this.#inverse;
    const dx = x - c[0]!;
    const dy = y - c[1]!;
    const dz = z - c[2]!;
    const ax = (dx * r[0]! + dy * r[1]! + dz * r[2]!) * inverse[0]!;
    const ay = (dx * r[3]! + dy * r[4]! + dz * r[5]!) * inverse[1]!;
    const az = (dx * r[6]! + dy * r[7]! + dz * r[8]!) * inverse[2]!;
    const k0 = Math.sqrt(ax * ax + ay * ay + az * az);
    if (k0 < 1e-6) return -this.#smallest;
    const bx = ax * inverse[0]!;
    const by = ay * inverse[1]!;
    const bz = az * inverse[2]!;
    return (k0 * (k0 - 1)) / Math.sqrt(bx * bx + by * by + bz * bz);
  }
}

/** An ellipsoid; its axes may be rotated. */
export const ellipsoid = (centre: Vector, radii: Vector, rotation: Rotation = upright): Shape =>
  new Ellipsoid(centre, radii, rotation);

/** A point of a rod with its radius. */
export type RodPoint = readonly [x: number, y: number, z: number, radius: number];

const rodBalls = (points: readonly RodPoint[]): Ball[] =>
  points.slice(1).flatMap((b, i) => {
    const a = points[i]!;
    const length = Math.hypot(b[0] - a[0], b[1] - a[1], b[2] - a[2]);
    const radius = Math.max(a[3], b[3], 0.5);
    const pieces = Math.max(1, Math.ceil(length / (2 * radius)));
    return Array.from({ length: pieces }, (_, k): Ball => {
      const t = (k + 0.5) / pieces;
      const at = add(a.slice(0, 3) as unknown as Vector, [b[0] - a[0], b[1] - a[1], b[2] - a[2]], t);
      return [...at, radius + length / pieces / 2];
    });
  });

class Rod implements Shape {
  readonly balls: readonly Ball[];
  /** For each segment: start, direction, 1 / squared length, radius at the start, growth of the radius. */
  readonly #segments: Float64Array;

  constructor(points: readonly RodPoint[]) {
    this.balls = rodBalls(points);
    this.#segments = Float64Array.from(
      points.slice(1).flatMap((b, i) => {
        const a = points[i]!;
        const [ex, ey, ez] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
        return [a[0], a[1], a[2], ex, ey, ez, 1 / (ex * ex + ey * ey + ez * ez), a[3], b[3] - a[3]];
      }),
    );
  }

  distance(x: number, y: number, z: number): number {
    const segments = this.#segments;
    let nearest = Infinity;
    for (let i = 0; i < segments.length; i += 9) {
      const px = x - segments[i]!;
      const py = y - segments[i + 1]!;
      const pz = z - segments[i + 2]!;
      const ex = segments[i + 3]!;
      const ey = segments[i + 4]!;
      const ez = segments[i + 5]!;
      const along = (px * ex + py * ey + pz * ez) * segments[i + 6]!;
      const t = along < 0 ? 0 : Math.min(along, 1);
      const qx = px - t * ex;
      const qy = py - t * ey;
      const qz = pz - t * ez;
      const d = Math.sqrt(qx * qx + qy * qy + qz * qz) - segments[i + 7]! - t * segments[i + 8]!;
      if (d < nearest) nearest = d;
    }
    return nearest;
  }
}

/** A bent rod of varying radius through the points: ribs, rami, processes. */
export const rod = (points: readonly RodPoint[]): Shape => new Rod(points);

/** What a plate is made of: a polygon in its own plane, bent a little, with rounded rims. */
export interface PlateOptions {
  readonly origin: Vector;
  readonly rotation: Rotation;
  /** The outline in the first two axes of the rotated frame, millimetres. */
  readonly outline: readonly (readonly [number, number])[];
  readonly halfThickness: number;
  /** How far the plate leaves its plane, per square millimetre from the origin. */
  readonly bend?: number;
}

/** Cuts the corners of an outline (Chaikin 1974). */
const rounded = (outline: PlateOptions["outline"]): [number, number][] =>
  outline.flatMap(([ax, ay], i) => {
    const [bx, by] = outline[(i + 1) % outline.length]!;
    return [
      [0.75 * ax + 0.25 * bx, 0.75 * ay + 0.25 * by],
      [0.25 * ax + 0.75 * bx, 0.25 * ay + 0.75 * by],
    ] as [number, number][];
  });

class Plate implements Shape {
  readonly balls: readonly Ball[];
  readonly #origin: Vector;
  readonly #rows: Float64Array;
  /** For each edge: start, direction, 1 / squared length. */
  readonly #edges: Float64Array;
  readonly #half: number;
  readonly #bend: number;
  readonly #rim: number;

  constructor(options: PlateOptions) {
    const { origin, rotation, halfThickness, bend = 0 } = options;
    const outline = rounded(options.outline);
    this.#origin = origin;
    this.#rows = Float64Array.from(rotation.flat());
    this.#half = halfThickness;
    this.#bend = bend;
    this.#rim = Math.min(3, halfThickness * 0.8);
    this.#edges = Float64Array.from(
      outline.flatMap(([ax, ay], i) => {
        const [bx, by] = outline[(i + 1) % outline.length]!;
        return [ax, ay, bx - ax, by - ay, 1 / ((bx - ax) ** 2 + (by - ay) ** 2)];
      }),
    );
    const u = outline.reduce((sum, point) => sum + point[0], 0) / outline.length;
    const v = outline.reduce((sum, point) => sum + point[1], 0) / outline.length;
    const reach = Math.max(...outline.map((point) => Math.hypot(point[0] - u, point[1] - v)));
    const middle = add(origin, rotateBack(rotation, [u, v, bend * (u * u + v * v)]));
    this.balls = [[...middle, reach + halfThickness + Math.abs(bend) * reach * reach]];
  }

  #outline(u: number, v: number): number {
    const edges = this.#edges;
    let squared = Infinity;
    let inside = false;
    for (let i = 0; i < edges.length; i += 5) {
      const wx = u - edges[i]!;
      const wy = v - edges[i + 1]!;
      const ex = edges[i + 2]!;
      const ey = edges[i + 3]!;
      const along = (wx * ex + wy * ey) * edges[i + 4]!;
      const t = along < 0 ? 0 : Math.min(along, 1);
      const qx = wx - t * ex;
      const qy = wy - t * ey;
      const d = qx * qx + qy * qy;
      if (d < squared) squared = d;
      if (wy < 0 !== wy - ey < 0 && wx < (ex * wy) / ey) inside = !inside;
    }
    return inside ? -Math.sqrt(squared) : Math.sqrt(squared);
  }

  distance(x: number, y: number, z: number): number {
    const r = this.#rows;
    const rim = this.#rim;
    const px = x - this.#origin[0];
    const py = y - this.#origin[1];
    const pz = z - this.#origin[2];
    const u = px * r[0]! + py * r[1]! + pz * r[2]!;
    const v = px * r[3]! + py * r[4]! + pz * r[5]!;
    const w = px * r[6]! + py * r[7]! + pz * r[8]!;
    const deep = Math.abs(w - this.#bend * (u * u + v * v)) - this.#half + rim;
    // far from the plane the outline does not matter
    if (deep > 12) return deep - rim;
    const flat = this.#outline(u, v) + rim;
    if (flat <= 0 || deep <= 0) return Math.max(flat, deep) - rim;
    return Math.sqrt(flat * flat + deep * deep) - rim;
  }
}

/** A flat bone: iliac wing, shoulder blade. */
export const plate = (options: PlateOptions): Shape => new Plate(options);

class Mirrored implements Shape {
  readonly balls: readonly Ball[];
  readonly #shape: Shape;
  readonly #plane: number;

  constructor(shape: Shape, plane: number) {
    this.balls = shape.balls.map(([x, y, z, radius]) => [2 * plane - x, y, z, radius]);
    this.#shape = shape;
    this.#plane = plane;
  }

  distance(x: number, y: number, z: number): number {
    return this.#shape.distance(2 * this.#plane - x, y, z);
  }
}

/** The same shape on the other side of the plane x = `plane`. */
export const mirrored = (shape: Shape, plane: number): Shape => new Mirrored(shape, plane);

/** The smooth union of two distances: a fillet of about `blend` millimetres where they meet. */
export const smoothUnion = (a: number, b: number, blend: number): number => {
  const h = blend - Math.abs(a - b);
  return Math.min(a, b) - (h > 0 ? (h * h) / (4 * blend) : 0);
};
