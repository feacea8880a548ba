/** Smooth random fields in space: one periodic lattice, made once from a fixed seed, read at shifted places. */
import { Random } from "../numeric/random.ts";

const side = 64;
const mask = side - 1;
let lattice: Float32Array | undefined;

const fixedLattice = (): Float32Array => {
  if (!lattice) {
    const random = new Random("phantom lattice");
    lattice = Float32Array.from({ length: side ** 3 }, () => random.uniform(-1, 1));
  }
  return lattice;
};

/** A field with values about in [-1, 1], smooth over about one unit, without direction. */
export class Noise {
  readonly #values = fixedLattice();
  readonly #shift: readonly [number, number, number];

  /** @param random decides where in the lattice this field lies */
  constructor(random: Random) {
    this.#shift = [random.uniform(0, side), random.uniform(0, side), random.uniform(0, side)];
  }

  /** The field at a point. */
  at(x: number, y: number, z: number): number {
    const values = this.#values;
    // the skew keeps the lattice's planes from lining up with the picture
    const u = x * 0.8 + y * 0.36 - z * 0.48 + this.#shift[0];
    const v = -x * 0.6 + y * 0.48 - z * 0.64 + this.#shift[1];
    const w = y * 0.8 + z * 0.6 + this.#shift[2];
    const i = Math.floor(u);
    const j = Math.floor(v);
    const k = Math.floor(w);
    let a = u - i;
    let b = v - j;
    let c = w - k;
    a = a * a * (3 - 2 * a);
    b = b * b * (3 - 2 * b);
    c = c * c * (3 - 2 * c);
    const i0 = i & mask;
    const i1 = (i + 1) & mask;
    const j0 = (j & mask) << 6;
    const j1 = ((j + 1) & mask) << 6;
    const k0 = (k & mask) << 12;
    const k1 = ((k + 1) & mask) << 12;
    const x00 = values[i0 + j0 + k0]! * (1 - a) + values[i1 + j0 + k0]! * a;
    const x10 = values[i0 + j1 + k0]! * (1 - a) + values[i1 + j1 + k0]! * a;
    const x01 = values[i0 + j0 + k1]! * (1 - a) + values[i1 + j0 + k1]! * a;
    const x11 = values[i0 + j1 + k1]! * (1 - a) + values[i1 + j1 + k1]! * a;
    return (x00 * (1 - b) + x10 * b) * (1 - c) + (x01 * (1 - b) + x11 * b) * c;
  }

  /** Two octaves of the field: cloudy, with detail down to two fifths of a unit. */
  cloud(x: number, y: number, z: number): number {
    return 0.64 * this.at(x, y, z) + 0.36 * this.at(2.6 * x + 7, 2.6 * y, 2.6 * z);
  }
}
