import fc from "fast-check";
import { expect, test } from "vitest";
import { floatTensor } from "../engine/tensor.ts";
import { dot, normalise } from "../numeric/matrix.ts";
import { Random } from "../numeric/random.ts";
import { contributionsTo, drawContributions, type NetworkMaps } from "./similarity-map.ts";

/** Maps as a ReLU leaves them. */
const mapsOf = (random: Random, shape: readonly number[]): NetworkMaps => ({
  maps: floatTensor(
    shape,
    Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => Math.max(random.normal(), 0)),
  ),
});

/** The direction of a picture's features, made as an embedder and an index make it. */
const directionOf = (networks: readonly NetworkMaps[], mean: Float32Array): Float64Array => {
  const features = networks.flatMap(({ maps: { shape, data } }) => {
    const [views, channels, rows, columns] = shape as [number, number, number, number];
    const pooled = new Float64Array(channels);
    for (let view = 0; view < views; view++) {
      for (let channel = 0; channel < channels; channel++) {
        const at = (view * channels + channel) * rows * columns;
        const sum = data.subarray(at, at + rows * columns).reduce((a, b) => a + b, 0);
        pooled[channel]! += sum / (rows * columns) / views;
      }
    }
    return [...normalise(pooled)];
  });
  return normalise(Float64Array.from(features, (value, i) => value - mean[i]!));
};

test("what all places add is the cosine of the two pictures, for any networks, views and maps", () => {
  const network = fc.record({ rows: fc.integer({ min: 1, max: 4 }), columns: fc.integer({ min: 1, max: 4 }) });
  fc.assert(
    fc.property(
      fc.integer(),
      fc.array(network, { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 3 }),
      (seed, networks, views) => {
        const random = new Random(seed, "maps");
        const channels = 6;
        const picture = (): NetworkMaps[] =>
          networks.map(({ rows, columns }) => mapsOf(random, [views, channels, rows, columns]));
        const [query, neighbour] = [picture(), picture()];
        const mean = Float32Array.from({ length: channels * networks.length }, () => random.next() / 4);
        const other = directionOf(neighbour, mean);
        const places = contributionsTo(query, { other: Float32Array.from(other), mean });
        const sum = places.flat().reduce((all, { values }) => all + values.reduce((a, b) => a + b, 0), 0);
        expect(sum).toBeCloseTo(dot(directionOf(query, mean), other), 5);
      },
    ),
    { numRuns: 60 },
  );
});

test("the one place that the other picture shares adds the most", () => {
  const data = new Float32Array(2 * 9).fill(0.1);
  data[4] = 5; // the first channel, in the middle
  data[9] = 5; // the second channel, in a corner
  const other = Float32Array.of(1, 0);
  const [[view]] = contributionsTo([{ maps: floatTensor([1, 2, 3, 3], data) }], {
    other,
    mean: Float32Array.of(0.5, 0.5),
  });
  expect(view!.values.indexOf(Math.max(...view!.values))).toBe(4);
});

test("features of another length are refused", () => {
  const networks = [mapsOf(new Random(1), [1, 4, 2, 2])];
  expect(() => contributionsTo(networks, { other: new Float32Array(3), mean: new Float32Array(4) })).toThrow(
    "4 features",
  );
});

test("a map is drawn where its place lies, whatever part of the square and however near the view", () => {
  const corner = { rows: 2, columns: 2, values: Float64Array.of(1, 0, 0, -1), scale: 1 };
  const whole = { left: 0, top: 0, width: 1, height: 1 };
  const drawn = drawContributions([corner], whole, { rows: 4, columns: 4 });
  expect(drawn[0]).toBe(1);
  expect(drawn[15]).toBe(0); // what takes away adds nothing
  expect(Math.max(...drawn)).toBe(1);
  const right = drawContributions(
    [corner],
    { left: 0.75, top: 0.75, width: 0.25, height: 0.25 },
    { rows: 2, columns: 2 },
  );
  expect([...right]).toEqual([0, 0, 0, 0]);
  // A view from near sees nothing of the edges.
  const near = drawContributions([{ ...corner, values: Float64Array.of(1, 1, 1, 1), scale: 2 }], whole, {
    rows: 4,
    columns: 4,
  });
  expect([near[0], near[5]]).toEqual([0, 1]);
});
