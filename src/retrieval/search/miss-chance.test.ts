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

test("is what is counted where differing bits are spread at random", () => {
  const random = new Random(1);
  const trials = 20_000;
  let missed = 0;
  for (let trial = 0; trial < trials; trial++) {
    const inTable = [0, 0, 0, 0];
    for (const bit of random.permutation(256).subarray(0, 40)) if (bit % 64 < 16) inTable[bit >>> 6]!++;
    if (inTable.every((count, table) => count > (table < 2 ? 2 : 1))) missed++;
  }
  const expected = new MissChances({ bits: 256, keyBits: 16 }).of(40, [2, 2, 1, 1]);
  const deviation = Math.sqrt((expected * (1 - expected)) / trials);
  expect(Math.abs(missed / trials - expected)).toBeLessThan(4 * deviation);
});

test("by hand: two keys of one bit each of 4 bits, 2 of which differ", () => {
  // Only where both keys' bits differ is nothing found: 1 of 6 places.
  expect(new MissChances({ bits: 4, keyBits: 1 }).of(2, [0, 0])).toBeCloseTo(1 / 6, 12);
});

test("does not depend on which table was probed how far", () => {
  const chances = new MissChances({ bits: 1024, keyBits: 20 });
  expect(chances.of(160, [2, 1, 1])).toBe(chances.of(160, [1, 2, 1]));
  expect(chances.of(512, [2, 1, 1])).toBeGreaterThan(0.99);
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
