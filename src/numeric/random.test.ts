import fc from "fast-check";
import { expect, test } from "vitest";
import { Random } from "./random.ts";

test("equal keys give equal streams, other keys give others", () => {
  const draw = (random: Random) => Array.from({ length: 8 }, () => random.uint32());
  expect(draw(new Random(1, "a"))).toEqual(draw(new Random(1, "a")));
  expect(draw(new Random(1).fork("a"))).toEqual(draw(new Random(1, "a")));
  expect(draw(new Random(1, "a"))).not.toEqual(draw(new Random(1, "b")));
  expect(draw(new Random(1))).not.toEqual(draw(new Random("1")));
});

test("of many streams no two are the same, and neither are their first draws alike", () => {
  const streams = 300_000; // 32 bits of state would make some ten pairs of them the same
  const beginnings = new Set<string>();
  let sum = 0;
  for (let key = 0; key < streams; key++) {
    const random = new Random(3, `P${key}`);
    const first = random.uint32();
    sum += first / 2 ** 32 / streams;
    beginnings.add(`${first} ${random.uint32()} ${random.uint32()}`);
  }
  expect(beginnings.size).toBe(streams);
  // Five standard errors of the mean of uniform draws.
  expect(Math.abs(sum - 0.5)).toBeLessThan(5 / Math.sqrt(12 * streams));
});

test("uniform and normal draws have the moments they claim", () => {
  const random = new Random(7);
  const n = 200_000;
  let sum = 0;
  let square = 0;
  let normalSum = 0;
  let normalSquare = 0;
  for (let i = 0; i < n; i++) {
    const u = random.next();
    sum += u;
    square += u * u;
    const z = random.normal();
    normalSum += z;
    normalSquare += z * z;
  }
  expect(sum / n).toBeCloseTo(1 / 2, 2);
  expect(square / n).toBeCloseTo(1 / 3, 2);
  expect(normalSum / n).toBeCloseTo(0, 1);
  expect(normalSquare / n).toBeCloseTo(1, 1);
});

test("a permutation holds every number once", () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(200), (seed, length) => {
      expect([...new Random(seed).permutation(length)].sort((a, b) => a - b)).toEqual(
        Array.from({ length }, (_, i) => i),
      );
    }),
  );
});

test("weighted picks follow their weights and never take a weight of zero", () => {
  const random = new Random(3);
  const counts = { a: 0, b: 0, c: 0 };
  for (let i = 0; i < 30_000; i++) counts[random.pick(["a", "b", "c"] as const, [1, 0, 3])] += 1;
  expect(counts.b).toBe(0);
  expect(counts.c / counts.a).toBeCloseTo(3, 0);
});
