import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hammingDistance } from "../numeric/hamming.ts";
import { Random } from "../numeric/random.ts";
import { type BinaryCodes, codeOf } from "./binary-codes.ts";
import { hammingSearch } from "./hamming-search.ts";
import { HashTables } from "./hash-tables.ts";
import { selectNearest } from "./select-nearest.ts";

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

describe("selectNearest", () => {
  test("is sorting, grouping and cutting, whatever the values", () => {
    const row = fc.record({
      distance: fc.integer({ min: 0, max: 6 }),
      group: fc.constantFrom("a", "b", "c", "d", null),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), fc.integer({ min: 1, max: 6 }), (rows, k) => {
        const expected: number[] = [];
        const seen = new Set<string>();
        const order = rows.map((_, i) => i).sort((i, j) => rows[i].distance - rows[j].distance || j - i);
        for (const i of order) {
          const { group } = rows[i];
          if (group === null || seen.has(group) || expected.length === k) continue;
          seen.add(group);
          expected.push(i);
        }
        const distances = rows.map(({ distance }) => distance);
        expect(selectNearest({ k, distances, breakTie: (i, j) => j - i, groupOf: (i) => rows[i].group })).toEqual(
          expected,
        );
      }),
    );
  });
});

describe("hammingSearch", () => {
  const codes = randomCodes(500, 64);

  test("finds what sorting all distances finds", () => {
    const random = new Random(7);
    for (let trial = 0; trial < 20; trial++) {
      const query = flipped(codeOf(codes, random.integer(500)), random.integer(20), random);
      const all = Array.from({ length: 500 }, (_, position) => ({
        position,
        distance: hammingDistance(codeOf(codes, position), query),
      })).sort((a, b) => a.distance - b.distance || a.position - b.position);
      expect(hammingSearch(codes, query, { k: 9 })).toEqual(all.slice(0, 9));
    }
  });

  test("one mask over all codes and the query changes nothing", () => {
    const random = new Random(8);
    const mask = [random.uint32(), random.uint32()];
    const masked = { ...codes, values: codes.values.map((word, i) => word ^ mask[i % 2]) };
    const query = flipped(codeOf(codes, 3), 12, random);
    const maskedQuery = query.map((word, i) => word ^ mask[i]);
    expect(hammingSearch(masked, maskedQuery, { k: 20 })).toEqual(hammingSearch(codes, query, { k: 20 }));
  });

  test("a query of another length is refused", () => {
    expect(() => hammingSearch(codes, new Uint32Array(8), { k: 1 })).toThrow("64 bits and the query has 256");
  });
});

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
      const candidates = tables.candidates(query);
      expect(hammingSearch(codes, query, { k: 1, candidates })).toEqual(hammingSearch(codes, query, { k: 1 }));
    }
  });

  test("settings out of range are refused", () => {
    expect(() => new HashTables(codes, { tables: 1, keyBits: 31, seed: 1 })).toThrow("31 key bits");
    expect(() => new HashTables(codes, { tables: 0, keyBits: 8, seed: 1 })).toThrow("0 tables");
  });
});
