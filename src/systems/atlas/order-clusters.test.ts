import { expect, test } from "vitest";
import { imageId } from "../../clinic/ids.ts";
import { candidatesFor, clusteringPresets, learningFor, settingsFor } from "./config.ts";
import { orderClusters } from "./order-clusters.ts";

const images = Array.from({ length: 13 }, (_, i) => ({ id: imageId(`image ${i}`) }));

test("typical radiographs come first, outliers are marked, clusters that look alike follow each other, empty ones go", () => {
  const assignment = Int32Array.of(3, 3, 3, 3, 3, 3, 3, 3, 3, 0, 0, 2, 2);
  const distances = Float64Array.of(9, 4, 1, 4, 4, 1, 9, 400, 4, 1, 0, 0, 0);
  const centres = { rows: 4, columns: 1, values: Float32Array.of(10, 99, 0, 11) };
  const clusters = orderClusters(images, { assignment, distances, centres });
  const shown = clusters.map(({ cluster, members }) => [cluster, members.map(({ image }) => image.slice(6)).join(" ")]);
  expect(shown).toEqual(
    [
      [
        [1, "11 12"],
        [2, "10 9"],
        [3, "2 5 1 3 4 8 0 6 7"],
      ],
      [
        [1, "2 5 1 3 4 8 0 6 7"],
        [2, "10 9"],
        [3, "11 12"],
      ],
    ].find(([first]) => first![1] === shown[0]![1]),
  );
  const large = clusters.find(({ members }) => members.length === 9)!;
  expect(large.members.map(({ distance }) => distance)).toEqual([1, 1, 2, 2, 2, 2, 3, 3, 20]);
  expect(large.members.map(({ outlier }) => outlier)).toEqual([...new Array(8).fill(false), true]);
});

test("a small archive gets fewer clusters and dimensions than were published", () => {
  expect(settingsFor(42_608)).toMatchObject({ clusters: 702, dimensions: 256, iterations: 20, seeding: "random" });
  expect(settingsFor(5_326)).toMatchObject({ clusters: 248, dimensions: 256 });
  expect(settingsFor(900)).toMatchObject({ clusters: 102, dimensions: 90 });
  expect(settingsFor(5)).toMatchObject({ clusters: 2, dimensions: 2 });
  expect(settingsFor(900, { clusters: 28 })).toMatchObject({ clusters: 28, dimensions: 90 });
  const preset = clusteringPresets["as-published"];
  expect(settingsFor(42_608, { preset })).toMatchObject({ clusters: 1000, restarts: 1 });
  expect(settingsFor(900, { preset })).toMatchObject({ clusters: 90 });
});

test("test runs choose from numbers around the one that suits the archive, which all fit it", () => {
  expect(candidatesFor(5_326)).toEqual([62, 124, 248, 496]);
  expect(candidatesFor(12)).toEqual([2, 3, 6]);
});

test("the network of a small archive passes over it more often before it is clustered again", () => {
  expect(learningFor(clusteringPresets.small, 240)).toMatchObject({ batchSize: 32, reassign: 27, epochs: 8 });
  expect(learningFor(clusteringPresets.small, 5_326)).toMatchObject({ batchSize: 64, reassign: 3 });
  expect(learningFor(clusteringPresets.small, 42_608)).toMatchObject({ reassign: 1 });
  expect(learningFor(clusteringPresets.small, 0)).toMatchObject({ batchSize: 0, reassign: 1 });
  expect(learningFor(clusteringPresets["as-published"], 240)).toMatchObject({
    batchSize: 240,
    reassign: 1,
    epochs: 500,
  });
  expect(learningFor(clusteringPresets.small, 240, { epochs: 3, batchSize: 16 })).toMatchObject({
    epochs: 3,
    reassign: 14,
  });
});
