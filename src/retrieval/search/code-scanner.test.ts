import { Worker } from "node:worker_threads";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hammingDistance } from "../../numeric/hamming.ts";
import { Random } from "../../numeric/random.ts";
import type { BinaryCodes } from "../binary-codes.ts";
import { CodeMemory } from "./code-memory.ts";
import { CodeScanner } from "./code-scanner.ts";

/** Codes of few different bits, so that distances tie often. */
const drawCodes = (count: number, { bits, seed, share = 0.5 }: { bits: number; seed: number; share?: number }) => {
  const random = new Random(seed, "codes");
  const values = new Uint32Array((count * bits) / 32);
  for (let bit = 0; bit < count * bits; bit++) {
    if (random.chance(share)) values[bit >>> 5]! |= 1 << (bit & 31);
  }
  return { bits, count, values };
};
const codeAt = ({ values, bits }: BinaryCodes, i: number): Uint32Array =>
  values.slice((i * bits) / 32, ((i + 1) * bits) / 32);

interface Asked {
  readonly k: number;
  readonly patientOf: (i: number) => number;
  readonly excluded?: ReadonlySet<number>;
}

/** The definition: every code, sorted, the first of each patient. */
const naive = (codes: BinaryCodes, query: Uint32Array, { k, patientOf, excluded = new Set() }: Asked) => {
  const all = Array.from({ length: codes.count }, (_, position) => ({
    position,
    distance: hammingDistance(codeAt(codes, position), query),
  }));
  const seen = new Set<number>(excluded);
  return all
    .sort((a, b) => a.distance - b.distance || a.position - b.position)
    .filter(({ position }) => {
      const isFirst = !seen.has(patientOf(position));
      seen.add(patientOf(position));
      return isFirst;
    })
    .slice(0, k);
};

const lengths = fc.constantFrom(32, 64, 96, 128, 256, 512, 544, 1024);
const archive = fc.record({
  bits: lengths,
  count: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom(4095, 4096, 4097, 9001)),
  seed: fc.nat(),
  k: fc.integer({ min: 1, max: 30 }),
  images: fc.integer({ min: 1, max: 5 }),
});

describe("a scan of all codes", () => {
  test("gives each its distance, for every length", () => {
    fc.assert(
      fc.property(archive, ({ bits, count, seed }) => {
        const codes = drawCodes(count, { bits, seed });
        const query = drawCodes(1, { bits, seed: seed + 1 }).values;
        const distances = new CodeScanner(CodeMemory.of(codes)).distances(query);
        expect([...distances]).toEqual(
          Array.from({ length: count }, (_, i) => hammingDistance(codeAt(codes, i), query)),
        );
      }),
      { numRuns: 30 },
    );
  });

  test("compares first bits alone where it is told so, and as far as is asked", () => {
    fc.assert(
      fc.property(archive, fc.nat(15), fc.nat(40), ({ bits, count, seed, k }, words, farthest) => {
        const compared = 32 * (1 + (words % (bits / 32)));
        const codes = drawCodes(count, { bits, seed });
        const query = drawCodes(1, { bits, seed: seed + 1 }).values.subarray(0, compared / 32);
        const all = Array.from({ length: count }, (_, position) => ({
          position,
          distance: hammingDistance(codeAt(codes, position).subarray(0, compared / 32), query),
        }));
        const scanner = new CodeScanner(CodeMemory.of(codes), compared);
        expect([...scanner.distances(query)]).toEqual(all.map(({ distance }) => distance));
        const last = Uint32Array.of(...(count > 0 ? [count - 1] : []));
        expect([...scanner.distancesAt(query, last)]).toEqual(all.slice(-1).map(({ distance }) => distance));
        const near = all
          .filter(({ distance }) => distance <= farthest)
          .sort((a, b) => a.distance - b.distance || a.position - b.position);
        expect(scanner.nearest(query, { k, farthest })).toEqual(near.slice(0, k));
      }),
      { numRuns: 60 },
    );
    const memory = CodeMemory.of(drawCodes(3, { bits: 64, seed: 1 }));
    for (const bits of [0, 31, 96]) {
      expect(() => new CodeScanner(memory, bits)).toThrow(expect.objectContaining({ code: "bad-usage" }));
    }
  });

  test("equals a naive search by patients, ties to the earlier, and never finds who is excluded", () => {
    fc.assert(
      fc.property(archive, fc.array(fc.nat(20), { maxLength: 4 }), ({ bits, count, seed, k, images }, excludedList) => {
        const codes = drawCodes(count, { bits, seed, share: 0.05 });
        const query = drawCodes(1, { bits, seed: seed + 1, share: 0.05 }).values;
        const patientOf = (i: number): number => Math.floor(i / images);
        const excluded = new Set(excludedList);
        const groupOf = (i: number): number | null => (excluded.has(patientOf(i)) ? null : patientOf(i));
        const found = new CodeScanner(CodeMemory.of(codes)).nearest(query, { k, groupOf });
        expect(found).toEqual(naive(codes, query, { k, patientOf, excluded }));
        expect(found.filter(({ position }) => excluded.has(patientOf(position)))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test("breaks ties as it is told", () => {
    const codes = drawCodes(6000, { bits: 64, seed: 4, share: 0.02 });
    const query = new Uint32Array(2);
    const found = new CodeScanner(CodeMemory.of(codes)).nearest(query, { k: 50, breakTie: (i, j) => j - i });
    const nearest = Array.from({ length: 6000 }, (_, i) => [hammingDistance(codeAt(codes, i), query), i] as const)
      .sort(([a, i], [b, j]) => a - b || j - i)
      .slice(0, 50);
    expect(found.map(({ position }) => position)).toEqual(nearest.map(([, i]) => i));
  });

  test("one mask over codes and query changes nothing", () => {
    fc.assert(
      fc.property(archive, fc.nat(), ({ bits, count, seed, k }, maskSeed) => {
        const codes = drawCodes(count, { bits, seed, share: 0.1 });
        const query = drawCodes(1, { bits, seed: seed + 1, share: 0.1 }).values;
        const mask = drawCodes(1, { bits, seed: maskSeed }).values;
        const masked = { ...codes, values: codes.values.map((word, i) => word ^ mask[i % mask.length]!) };
        const maskedQuery = query.map((word, i) => word ^ mask[i]!);
        expect(new CodeScanner(CodeMemory.of(masked)).nearest(maskedQuery, { k })).toEqual(
          new CodeScanner(CodeMemory.of(codes)).nearest(query, { k }),
        );
      }),
      { numRuns: 20 },
    );
  });
});

describe("distances at some positions", () => {
  const codes = drawCodes(500, { bits: 96, seed: 1 });
  const scanner = new CodeScanner(CodeMemory.of(codes));

  test("are those of the scan", () => {
    const query = codeAt(codes, 17);
    const all = scanner.distances(query).slice();
    const positions = Uint32Array.of(499, 0, 17, 17, 250);
    expect([...scanner.distancesAt(query, positions)]).toEqual([...positions].map((i) => all[i]));
    expect([...scanner.distancesAt(query, new Uint32Array(0))]).toEqual([]);
  });

  test("beyond the last are refused, and so is a query of another length", () => {
    expect(() => scanner.distancesAt(codeAt(codes, 0), Uint32Array.of(500))).toThrow("500 codes");
    expect(() => scanner.nearest(new Uint32Array(2), { k: 1 })).toThrow("96 bits and the query has 64");
  });
});

describe("the memory of codes", () => {
  test("refuses what is no code, what it has no room for, and more than there can be", () => {
    const memory = CodeMemory.withRoom({ bits: 64, capacity: 3 });
    expect(() => memory.append(new Uint32Array(3))).toThrow("3 words");
    expect(() => memory.append(new Uint32Array(memory.capacity * 2 + 2))).toThrow("room for");
    expect(memory.count).toBe(0);
    expect(() => CodeMemory.withRoom({ bits: 256, capacity: 2 ** 28 })).toThrow("divide the archive");
    expect(() => CodeMemory.withRoom({ bits: 33, capacity: 1 })).toThrow("multiple of 32");
  });

  test("is searched by other threads while one adds codes, each of which they see whole", async () => {
    const memory = CodeMemory.withRoom({ bits: 256, capacity: 60_000 });
    const searched = Promise.all(
      [0, 1].map(
        () =>
          new Promise<{ readonly searches: number; readonly torn: number }>((resolve, reject) => {
            const worker = new Worker(new URL("../../../test/support/scan-while-growing.ts", import.meta.url), {
              workerData: { shared: memory.share(), until: 60_000 },
            });
            worker.once("message", resolve);
            worker.once("error", reject);
          }),
      ),
    );
    // Code i is of one word repeated, so that a code of two words would be one seen in the middle of its writing.
    for (let i = 0; i < 60_000; i += 100) {
      memory.append(Uint32Array.from({ length: 800 }, (_, word) => i + (word >>> 3) + 1));
      if (i % 5000 === 0) await new Promise((resume) => setImmediate(resume));
    }
    for (const { searches, torn } of await searched) {
      expect(searches).toBeGreaterThan(0);
      expect(torn).toBe(0);
    }
  });
});
