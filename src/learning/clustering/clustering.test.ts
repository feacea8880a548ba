import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dot, type Matrix, matrixOfRows, rowOf } from "../../numeric/matrix.ts";
import { Random } from "../../numeric/random.ts";
import { kMeans } from "./k-means.ts";
import { NearestCentre } from "./nearest-centre.ts";
import { principalComponents, whiten } from "./principal-components.ts";
import { reseedEmptyClusters } from "./reseed-empty-clusters.ts";
import { seedCentres, seedings } from "./seed-centres.ts";

/** By scikit-learn: test/fixtures/clustering/make-golden.py. */
const golden = JSON.parse(
  readFileSync(new URL("../../../test/fixtures/clustering/golden.json", import.meta.url), "utf8"),
) as {
  rows: number[][];
  first: number[][];
  centres: number[][];
  assignment: number[];
  objective: number;
  iterations: number;
  variances: number[];
  whitenedProducts: number[][];
};

/** Rows around as many points as there are groups; row i is of group i % groups. */
const groupedRows = (seed: number, shape: { groups: number; rows: number; columns: number }): Matrix<Float32Array> => {
  const random = new Random(seed, "groups");
  const middles = Array.from({ length: shape.groups }, () =>
    Array.from({ length: shape.columns }, () => random.normal(0, 8)),
  );
  return matrixOfRows(
    Array.from({ length: shape.rows }, (_, i) => middles[i % shape.groups]!.map((middle) => middle + random.normal())),
  );
};

const squaredDistance = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, j) => sum + (value - b[j]!) ** 2, 0);

describe("k-means", () => {
  test("goes scikit-learn's way from the same first centres", async () => {
    const clustering = await kMeans(matrixOfRows(golden.rows), {
      clusters: 5,
      seed: 1,
      seeding: matrixOfRows(golden.first),
    });
    expect(golden.iterations).toBeLessThan(20); // it has settled, so that a further iteration changes nothing
    expect([...clustering.assignment]).toEqual(golden.assignment);
    golden.centres.flat().forEach((value, at) => {
      expect(clustering.centres.values[at]).toBeCloseTo(value, 4);
    });
    expect(clustering.objectives.at(-1)).toBeCloseTo(golden.objective, 2);
  });

  test("every row is with its nearest centre, no cluster is empty, and the objective falls where none was re-seeded", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.integer({ min: 1, max: 9 }),
        fc.constantFrom(...seedings),
        async (seed, clusters, seeding) => {
          const rows = groupedRows(seed, { groups: 4, rows: 60, columns: 5 });
          const { centres, assignment, distances, objectives, reseeded } = await kMeans(rows, {
            clusters,
            seed,
            seeding,
          });
          for (let i = 0; i < rows.rows; i++) {
            const all = Array.from({ length: clusters }, (_, c) => squaredDistance(rowOf(rows, i), rowOf(centres, c)));
            expect(all[assignment[i]!]! - Math.min(...all)).toBeLessThan(1e-3);
            expect(distances[i]).toBeCloseTo(all[assignment[i]!]!, 2);
          }
          if (reseeded === 0)
            objectives.slice(1).forEach((objective, i) => {
              expect(objective).toBeLessThanOrEqual(objectives[i]! * (1 + 1e-5));
            });
        },
      ),
      { numRuns: 12 },
    );
  });

  test("finds groups that lie apart, in more batches than one, and again with the same seed", async () => {
    const rows = groupedRows(3, { groups: 12, rows: 2500, columns: 16 });
    const seeding = { rows: 12, columns: 16, values: rows.values.slice(0, 12 * 16) };
    const options = { clusters: 12, seed: 9, seeding };
    const clustering = await kMeans(rows, options);
    const groupOf = new Map(Array.from(clustering.assignment, (cluster, i) => [cluster, i % 12] as const));
    expect(new Set(groupOf.values()).size).toBe(12);
    expect(clustering.assignment.every((cluster, i) => groupOf.get(cluster) === i % 12)).toBe(true);
    expect(await kMeans(rows, options)).toEqual(clustering);
    const drawn = await kMeans(rows, { clusters: 12, seed: 9 });
    expect(await kMeans(rows, { clusters: 12, seed: 9 })).toEqual(drawn);
    expect((await kMeans(rows, { clusters: 12, seed: 10 })).assignment).not.toEqual(drawn.assignment);
  });

  test("finds the same nearest centres with several threads as with one", async () => {
    const rows = groupedRows(7, { groups: 6, rows: 3400, columns: 8 });
    const centres = seedCentres(rows, { clusters: 40, seeding: "random", random: new Random(3) });
    const found = [];
    for (const threads of [1, 3, 9]) {
      const nearest = await NearestCentre.create(rows, 40, threads);
      try {
        found.push(await nearest.of(centres), await nearest.of(centres));
      } finally {
        await nearest.release();
      }
    }
    for (const other of found.slice(1)) expect(other).toEqual(found[0]);
    expect(new Set(found[0]!.assignment).size).toBe(40);
  });

  test("begun anew several times, keeps the clusters of the smallest objective", async () => {
    const rows = groupedRows(5, { groups: 9, rows: 90, columns: 4 });
    const end = async (restarts: number): Promise<number> =>
      (await kMeans(rows, { clusters: 9, seed: 2, restarts })).objectives.at(-1)!;
    const objectives = [await end(1), await end(4), await end(12)];
    expect(objectives).toEqual(objectives.toSorted((a, b) => b - a));
    expect(objectives[2]).toBeLessThan(objectives[0]!);
  });

  test("rows that are all alike are put in clusters without end or error", async () => {
    const rows = matrixOfRows(Array.from({ length: 6 }, () => [1, 2]));
    for (const seeding of seedings) {
      const { objectives } = await kMeans(rows, { clusters: 3, seed: 0, seeding });
      expect(objectives.at(-1)).toBeLessThan(1e-5);
    }
  });

  test.each([
    [0, "1 to 3"],
    [4, "1 to 3"],
    [1.5, "1 to 3"],
  ])("%d clusters of three rows are refused", async (clusters, sentence) => {
    await expect(kMeans(matrixOfRows([[1], [2], [3]]), { clusters, seed: 0 })).rejects.toThrow(sentence);
  });

  test("what is no number is refused, and a signal stops it", async () => {
    await expect(kMeans(matrixOfRows([[1], [Number.NaN]]), { clusters: 1, seed: 0 })).rejects.toThrow("finite");
    const stopped = kMeans(matrixOfRows([[1], [2]]), { clusters: 1, seed: 0, signal: AbortSignal.abort() });
    await expect(stopped).rejects.toMatchObject({ code: "interrupted" });
  });
});

test("an empty cluster takes half of a larger one, and the two centres are moved apart", () => {
  const centres = matrixOfRows([
    [0, 0],
    [8, 4],
    [1, 1],
  ]);
  const sizes = Float64Array.of(0, 10, 1);
  expect(reseedEmptyClusters(centres, sizes, new Random(1))).toBe(1);
  expect([...sizes]).toEqual([5, 5, 1]);
  const up = 1 + 1 / 1024;
  const down = 1 - 1 / 1024;
  expect([...rowOf(centres, 0)]).toEqual([8 * up, 4 * down].map(Math.fround));
  expect([...rowOf(centres, 1)]).toEqual([8 * down, 4 * up].map(Math.fround));
  expect(() => reseedEmptyClusters(centres, Float64Array.of(0, 1, 1), new Random(1))).toThrow("fewer rows");
});

test("first centres are different rows", () => {
  const rows = groupedRows(1, { groups: 3, rows: 20, columns: 2 });
  for (const seeding of seedings) {
    const { values } = seedCentres(rows, { clusters: 20, seeding, random: new Random(4) });
    expect(new Set(values).size).toBe(new Set(rows.values).size);
  }
});

describe("principal components", () => {
  test("are scikit-learn's, whitened and scaled to length 1", async () => {
    const rows = matrixOfRows(golden.rows);
    const components = await principalComponents(rows, { dimensions: 6, seed: 0 });
    golden.variances.forEach((variance, i) => {
      expect(components.variances[i]).toBeCloseTo(variance, 4);
    });
    const whitened = await whiten(rows, components);
    expect(whitened.columns).toBe(6);
    golden.whitenedProducts.forEach((products, i) => {
      products.forEach((product, j) => {
        expect(dot(rowOf(whitened, i), rowOf(whitened, j))).toBeCloseTo(product, 4);
      });
    });
  });

  test("of many columns, by iteration, are those of the whole decomposition", async () => {
    const random = new Random(8, "wide");
    const rows = matrixOfRows(
      Array.from({ length: 1300 }, () => Array.from({ length: 90 }, (_, j) => random.normal(1, 3 / (1 + j)))),
    );
    const some = await principalComponents(rows, { dimensions: 10, seed: 1 });
    const all = await principalComponents(rows, { dimensions: 90, seed: 1 });
    for (let i = 0; i < 10; i++) {
      expect(some.variances[i]! / all.variances[i]!).toBeCloseTo(1, 3);
      expect(Math.abs(dot(rowOf(some.axes, i), rowOf(all.axes, i)))).toBeGreaterThan(0.99);
    }
    expect(await principalComponents(rows, { dimensions: 10, seed: 1 })).toEqual(some);
  });

  test("along which nothing varies are left out", async () => {
    const rows = matrixOfRows(Array.from({ length: 30 }, (_, i) => [i, 2 * i, (i * 7) % 5]));
    const components = await principalComponents(rows, { dimensions: 3, seed: 0 });
    expect(components.axes.rows).toBe(2);
    expect((await whiten(rows, components)).columns).toBe(2);
  });

  test.each([
    [[[1, 2]], 1, "have no 1 principal"],
    [
      [
        [1, 2],
        [1, 2],
      ],
      1,
      "all alike",
    ],
    [
      [
        [1, 2],
        [2, 1],
      ],
      0,
      "have no 0 principal",
    ],
  ])("of %j, %d of them, are refused", async (rows, dimensions, sentence) => {
    await expect(principalComponents(matrixOfRows(rows), { dimensions, seed: 0 })).rejects.toThrow(sentence);
  });
});
