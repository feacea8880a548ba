import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Random } from "../../numeric/random.ts";
import type { BinaryCodes } from "../binary-codes.ts";
import { BucketSearch } from "./bucket-search.ts";
import { buildBuckets, keyIn } from "./code-buckets.ts";
import { CodeMemory } from "./code-memory.ts";
import { CodeScanner } from "./code-scanner.ts";

/** Codes around some centres, each bit of which differs with a chance; the first centres' codes stand first. */
const drawClusters = (count: number, options: { bits: number; clusters: number; flips: number; seed: number }) => {
  const { bits, clusters, flips, seed } = options;
  const random = new Random(seed, "clusters");
  const words = bits / 32;
  const centres = Uint32Array.from({ length: clusters * words }, () => random.uint32());
  const values = new Uint32Array(count * words);
  for (let i = 0; i < count; i++) {
    const centre = random.integer(clusters);
    for (let w = 0; w < words; w++) values[i * words + w] = centres[centre * words + w]!;
    for (let bit = 0; bit < bits; bit++) {
      if (random.chance(flips)) values[i * words + (bit >>> 5)]! ^= 1 << (bit & 31);
    }
  }
  return { bits, count, values };
};
const queryIn = ({ values, bits }: BinaryCodes, i: number): Uint32Array =>
  values.slice((i * bits) / 32, ((i + 1) * bits) / 32);

describe("buckets", () => {
  const codes = drawClusters(300, { bits: 96, clusters: 5, flips: 0.2, seed: 2 });

  test.each([
    [3, 7],
    [6, 16],
    [8, 12],
    [1, 22],
  ])("%i tables of %i bits hold every code once, under its own key", (tables, keyBits) => {
    const buckets = buildBuckets(codes, { tables, keyBits });
    for (let table = 0; table < tables; table++) {
      const positions = buckets.positions[table]!;
      expect([...positions].sort((a, b) => a - b)).toEqual([...positions.keys()]);
      for (let i = 0; i < codes.count; i++) {
        const first = Math.floor((table * 96) / tables);
        const text = [...codes.values.subarray(i * 3, i * 3 + 3)].map((word) =>
          [...word.toString(2).padStart(32, "0")].reverse().join(""),
        );
        const key = Number.parseInt([...text.join("").slice(first, first + keyBits)].reverse().join(""), 2);
        expect(keyIn(buckets, table, queryIn(codes, i))).toBe(key);
        const bucket = positions.subarray(buckets.starts[table]![key], buckets.starts[table]![key + 1]);
        expect(bucket.includes(i)).toBe(true);
      }
    }
  });

  test("of keys that there can be none of are refused", () => {
    for (const [tables, keyBits] of [
      [4, 25],
      [1, 23],
      [0, 8],
      [2, 1.5],
    ] as const) {
      expect(() => buildBuckets(codes, { tables, keyBits })).toThrow(`${tables} tables of ${keyBits} bits`);
    }
  });

  test("of other codes are refused", () => {
    const others = CodeMemory.of({ ...codes, count: 100, values: codes.values.slice(0, 300) });
    const buckets = buildBuckets(codes, { tables: 2, keyBits: 8 });
    expect(() => new BucketSearch(new CodeScanner(others), buckets)).toThrow("other codes");
  });
});

describe("a search through buckets", () => {
  const shapes = fc.record({
    shape: fc.constantFrom([64, 8, 8], [128, 8, 16], [96, 12, 8], [256, 16, 16], [256, 4, 12], [32, 1, 10]),
    count: fc.integer({ min: 1, max: 3000 }),
    filed: fc.double({ min: 0, max: 1, noNaN: true }),
    clusters: fc.integer({ min: 1, max: 40 }),
    flips: fc.constantFrom(0, 0.02, 0.1, 0.5),
    seed: fc.nat(),
    k: fc.integer({ min: 1, max: 20 }),
    images: fc.integer({ min: 1, max: 4 }),
  });

  test("that shall be certain answers as a scan, whatever was filed and whoever is left out", () => {
    fc.assert(
      fc.property(shapes, ({ shape, count, filed, clusters, flips, seed, k, images }) => {
        const [bits, tables, keyBits] = shape as [number, number, number];
        const all = drawClusters(count + 1, { bits, clusters, flips, seed });
        const query = queryIn(all, count);
        const memory = CodeMemory.withRoom({ bits, capacity: count });
        const early = Math.floor(filed * count) * (bits / 32);
        memory.append(all.values.subarray(0, early));
        const buckets = buildBuckets(memory.codes, { tables, keyBits });
        memory.append(all.values.subarray(early, count * (bits / 32)));
        const scanner = new CodeScanner(memory);
        const excluded = Math.floor(seed % (count / images));
        const patientOf = (i: number): number => Math.floor(i / images);
        const groupOf = (i: number): number | null => (patientOf(i) === excluded ? null : patientOf(i));
        const search = new BucketSearch(scanner, buckets);
        for (const options of [{ k }, { k, groupOf }, { k, groupOf, breakTie: (i: number, j: number) => j - i }]) {
          expect(search.nearest(query, { ...options, recall: 1 })).toEqual(scanner.nearest(query, options));
        }
        const some = search.nearest(query, { k, groupOf, recall: 0.5 });
        expect(some.filter(({ position }) => patientOf(position) === excluded)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  const codes = drawClusters(40_000, { bits: 256, clusters: 100, flips: 0.05, seed: 7 });
  const scanner = new CodeScanner(
    CodeMemory.of({ ...codes, count: 39_900, values: codes.values.slice(0, 39_900 * 8) }),
  );
  const search = new BucketSearch(scanner, buildBuckets(scanner.memory.codes, { tables: 8, keyBits: 14 }));
  const queries = Array.from({ length: 100 }, (_, i) => queryIn(codes, 39_900 + i));

  test("finds the share that it is asked for, and compares a small part of the codes", () => {
    for (const recall of [0.8, 0.99]) {
      let found = 0;
      let compared = 0;
      for (const query of queries) {
        const report = search.report(query, { k: 10, recall });
        const farthest = scanner.nearest(query, { k: 10 })[9]!.distance;
        found += report.found.filter(({ distance }) => distance <= farthest).length;
        compared += report.compared / queries.length;
      }
      expect(found / (10 * queries.length)).toBeGreaterThanOrEqual(recall);
      expect(compared).toBeLessThan(0.05 * 39_900);
    }
  });

  test("scans for a query that resembles nothing", () => {
    const random = new Random(9);
    const stranger = Uint32Array.from({ length: 8 }, () => random.uint32());
    const report = search.report(stranger, { k: 10, recall: 0.99 });
    expect(report.scanned).toBe(true);
    expect(report.found).toEqual(scanner.nearest(stranger, { k: 10 }));
  });

  test("one mask over codes and query changes nothing", () => {
    const mask = Uint32Array.from({ length: 8 }, (_, w) => new Random(3, w).uint32());
    const masked = scanner.memory.codes.values.map((word, i) => word ^ mask[i % 8]!);
    const other = new CodeScanner(CodeMemory.of({ ...scanner.memory.codes, values: masked }));
    const otherSearch = new BucketSearch(other, buildBuckets(other.memory.codes, { tables: 8, keyBits: 14 }));
    for (const query of queries.slice(0, 20)) {
      const options = { k: 10, recall: 0.9 };
      const maskedQuery = query.map((word, i) => word ^ mask[i]!);
      expect(otherSearch.report(maskedQuery, options)).toEqual(search.report(query, options));
    }
  });

  test("refuses a recall that is none", () => {
    expect(() => search.nearest(queries[0]!, { k: 1, recall: 0 })).toThrow("not 0");
    expect(() => search.nearest(queries[0]!, { k: 1, recall: 1.1 })).toThrow("not 1.1");
  });
});
