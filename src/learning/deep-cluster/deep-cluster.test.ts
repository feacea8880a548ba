import { describe, expect, test } from "vitest";
import { alexNet } from "../../models/alexnet.ts";
import { resNet18 } from "../../models/resnet.ts";
import { Random } from "../../numeric/random.ts";
import { decodeCheckpoint, encodeCheckpoint } from "../checkpoint.ts";
import { GreyDataset } from "../grey-dataset.ts";
import { type DeepClusterSettings, deepCluster, type EpochClusters } from "./deep-cluster.ts";
import { drawUniformly } from "./uniform-sampling.ts";

const settings: DeepClusterSettings = {
  imageSize: 32,
  clusters: 4,
  dimensions: 8,
  iterations: 10,
  epochs: 3,
  reassign: 1,
  batchSize: 8,
  lr: 0.05,
  momentum: 0.9,
  weightDecay: 1e-5,
  cropScale: [0.5, 1],
  seed: 5,
};

/** Bars across or along, thin or thick: four kinds in turn. */
const bars = (count: number): GreyDataset => {
  const pictures = new GreyDataset(36);
  for (let i = 0; i < count; i++) {
    const random = new Random(2, "bars", i);
    const period = i % 2 === 0 ? 4 : 12;
    const phase = random.uniform(0, period);
    const bytes = Uint8Array.from({ length: 36 * 36 }, (_, at) => {
      const along = i % 4 < 2 ? at % 36 : Math.floor(at / 36);
      return 128 + 90 * Math.sin((2 * Math.PI * (along + phase)) / period) + random.uniform(-20, 20);
    });
    pictures.addBytes(bytes);
  }
  return pictures;
};

/** The share of pictures that are of their cluster's commonest kind. */
const purity = (assignment: Int32Array): number => {
  const counts = new Map<number, number[]>();
  assignment.forEach((cluster, i) => {
    const kinds = counts.get(cluster) ?? [0, 0, 0, 0];
    kinds[i % 4]! += 1;
    counts.set(cluster, kinds);
  });
  return [...counts.values()].reduce((sum, kinds) => sum + Math.max(...kinds), 0) / assignment.length;
};

const clustered = { network: resNet18({ numClasses: settings.clusters }), topLayer: "fc" };

describe("uniform sampling", () => {
  test("draws as many of each cluster, without repeating where there are enough", () => {
    const assignment = [...Array(90).fill(0), ...Array(6).fill(2), ...Array(4).fill(1)];
    const drawn = drawUniformly(assignment, new Random(1));
    expect(drawn).toHaveLength(100);
    const counts = [0, 1, 2].map((cluster) => drawn.filter((place) => assignment[place] === cluster).length);
    for (const count of counts) expect(count).toBeGreaterThanOrEqual(32); // 34 of each, two of all cut off
    const ofLarge = drawn.filter((place) => assignment[place] === 0);
    expect(new Set(ofLarge).size).toBe(ofLarge.length);
    expect(drawUniformly(assignment, new Random(1))).toEqual(drawn);
    expect(drawUniformly(assignment, new Random(2))).not.toEqual(drawn);
  });

  test("draws more than there are pictures where more are wanted, and as evenly", () => {
    const assignment = [...Array(8).fill(0), ...Array(2).fill(1)];
    const drawn = drawUniformly(assignment, new Random(3), 40);
    expect(drawn).toHaveLength(40);
    const ofSmall = drawn.filter((place) => assignment[place] === 1).length;
    expect(ofSmall).toBeGreaterThanOrEqual(19); // 21 of each, two of all cut off
    expect(ofSmall).toBeLessThanOrEqual(21);
  });

  test("refuses to draw from nothing", () => {
    expect(() => drawUniformly([], new Random(1))).toThrow("no pictures");
  });
});

describe("DeepCluster", () => {
  test("broken off and gone on with, gives what it gives unbroken, whatever the number of threads", async () => {
    const pictures = bars(40);
    const kept: { bytes: Uint8Array; clusters: EpochClusters }[] = [];
    const whole = await deepCluster(
      clustered,
      { pictures, settings },
      { workers: 1, onEpoch: (_, clusters, save) => void kept.push({ bytes: encodeCheckpoint(save()), clusters }) },
    );
    expect(whole.history.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    const later: EpochClusters[] = [];
    const resumed = await deepCluster(
      clustered,
      { pictures, settings },
      {
        workers: 0,
        resumeFrom: decodeCheckpoint(kept[0]!.bytes),
        onEpoch: (_, clusters) => void later.push(clusters),
      },
    );
    expect(resumed).toEqual(whole);
    expect(later).toEqual(kept.slice(1).map(({ clusters }) => clusters));
    expect(new Set(kept[0]!.clusters.assignment).size).toBe(4);
    expect(kept[1]!.clusters.assignment).not.toEqual(kept[0]!.clusters.assignment); // new centres, a new network
  });

  test("learns clusters that agree with what the pictures show", async () => {
    const purities: number[] = [];
    await deepCluster(
      { network: resNet18({ numClasses: 8 }), topLayer: "fc" },
      { pictures: bars(160), settings: { ...settings, clusters: 8, epochs: 4, lr: 0.02 } },
      { onEpoch: (_, { assignment }) => void purities.push(purity(assignment)) },
    );
    const learned = purities.slice(1); // the first clusters are those of a network that has seen nothing
    expect(learned.reduce((sum, value) => sum + value, 0) / learned.length).toBeGreaterThan(0.8); // chance gives about 0.35
  });

  test("runs on AlexNet with the Sobel input, whose head has another name", async () => {
    const network = alexNet({ numClasses: 4, sobel: true, featureLength: 16 });
    const pictures = new GreyDataset(72);
    for (let i = 0; i < 8; i++) {
      const random = new Random(3, i);
      pictures.addBytes(Uint8Array.from({ length: 72 * 72 }, () => random.integer(256)));
    }
    const own = { ...settings, imageSize: 63, epochs: 1, dimensions: 4 };
    const { state } = await deepCluster({ network, topLayer: "top_layer" }, { pictures, settings: own });
    expect(state.get("top_layer.weight")!.shape).toEqual([4, 16]);
    expect([...state.get("sobel.1.weight")!.data.slice(0, 3)]).toEqual([1, 0, -1]);
  });

  test.each([
    [{ clusters: 1 }, "learns nothing from 1"],
    [{ clusters: 9 }, "8 pictures cannot be put in 9"],
    [{ batchSize: 16 }, "do not fill a batch of 16"],
    [{ imageSize: 64 }, "hold no part of side 64"],
  ])("refuses %j", async (wrong, sentence) => {
    const work = deepCluster(clustered, { pictures: bars(8), settings: { ...settings, ...wrong } });
    await expect(work).rejects.toThrow(sentence);
  });

  test("stops after the epoch at hand", async () => {
    const work = deepCluster(clustered, { pictures: bars(8), settings }, { signal: AbortSignal.abort() });
    await expect(work).rejects.toMatchObject({ code: "interrupted" });
  });
});
