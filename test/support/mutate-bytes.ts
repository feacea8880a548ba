/** Files as a failing disk, a cut line or a careless program leaves them; the same ones for the same seed. */

import type { Random } from "../../src/numeric/random.ts";

/** A way to damage a file. */
export type Mutation = "flip" | "cut" | "length" | "repeat" | "remove" | "nest" | "fill" | "splice";

/** All of them. */
export const mutations: readonly Mutation[] = ["flip", "cut", "length", "repeat", "remove", "nest", "fill", "splice"];

const join = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

/** Sequence and item headers of undefined length, one in the other (PS3.5 section 7.5). */
const nestedSequences = (depth: number): Uint8Array => {
  const level = Uint8Array.of(
    0x08,
    0x00,
    0x40,
    0x11,
    0x53,
    0x51,
    0,
    0,
    255,
    255,
    255,
    255,
    0xfe,
    0xff,
    0x00,
    0xe0,
    255,
    255,
    255,
    255,
  );
  return join(...Array.from({ length: depth }, () => level));
};

/** The bytes, damaged. */
export const mutateBytes = (bytes: Uint8Array, mutation: Mutation, random: Random): Uint8Array<ArrayBuffer> => {
  const copy = new Uint8Array(bytes);
  const place = (): number => random.integer(Math.max(bytes.length, 1));
  // Headers decide more than pixels do, so half of the damage is done there.
  const early = (): number =>
    random.chance(0.5) ? random.integer(Math.max(Math.min(bytes.length, 1200), 1)) : place();
  const from = early();
  const to = Math.min(from + 1 + random.integer(64), bytes.length);
  switch (mutation) {
    case "flip": {
      const count = 1 + random.integer(24);
      for (let i = 0; i < count; i++) copy[early()]! ^= 1 << random.integer(8);
      return copy;
    }
    case "cut":
      return copy.slice(0, place());
    case "length": {
      const value = random.pick([
        0,
        1,
        0xff,
        0xffff,
        0x7fffffff,
        0xfffffffe,
        0xffffffff,
        bytes.length,
        bytes.length * 2,
      ]);
      for (let i = 0; i < random.pick([2, 4]); i++)
        if (from + i < copy.length) copy[from + i] = (value >>> (8 * i)) & 255;
      return copy;
    }
    case "repeat":
      return join(copy.subarray(0, to), copy.subarray(from, to), copy.subarray(to));
    case "remove":
      return join(copy.subarray(0, from), copy.subarray(to));
    case "nest":
      return join(copy.subarray(0, from), nestedSequences(1 + random.integer(3000)), copy.subarray(from));
    case "fill":
      return copy.fill(
        random.pick([0, 0x20, 0x22, 0x3b, 0xff]),
        from,
        Math.min(from + random.integer(2000), copy.length),
      );
    case "splice":
      return join(copy.subarray(0, from), copy.subarray(place()));
  }
};
