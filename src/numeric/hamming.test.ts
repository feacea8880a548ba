import fc from "fast-check";
import { expect, test } from "vitest";
import { hammingDistance, hammingDistances, popcount32 } from "./hamming.ts";

const word = fc.integer({ min: 0, max: 0xffffffff });
const countByText = (x: number): number => [...(x >>> 0).toString(2)].filter((digit) => digit === "1").length;

test("popcount32 counts the ones of the binary text", () => {
  expect(popcount32(0)).toBe(0);
  expect(popcount32(0xffffffff)).toBe(32);
  fc.assert(fc.property(word, (x) => popcount32(x) === countByText(x) && popcount32(x | 0) === countByText(x)));
});

test.each([1, 2, 7, 8, 9, 16])("codes of %i words: the scan equals the single distances", (words) => {
  const code = fc.array(word, { minLength: words, maxLength: words });
  fc.assert(
    fc.property(fc.array(code, { minLength: 1, maxLength: 20 }), code, (codes, query) => {
      const distances = new Uint16Array(codes.length);
      hammingDistances(Uint32Array.from(codes.flat()), Uint32Array.from(query), distances);
      const expected = codes.map((c) => hammingDistance(Uint32Array.from(c), Uint32Array.from(query)));
      expect([...distances]).toEqual(expected);
    }),
  );
});

test("the greatest distance of 256 bits does not overflow", () => {
  const distances = new Uint16Array(1);
  hammingDistances(new Uint32Array(8).fill(0xffffffff), new Uint32Array(8), distances);
  expect(distances[0]).toBe(256);
});

test("the Hamming distance is a metric, and one mask on both sides leaves it as it is", () => {
  const code = fc.array(word, { minLength: 3, maxLength: 3 }).map((words) => Uint32Array.from(words));
  fc.assert(
    fc.property(code, code, code, (a, b, c) => {
      const masked = (x: Uint32Array): Uint32Array => x.map((value, i) => value ^ c[i]);
      expect(hammingDistance(a, a)).toBe(0);
      expect(hammingDistance(a, b)).toBe(hammingDistance(b, a));
      expect(hammingDistance(a, c)).toBeLessThanOrEqual(hammingDistance(a, b) + hammingDistance(b, c));
      expect(hammingDistance(masked(a), masked(b))).toBe(hammingDistance(a, b));
    }),
  );
});
