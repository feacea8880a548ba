/** Shapes made of shapes: united, carved out, cut by a plane, moved or mirrored; and the rounded slab that plates are made of. */
import type { BoneRows } from "./shaft.ts";
import type { Ball, Shape } from "./shape.ts";
import { add, type Rotation, type Vector } from "./vector.ts";

class United implements Shape {
  readonly balls: readonly Ball[];
  readonly #shapes: readonly Shape[];

  constructor(shapes: readonly Shape[]) {
    this.balls = shapes.flatMap((shape) => shape.balls);
    this.#shapes = shapes;
  }

  distance(x: number, y: number, z: number): number {
    let nearest = Infinity;
    for (const shape of this.#shapes) {
      const d = shape.distance(x, y, z);
      if (d < nearest) nearest = d;
    }
    return nearest;
  }
}

/** All of several shapes, counted once where they overlap. */
export const united = (shapes: readonly Shape[]): Shape => new United(shapes);

class Carved implements Shape {
  readonly balls: readonly Ball[];
  readonly #shape: Shape;
  readonly #holes: readonly Shape[];

  constructor(shape: Shape, holes: readonly Shape[]) {
    this.balls = shape.balls;
    this.#shape = shape;
    this.#holes = holes;
  }

  distance(x: number, y: number, z: number): number {
    let d = this.#shape.distance(x, y, z);
    for (const hole of this.#holes) {
      const inside = -hole.distance(x, y, z);
      if (inside > d) d = inside;
    }
    return d;
  }
}

/** A shape without what the holes take of it. */
export const carved = (shape: Shape, holes: readonly Shape[]): Shape => new Carved(shape, holes);

class Cut implements Shape {
  readonly balls: readonly Ball[];
  readonly #shape: Shape;
  readonly #point: Vector;
  readonly #normal: Vector;

  constructor(shape: Shape, point: Vector, normal: Vector) {
    this.balls = shape.balls.filter(([x, y, z, radius]) => {
      const side = (x - point[0]) * normal[0] + (y - point[1]) * normal[1] + (z - point[2]) * normal[2];
      return side < radius;
    });
    this.#shape = shape;
    this.#point = point;
    this.#normal = normal;
  }

  distance(x: number, y: number, z: number): number {
    const p = this.#point;
    const n = this.#normal;
    const side = (x - p[0]) * n[0] + (y - p[1]) * n[1] + (z - p[2]) * n[2];
    return Math.max(side, this.#shape.distance(x, y, z));
  }
}

/** What of a shape lies behind a plane: the side that `normal` points to is taken away. */
export const cut = (shape: Shape, point: Vector, normal: Vector): Shape => new Cut(shape, point, normal);

/** Where a shape is put: first mirrored at a plane x = `mirrorAt`, then moved. */
export interface Placement {
  readonly mirrorAt?: number;
  readonly by?: Vector;
}

class Placed implements Shape, BoneRows {
  readonly balls: readonly Ball[];
  readonly #shape: Shape;
  readonly #rows: BoneRows | undefined;
  readonly #sign: number;
  readonly #shift: number;
  readonly #by: Vector;

  constructor(shape: Shape, rows: BoneRows | undefined, placement: Placement) {
    const { mirrorAt, by = [0, 0, 0] } = placement;
    this.#shape = shape;
    this.#rows = rows;
    this.#by = by;
    this.#sign = mirrorAt === undefined ? 1 : -1;
    this.#shift = mirrorAt === undefined ? 0 : 2 * mirrorAt;
    this.balls = shape.balls.map(([x, y, z, radius]) => [
      this.#sign * x + this.#shift + by[0],
      y + by[1],
      z + by[2],
      radius,
    ]);
  }

  distance(x: number, y: number, z: number): number {
    const by = this.#by;
    return this.#shape.distance(this.#sign * (x - by[0] - this.#shift), y - by[1], z - by[2]);
  }

  rowAt(x: number, y: number, z: number): number {
    const by = this.#by;
    return this.#rows?.rowAt(this.#sign * (x - by[0] - this.#shift), y - by[1], z - by[2]) ?? 0;
  }

  cortexOf(row: number): number {
    return this.#rows?.cortexOf(row) ?? 1;
  }

  spongyOf(row: number): number {
    return this.#rows?.spongyOf(row) ?? 1;
  }
}

/** A shape, with the rows of its compact bone if it has some, in another place. */
export const placed = (shape: Shape, placement: Placement, rows?: BoneRows): Shape & BoneRows =>
  new Placed(shape, rows, placement);

class Slab implements Shape {
  readonly balls: readonly Ball[];
  readonly #centre: Vector;
  readonly #half: Vector;
  readonly #rotation: Rotation;
  readonly #round: number;

  constructor(centre: Vector, half: Vector, rotation: Rotation) {
    this.#centre = centre;
    this.#rotation = rotation;
    this.#round = 0.6 * Math.min(...half);
    this.#half = [half[0] - this.#round, half[1] - this.#round, half[2] - this.#round];
    // along the longest side, so that a long plate is covered by small balls
    const longest = half.indexOf(Math.max(...half));
    const across = Math.hypot(...half.filter((_, i) => i !== longest)) + 0.5;
    const pieces = Math.max(1, Math.ceil(half[longest]! / across));
    const reach = Math.hypot(across, half[longest]! / pieces);
    this.balls = Array.from({ length: pieces }, (_, i): Ball => {
      const at = half[longest]! * ((2 * i + 1) / pieces - 1);
      return [...add(centre, rotation[longest]!, at), reach];
    });
  }

  distance(x: number, y: number, z: number): number {
    const dx = x - this.#centre[0];
    const dy = y - this.#centre[1];
    const dz = z - this.#centre[2];
    let outside = 0;
    let inside = -Infinity;
    for (let k = 0; k < 3; k++) {
      const axis = this.#rotation[k]!;
      const q = Math.abs(dx * axis[0] + dy * axis[1] + dz * axis[2]) - this.#half[k]!;
      if (q > 0) outside += q * q;
      if (q > inside) inside = q;
    }
    return Math.sqrt(outside) + Math.min(inside, 0) - this.#round;
  }
}

/** A rounded slab of half-sizes along the three axes of its rotation. */
export const slab = (centre: Vector, half: Vector, rotation: Rotation): Shape => new Slab(centre, half, rotation);
