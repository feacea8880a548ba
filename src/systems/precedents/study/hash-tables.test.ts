import { describe, expect, test } from "vitest";
import { Random } from "../../../numeric/random.ts";
import { type BinaryCodes, codeOf, distancesToCodes } from "../../../retrieval/binary-codes.ts";
import { selectNearest } from "../../../retrieval/select-nearest.ts";
import { HashTables } from "./hash-tables.ts";

const randomCodes = (count: number, bits: number): BinaryCodes => {
  const random = new Random(1, "codes", count, bits);
  return { bits, count, values: Uint32Array.from({ length: (count * bits) / 32 }, () => random.uint32()) };
};

/** The code with the given number of bits flipped. */
const flipped = (code: Uint32Array, flips: number, random: Random): Uint32Array => {
  const copy = code.slice();
  for (const bit of random.permutation(code.length * 32).subarray(0, flips)) copy[bit >>> 5] ^= 1 << (bit & 31);
  return copy;
};

describe("HashTables", () => {
  const codes = randomCodes(2000, 256);
  const tables = new HashTables(codes, { tables: 8, keyBits: 11, seed: 1 });

  test("a code finds itself without a flip, and candidates are ascending and unique", () => {
    for (const position of [0, 77, 1999]) {
      const candidates = [...tables.candidates(codeOf(codes, position), { flips: 0 })];
      expect(candidates).toContain(position);
      expect(candidates).toEqual([...new Set(candidates)].sort((a, b) => a - b));
    }
  });

  test("near codes are found as often as the arithmetic says, far from all codes being compared", () => {
    // 20 of 256 bits flipped: a key of 11 bits keeps all or all but one with probability 0.40 + 0.38 = 0.78, eight tables
    // miss together with 0.22^8 < 1e-5. An unrelated code is met with 12 / 2^11 a table.
    const random = new Random(3);
    let found = 0;
    let compared = 0;
    for (let trial = 0; trial < 200; trial++) {
      const target = random.integer(2000);
      const candidates = tables.candidates(flipped(codeOf(codes, target), 20, random));
      if (candidates.includes(target)) found++;
      compared += candidates.length / 200;
    }
    expect(found).toBeGreaterThanOrEqual(198);
    expect(compared).toBeLessThan(200);
    expect(compared).toBeGreaterThan(40);
  });

  test("a search among the candidates gives the exact answer where the near codes are among them", () => {
    const random = new Random(4);
    for (let trial = 0; trial < 20; trial++) {
      const query = flipped(codeOf(codes, random.integer(2000)), 10, random);
      const search = { k: 1, distances: distancesToCodes(codes, query), breakTie: (i: number, j: number) => i - j };
      expect(selectNearest({ ...search, candidates: tables.candidates(query) })).toEqual(selectNearest(search));
    }
  });

  test("settings out of range are refused", () => {
    expect(() => new HashTables(codes, { tables: 1, keyBits: 31, seed: 1 })).toThrow("31 key bits");
    expect(() => new HashTables(codes, { tables: 0, keyBits: 8, seed: 1 })).toThrow("0 tables");
  });
});
