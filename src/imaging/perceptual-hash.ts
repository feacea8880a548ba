/**
 * A hash that is alike for pictures that look alike, at any size, contrast and coding: the signs of the 63 lowest
 * frequencies of the cosine transform of a 32 x 32 picture (after Zauner, Implementation and benchmarking of perceptual image
 * hash functions, 2010). A window or a tone curve changes few of them.
 */
import type { GreyImage } from "./grey-image.ts";
import { resize } from "./resize.ts";

const side = 32;
const frequencies = 8;

/** cos((2x + 1) u pi / 2N) by frequency and place. */
const cosines = Array.from({ length: frequencies }, (_, u) =>
  Float64Array.from({ length: side }, (__, x) => Math.cos(((2 * x + 1) * u * Math.PI) / (2 * side))),
);

/**
 * The hash as 16 hexadecimal digits: bit 8 v + u is set where the frequency u across and v down is above 0; bit 0 is clear.
 * Proportions do not count, so borders are to be taken off before.
 *
 * @example
 * perceptualHash(smallPicture(image)); // "7a3c..."
 */
export const perceptualHash = (image: GreyImage): string => {
  const { pixels } = resize(image, side, side);
  const across = new Float64Array(side * frequencies); // [y, u]
  for (let y = 0; y < side; y++) {
    for (let u = 0; u < frequencies; u++) {
      let sum = 0;
      for (let x = 0; x < side; x++) sum += pixels[y * side + x]! * cosines[u]![x]!;
      across[y * frequencies + u] = sum;
    }
  }
  let hash = 0n;
  for (let v = 0; v < frequencies; v++) {
    for (let u = 0; u < frequencies; u++) {
      if (u === 0 && v === 0) continue;
      let sum = 0;
      for (let y = 0; y < side; y++) sum += across[y * frequencies + u]! * cosines[v]![y]!;
      if (sum > 0) hash |= 1n << BigInt(frequencies * v + u);
    }
  }
  return hash.toString(16).padStart(16, "0");
};

/** The eight ways to lay a square on itself, applied in this order: transposed, then mirrored across, then upside down. */
export interface Orientation {
  readonly transposed: boolean;
  readonly mirrored: boolean;
  readonly flipped: boolean;
}

/** Every {@link Orientation}, the unchanged one first. */
export const orientations: readonly Orientation[] = [false, true].flatMap((transposed) =>
  [false, true].flatMap((mirrored) => [false, true].map((flipped) => ({ transposed, mirrored, flipped }))),
);

/** Two halves of 32 bits, the upper one first. */
export type HashBits = readonly [high: number, low: number];

/** The bits of a hash. */
export const hashBits = (hash: string): HashBits => [
  Number.parseInt(hash.slice(0, 8), 16) | 0,
  Number.parseInt(hash.slice(8), 16) | 0,
];

/**
 * The hash that a picture would have if it were turned: a mirrored picture's odd frequencies change their sign, a transposed
 * one's change places. But for frequencies of 0, whose sign is clear either way.
 */
export const orientedBits = ([high, low]: HashBits, { transposed, mirrored, flipped }: Orientation): HashBits => {
  const bit = (index: number): number => (index < 32 ? (low >>> index) & 1 : (high >>> (index - 32)) & 1);
  const turned: [number, number] = [0, 0];
  for (let v = 0; v < frequencies; v++) {
    for (let u = 0; u < frequencies; u++) {
      const index = frequencies * v + u;
      if (index === 0) continue;
      const source = transposed ? frequencies * u + v : index;
      const inverted = (mirrored && u % 2 === 1 ? 1 : 0) ^ (flipped && v % 2 === 1 ? 1 : 0);
      if ((bit(source) ^ inverted) === 1) turned[index < 32 ? 1 : 0] |= 1 << (index % 32);
    }
  }
  return turned;
};

const ones = (word: number): number => {
  let bits = word - ((word >>> 1) & 0x55555555);
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333);
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
};

/** In how many bits two hashes differ. */
export const hashDistance = (a: HashBits, b: HashBits): number => ones(a[0] ^ b[0]) + ones(a[1] ^ b[1]);
