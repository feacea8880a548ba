/** A shaft: elliptical cross-sections along an axis, the basic form of every long bone and of every limb around it. */
import type { Ball, Shape } from "./shape.ts";
import { add, frameAlong, type Rotation, rotateBack, type Vector } from "./vector.ts";

/** One cross-section: distance along the axis, centre, half-widths; all in millimetres. */
export interface Section {
  readonly at: number;
  readonly centre: readonly [x: number, z: number];
  readonly half: readonly [x: number, z: number];
  /** Thickness of the compact bone. */
  readonly cortex?: number;
  /** Share of full cancellous density inside, 0 (marrow only) to 1. */
  readonly spongy?: number;
}

/** Where a shaft starts and whither it goes; along +y from the origin if not said. */
export interface ShaftPlacement {
  readonly origin?: Vector;
  readonly direction?: Vector;
}

/** Values at every half millimetre through given points, by monotone cubics (Fritsch and Carlson 1980). */
const table = (at: readonly number[], values: readonly number[], count: number): Float64Array => {
  const n = at.length;
  const slope = at.map((x, i) => (i + 1 < n ? (values[i + 1]! - values[i]!) / (at[i + 1]! - x) : 0));
  const tangent = at.map((_, i) => {
    if (i === 0) return slope[0]!;
    if (i === n - 1) return slope[n - 2]!;
    const [before, after] = [slope[i - 1]!, slope[i]!];
    return before * after <= 0 ? 0 : (2 * before * after) / (before + after);
  });
  const result = new Float64Array(count);
  let i = 0;
  for (let k = 0; k < count; k++) {
    const x = Math.min(at[n - 1]!, at[0]! + k * resolution);
    while (i + 2 < n && x > at[i + 1]!) i++;
    const width = at[i + 1]! - at[i]!;
    const t = (x - at[i]!) / width;
    const u = 1 - t;
    result[k] =
      values[i]! * u * u * (1 + 2 * t) +
      values[i + 1]! * t * t * (3 - 2 * t) +
      width * (tangent[i]! * t * u * u - tangent[i + 1]! * t * t * u);
  }
  return result;
};

const resolution = 0.5;

/** What a shape knows of the compact bone along it. */
export interface BoneRows {
  /** The row that holds for a point. */
  rowAt(x: number, y: number, z: number): number;
  /** Thickness of the compact bone in a row, mm. */
  cortexOf(row: number): number;
  /** Share of full cancellous density in a row. */
  spongyOf(row: number): number;
}

/** A shaft with what its sections say of the bone inside. */
export class Shaft implements Shape, BoneRows {
  readonly balls: readonly Ball[];
  /** Unit vector along the shaft. */
  readonly axis: Vector;
  /** Distances along the axis at which the shaft begins and ends, mm. */
  readonly range: readonly [start: number, end: number];
  readonly #origin: Vector;
  readonly #rotation: Rotation;
  readonly #rows: Float64Array;
  readonly #start: number;
  readonly #length: number;
  readonly #count: number;
  readonly #centreX: Float64Array;
  readonly #centreZ: Float64Array;
  readonly #halfX: Float64Array;
  readonly #halfZ: Float64Array;
  readonly #cortex: Float64Array;
  readonly #spongy: Float64Array;
  /** Where the surface slopes, the radial distance is longer than the distance to the surface. */
  readonly #slope: Float64Array;

  constructor(sections: readonly Section[], placement: ShaftPlacement) {
    const { origin = [0, 0, 0], direction = [0, 1, 0] } = placement;
    this.#origin = origin;
    this.#rotation = frameAlong(direction);
    this.#rows = Float64Array.from(this.#rotation.flat());
    this.axis = this.#rotation[1];
    const at = sections.map((section) => section.at);
    this.#start = at[0]!;
    this.#length = at[at.length - 1]! - this.#start;
    this.range = [this.#start, this.#start + this.#length];
    this.#count = Math.ceil(this.#length / resolution) + 2;
    const column = (pick: (section: Section) => number) => table(at, sections.map(pick), this.#count);
    this.#centreX = column((section) => section.centre[0]);
    this.#centreZ = column((section) => section.centre[1]);
    this.#halfX = column((section) => section.half[0]);
    this.#halfZ = column((section) => section.half[1]);
    this.#cortex = column((section) => section.cortex ?? 1.2);
    this.#spongy = column((section) => section.spongy ?? 1);
    this.#slope = this.#halfX.map((_, i) => {
      const [a, b] = [Math.max(0, i - 1), Math.min(this.#count - 1, i + 1)];
      const rise = (this.#halfX[b]! + this.#halfZ[b]! - this.#halfX[a]! - this.#halfZ[a]!) / 2 / ((b - a) * resolution);
      return 1 / Math.sqrt(1 + rise * rise);
    });
    this.balls = this.#cover();
  }

  #cover(): Ball[] {
    const balls: Ball[] = [];
    const end = this.#start + this.#length;
    for (let along = this.#start; along < end; ) {
      const here = this.#index(along);
      const next = Math.min(end, along + 1.2 * Math.max(3, this.#halfX[here]!, this.#halfZ[here]!));
      let radius = 0;
      for (let i = here; i <= this.#index(next); i++) radius = Math.max(radius, this.#halfX[i]!, this.#halfZ[i]!);
      balls.push([...this.axisPoint((along + next) / 2), Math.hypot(radius, (next - along) / 2) + 1]);
      along = next;
    }
    return balls;
  }

  #index(along: number): number {
    const i = Math.round((along - this.#start) / resolution);
    return i < 0 ? 0 : i >= this.#count ? this.#count - 1 : i;
  }

  /** The row of the tables that holds for a point. */
  rowAt(x: number, y: number, z: number): number {
    const r = this.#rows;
    const o = this.#origin;
    return this.#index((x - o[0]) * r[3]! + (y - o[1]) * r[4]! + (z - o[2]) * r[5]!);
  }

  /** Thickness of the compact bone in a row, mm. */
  cortexOf(row: number): number {
    return this.#cortex[row]!;
  }

  /** Share of full cancellous density in a row. */
  spongyOf(row: number): number {
    return this.#spongy[row]!;
  }

  /** The point on the axis at a distance along it. */
  axisPoint(along: number): Vector {
    const i = this.#index(along);
    return add(this.#origin, rotateBack(this.#rotation, [this.#centreX[i]!, along, this.#centreZ[i]!]));
  }

  /** The mean half-width at a distance along the axis, mm. */
  halfWidth(along: number): number {
    const i = this.#index(along);
    return (this.#halfX[i]! + this.#halfZ[i]!) / 2;
  }

  distance(x: number, y: number, z: number): number {
    const r = this.#rows;
    const length = this.#length;
    const px = x - this.#origin[0];
    const py = y - this.#origin[1];
    const pz = z - this.#origin[2];
    const lx = px * r[0]! + py * r[1]! + pz * r[2]!;
    const ly = px * r[3]! + py * r[4]! + pz * r[5]! - this.#start;
    const lz = px * r[6]! + py * r[7]! + pz * r[8]!;
    const beyond = ly < 0 ? -ly : ly > length ? ly - length : 0;
    const position = (ly < 0 ? 0 : Math.min(ly, length)) * (1 / resolution);
    const i = position | 0;
    const f = position - i;
    const j = i + 1;
    const dx = lx - this.#centreX[i]! - f * (this.#centreX[j]! - this.#centreX[i]!);
    const dz = lz - this.#centreZ[i]! - f * (this.#centreZ[j]! - this.#centreZ[i]!);
    const rx = 1 / (this.#halfX[i]! + f * (this.#halfX[j]! - this.#halfX[i]!));
    const rz = 1 / (this.#halfZ[i]! + f * (this.#halfZ[j]! - this.#halfZ[i]!));
    const ax = dx * rx;
    const az = dz * rz;
    const k0 = Math.sqrt(ax * ax + az * az);
    const k1 = Math.sqrt(ax * ax * rx * rx + az * az * rz * rz);
    const radial = (k1 > 1e-6 ? (k0 * (k0 - 1)) / k1 : -1 / Math.max(rx, rz)) * this.#slope[i]!;
    if (beyond > 0) return radial > 0 ? Math.sqrt(radial * radial + beyond * beyond) : beyond;
    const end = ly < length - ly ? -ly : ly - length;
    return Math.max(radial, end);
  }
}

/** Builds a shaft through at least two sections in rising order of `at`. */
export const shaft = (sections: readonly Section[], placement: ShaftPlacement = {}): Shaft =>
  new Shaft(sections, placement);
