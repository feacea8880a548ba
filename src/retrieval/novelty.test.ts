import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Matrix, matrixOfRows, rowOf } from "../numeric/matrix.ts";
import { Random } from "../numeric/random.ts";
import { fitNovelty, ledoitWolf, noveltyOf } from "./novelty.ts";

interface Golden {
  readonly cases: readonly {
    readonly rows: readonly (readonly number[])[];
    readonly covariance: readonly (readonly number[])[];
    readonly shrinkage: number;
  }[];
}
const golden = JSON.parse(
  readFileSync(new URL("../../test/fixtures/retrieval/ledoit-wolf.json", import.meta.url), "utf8"),
) as Golden;

test.each(golden.cases)("ledoitWolf, against scikit-learn", ({ rows, covariance, shrinkage }) => {
  const columns = rows[0].length;
  const fitted = ledoitWolf({ rows: rows.length, columns, values: Float64Array.from(rows.flat()) });
  expect(fitted.shrinkage).toBeCloseTo(shrinkage, 10);
  covariance.flat().forEach((value, i) => {
    expect(fitted.covariance.values[i]).toBeCloseTo(value, 7);
  });
});

/** Vectors along two of twelve directions and noise around them, on scales a thousandfold apart. */
const archive = (count: number, seed = 1): Matrix => {
  const random = new Random(seed, "novelty-test");
  return matrixOfRows(
    Array.from({ length: count }, () => {
      const [a, b] = [random.normal(), random.normal()];
      return Array.from(
        { length: 12 },
        (_, j) => (a * (j % 3) + b * (j % 2) + 0.3 * random.normal()) * 1000 ** (j / 11),
      );
    }),
  );
};

describe("noveltyOf", () => {
  const model = fitNovelty(archive(300), { seed: 1 });
  const fresh = archive(1000, 2);

  test("raises few alarms on more of the same, as many as it expects", () => {
    const alarms = Array.from({ length: 1000 }, (_, i) => noveltyOf(model, rowOf(fresh, i)).novel).filter(
      Boolean,
    ).length;
    expect(alarms).toBeLessThan(20);
    expect(model.shareBeyond).toBeLessThan(0.02);
  });

  test("a vector like the others is at a distance of about 1", () => {
    const distances = Array.from({ length: 1000 }, (_, i) => noveltyOf(model, rowOf(fresh, i)).distance);
    const mean = distances.reduce((sum, distance) => sum + distance, 0) / 1000;
    expect(Math.abs(mean - 1)).toBeLessThan(0.15);
  });

  test("finds a vector whose numbers are usual one by one, but not together", () => {
    const usual = rowOf(fresh, 0);
    const shuffled = usual.map((value, j) => value * (j === 4 || j === 8 ? -1 : 1));
    const [a] = [noveltyOf(model, usual), noveltyOf(model, shuffled)];
    expect(a.novel).toBe(false);
    const apart = Float32Array.from({ length: 12 }, (_, j) => (j % 2 === 0 ? 2 : -2) * 1000 ** (j / 11));
    expect(noveltyOf(model, apart)).toMatchObject({ novel: true });
    expect(noveltyOf(model, apart).ratio).toBeCloseTo(noveltyOf(model, apart).distance / model.threshold, 12);
  });

  test("the scale of a number does not matter", () => {
    const factor = Float32Array.from({ length: 12 }, (_, j) => 2 ** (j - 6));
    const scaled = (matrix: Matrix): Matrix => ({
      ...matrix,
      values: Float64Array.from(matrix.values, (value, i) => value * factor[i % 12] + (i % 12)),
    });
    const other = fitNovelty(scaled(archive(300)), { seed: 1 });
    for (let i = 0; i < 20; i++) {
      expect(noveltyOf(other, rowOf(scaled(fresh), i)).ratio).toBeCloseTo(noveltyOf(model, rowOf(fresh, i)).ratio, 4);
    }
  });

  test("a value that is no number is novel", () => {
    expect(noveltyOf(model, new Float32Array(12).fill(Number.NaN))).toMatchObject({
      novel: true,
      distance: Number.POSITIVE_INFINITY,
    });
  });

  test("a few odd vectors in the archive do not widen the limit much", () => {
    const odd = archive(300);
    for (let i = 0; i < 6; i++) rowOf(odd, i * 50).fill(900);
    const widened = fitNovelty(odd, { seed: 1 });
    expect(widened.threshold).toBeLessThan(1.5 * model.threshold);
    expect(widened.shareBeyond).toBeGreaterThanOrEqual(0.02);
  });

  test("works with fewer vectors than numbers, and with numbers that never vary", () => {
    const random = new Random(4);
    const few = matrixOfRows(
      Array.from({ length: 20 }, () => Array.from({ length: 60 }, (_, j) => (j < 5 ? 7 : random.normal()))),
    );
    const fitted = fitNovelty(few, { seed: 1 });
    expect(fitted.shrinkage).toBeGreaterThan(0.3);
    expect(noveltyOf(fitted, new Float32Array(60).fill(7)).novel).toBe(true);
    const similar = Float32Array.from({ length: 60 }, (_, j) => (j < 5 ? 7 : random.normal()));
    expect(noveltyOf(fitted, similar).novel).toBe(false);
  });
});

describe("fitNovelty", () => {
  test("leaves a patient's images out together: copies do not make the archive look narrower", () => {
    const base = archive(60);
    const copied = matrixOfRows(Array.from({ length: 240 }, (_, i) => rowOf(base, i >> 2)));
    const groups = Array.from({ length: 240 }, (_, i) => String(i >> 2));
    const grouped = fitNovelty(copied, { seed: 1, groups }).threshold;
    const ungrouped = fitNovelty(copied, { seed: 1 }).threshold;
    expect(grouped).toBeGreaterThan(ungrouped);
  });

  test("too few patients, and groups that do not match, are refused", () => {
    expect(() => fitNovelty(archive(9), { seed: 1 })).toThrow("not 9");
    expect(() => fitNovelty(archive(30), { seed: 1, groups: ["a"] })).toThrow("1 groups for 30");
  });
});
