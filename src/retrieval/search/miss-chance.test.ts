import { expect, test } from "vitest";
import { Random } from "../../numeric/random.ts";
import { MissChances } from "./miss-chance.ts";

const tables = (count: number, radius: number): number[] => new Array<number>(count).fill(radius);

test("is 0 exactly where some key must be near enough", () => {
  const chances = new MissChances({ bits: 256, keyBits: 16 });
  expect(chances.of(31, tables(16, 1))).toBe(0);
  expect(chances.of(32, tables(16, 1))).toBeGreaterThan(0);
  expect(chances.of(31, [...tables(15, 1), 0])).toBeGreaterThan(0);
  expect(chances.of(30, [...tables(15, 1), 0])).toBe(0);
  expect(chances.of(31, tables(8, 1))).toBeGreaterThan(0); // half of the code is in no key
  expect(chances.of(1, tables(8, 1))).toBe(0);
  expect(chances.of(256, tables(8, 15))).toBeGreaterThan(0); // never said to be sure by rounding
  expect(chances.of(256, tables(8, 16))).toBe(0);
  expect(chances.of(3, tables(8, -1))).toBe(1);
});

test("by hand: one table of 2 of 4 bits, 2 of which differ", () => {
  // Of 6 places of two differing bits, 1 leaves both key bits alike, 4 change one, 1 changes both.
  const chances = new MissChances({ bits: 4, keyBits: 2 });
  expect(chances.of(2, [0])).toBeCloseTo(5 / 6, 12);
  expect(chances.of(2, [1])).toBeCloseTo(1 / 6, 12);
});

test("is at least what is counted where differing bits are spread at random, and not far above", () => {
  const random = new Random(1);
  let missed = 0;
  for (let trial = 0; trial < 5000; trial++) {
    const inTable = [0, 0, 0, 0];
    for (const bit of random.permutation(256).subarray(0, 40)) if (bit % 64 < 16) inTable[bit >>> 6]!++;
    if (inTable.every((count, table) => count > (table < 2 ? 2 : 1))) missed++;
  }
  // The tables share the differing bits: where one has many, the others have fewer than if they were independent.
  const expected = new MissChances({ bits: 256, keyBits: 16 }).of(40, [2, 2, 1, 1]);
  expect(missed / 5000).toBeLessThan(1.1 * expected);
  expect(missed / 5000).toBeGreaterThan(0.4 * expected);
});

test("grows with the distance and falls with every bucket more", () => {
  const chances = new MissChances({ bits: 128, keyBits: 12 });
  for (let distance = 1; distance <= 128; distance++) {
    const chance = chances.of(distance, tables(4, 1));
    expect(chance).toBeGreaterThanOrEqual(chances.of(distance - 1, tables(4, 1)));
    expect(chances.of(distance, [2, 1, 1, 1])).toBeLessThanOrEqual(chance);
    expect(chances.of(distance, tables(5, 1))).toBeLessThanOrEqual(chance);
  }
});
