import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nearestPositions, shortlistSize } from "./shortlist.ts";

describe("the size of a shortlist", () => {
  test("is at most a twentieth of what is searched, from a thousand on for ten neighbours", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 1e8 }), (searched) => {
        const size = shortlistSize(searched, 10);
        expect(size).toBeLessThanOrEqual(searched / 20);
        expect(size).toBeGreaterThanOrEqual(50);
      }),
    );
  });

  test("is never more than there is, and grows with the archive until it suffices", () => {
    expect([30, 400, 2000, 10_000, 1e6].map((searched) => shortlistSize(searched, 10))).toEqual([
      30, 50, 100, 500, 5000,
    ]);
  });
});

test("the nearest positions are those that sorting finds, ties by the order that is given, whoever may not be listed", () => {
  const few = fc.array(fc.nat(6), { maxLength: 60 });
  fc.assert(
    fc.property(
      few,
      fc.nat(70),
      fc.option(fc.integer({ min: 2, max: 4 })),
      fc.nat(5),
      (values, size, every, barred) => {
        const distances = Uint16Array.from(values);
        const admits = (i: number): boolean => i % 6 !== barred;
        const breakTie = (i: number, j: number): number => j - i;
        const all = [...values.keys()].filter((i) => every === null || i % every === 0);
        const expected = all
          .filter(admits)
          .sort((i, j) => values[i]! - values[j]! || breakTie(i, j))
          .slice(0, size)
          .sort((i, j) => i - j);
        const candidates = every === null ? {} : { candidates: Uint32Array.from(all) };
        expect([...nearestPositions(distances, { size, admits, breakTie, ...candidates })]).toEqual(expected);
      },
    ),
  );
});
