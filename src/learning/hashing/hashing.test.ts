import { describe, expect, test } from "vitest";
import { dot, type Matrix, normalise, rowOf } from "../../numeric/matrix.ts";
import { Random } from "../../numeric/random.ts";
import type { FittedHyperplanes } from "./fitted-hyperplanes.ts";
import { fitHashLayer } from "./hash-layer.ts";
import { fitIterativeQuantisation } from "./iterative-quantisation.ts";

const dimensions = 24;

/** Directions around four centres that differ little, besides what varies within each of them. */
const drawDirections = (rows: number, random: Random): { directions: Matrix<Float32Array>; labels: string[] } => {
  const centres = Array.from({ length: 4 }, (_, label) => {
    const own = new Random(label, "centre");
    return Array.from({ length: dimensions }, () => own.normal(0, 0.6));
  });
  const labels = Array.from({ length: rows }, (_, i) => String(i % 4));
  const values = new Float32Array(rows * dimensions);
  const directions = { rows, columns: dimensions, values };
  for (let i = 0; i < rows; i++) {
    const row = rowOf(directions, i);
    for (let j = 0; j < dimensions; j++) row[j] = centres[i % 4]![j]! + random.normal(0, 2 / (1 + j / 4));
    normalise(row);
  }
  return { directions, labels };
};

const bitsOf = ({ normals, thresholds }: FittedHyperplanes, direction: Float32Array): boolean[] =>
  Array.from(thresholds, (threshold, bit) => {
    return dot(normals.subarray(bit * dimensions, (bit + 1) * dimensions), direction) >= threshold;
  });

const differing = (a: readonly boolean[], b: readonly boolean[]): number => a.filter((bit, i) => bit !== b[i]).length;

const random = new Random(5, "hashing");
const training = drawDirections(300, random);
const others = drawDirections(200, random);

/** Orthonormal axes with nothing fitted but where they stand. */
const someNormals = (bits: number): Float32Array => {
  const normals = Float32Array.from({ length: bits * dimensions }, () => random.normal());
  for (let bit = 0; bit < bits; bit++) normalise(normals.subarray(bit * dimensions, (bit + 1) * dimensions));
  return normals;
};

describe("iterative quantisation", () => {
  test("turns orthonormal axes within the leading components", async () => {
    const { normals } = await fitIterativeQuantisation(training.directions, { bits: 8, seed: 1 });
    const axis = (bit: number) => normals.subarray(bit * dimensions, (bit + 1) * dimensions);
    for (let i = 0; i < 8; i++) {
      for (let j = 0; j <= i; j++) expect(dot(axis(i), axis(j))).toBeCloseTo(i === j ? 1 : 0, 5);
    }
  });

  test("brings directions nearer to the corners of the cube than no iteration does", async () => {
    const errorOf = ({ normals, thresholds }: FittedHyperplanes): number => {
      // The best scale of the corners is the mean absolute value: what is left of squares then is variance of absolute values.
      const values = Array.from({ length: 300 }, (_, i) => i).flatMap((i) =>
        Array.from(thresholds, (threshold, bit) =>
          Math.abs(
            dot(normals.subarray(bit * dimensions, (bit + 1) * dimensions), rowOf(training.directions, i)) - threshold,
          ),
        ),
      );
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    };
    const quantise = (iterations: number) =>
      fitIterativeQuantisation(training.directions, { bits: 16, seed: 1, iterations });
    const [none, few, many] = [await quantise(0), await quantise(5), await quantise(50)].map(errorOf) as [
      number,
      number,
      number,
    ];
    expect(few).toBeLessThan(none);
    expect(many).toBeLessThanOrEqual(few * 1.001);
    expect(many).toBeLessThan(0.9 * none);
  });

  test("makes more bits than dimensions by turns begun elsewhere, and the same bits again", async () => {
    const quantise = () => fitIterativeQuantisation(training.directions, { bits: 64, seed: 1, iterations: 10 });
    const { normals, thresholds } = await quantise();
    expect([normals.length, thresholds.length]).toEqual([64 * dimensions, 64]);
    const axis = (bit: number) => normals.subarray(bit * dimensions, (bit + 1) * dimensions);
    for (let i = 0; i < 64; i++)
      for (let j = 0; j < i; j++) expect(Math.abs(dot(axis(i), axis(j)))).toBeLessThan(0.999);
    expect((await quantise()).normals).toEqual(normals);
  });
});

describe("a learned layer", () => {
  test("brings codes of one label together, also of directions that it never saw", async () => {
    const start = someNormals(32);
    const learned = await fitHashLayer(training.directions, { start, labels: training.labels, seed: 1, steps: 300 });
    const rightOf = (planes: FittedHyperplanes): number => {
      const codes = Array.from({ length: 300 }, (_, i) => bitsOf(planes, rowOf(training.directions, i)));
      const hits = Array.from({ length: 200 }, (_, i) => {
        const query = bitsOf(planes, rowOf(others.directions, i));
        const order = codes.map((code, at) => [differing(code, query), at] as const).sort((a, b) => a[0] - b[0]);
        return order.slice(0, 5).filter(([, at]) => training.labels[at] === others.labels[i]).length / 5;
      });
      return hits.reduce((sum, hit) => sum + hit, 0) / 200;
    };
    expect(rightOf(learned)).toBeGreaterThan(rightOf({ normals: start, thresholds: new Float32Array(32) }) + 0.05);
  });

  test("without labels keeps angles nearly as well as the hyperplanes that it began with", async () => {
    const start = someNormals(64);
    const { labels } = training;
    const planes = await fitHashLayer(training.directions, { start, labels, seed: 1, steps: 200, labelWeight: 0 });
    const deviationOf = (family: FittedHyperplanes): number => {
      let deviation = 0;
      for (let i = 0; i < 200; i += 2) {
        const [a, b] = [rowOf(others.directions, i), rowOf(others.directions, i + 1)];
        const angle = Math.acos(Math.min(1, Math.max(-1, dot(a, b)))) / Math.PI;
        deviation += Math.abs(differing(bitsOf(family, a), bitsOf(family, b)) / 64 - angle) / 100;
      }
      return deviation;
    };
    const drawn = deviationOf({ normals: start, thresholds: new Float32Array(64) });
    expect(deviationOf(planes)).toBeLessThan(1.3 * drawn);
  });
});
