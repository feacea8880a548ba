import fc from "fast-check";
import { expect, test } from "vitest";
import { Random } from "../numeric/random.ts";
import { type AugmentationOptions, augment } from "./augment.ts";
import { type BatchSchedule, batchesPerEpoch, batchPlaces, loadBatches } from "./batch-loader.ts";
import { GreyDataset, standardiseInPlace } from "./grey-dataset.ts";
import { trainingBatches } from "./training-batches.ts";

const augmentation: AugmentationOptions = {
  affine: { rotate: 20, scale: [0.8, 1.25], aspect: 0.1, translatePercent: 0.1 },
  horizontalFlip: 0.5,
  verticalFlip: 0.5,
  randomBrightnessContrast: { brightnessLimit: 0.2, contrastLimit: 0.3 },
  coarseDropout: { p: 0.5, holeRange: [0.1, 0.3] },
  randomGamma: { gammaLimit: [0.7, 1.4] },
};

const noise = (count: number): GreyDataset => {
  const pictures = new GreyDataset(20);
  const random = new Random(5, "batch-loader-test");
  for (let i = 0; i < count; i++) {
    pictures.add({ width: 20, height: 20, pixels: Float32Array.from({ length: 400 }, () => random.next()) });
  }
  return pictures;
};

const schedules = fc.record({
  pictures: fc.integer({ min: 1, max: 40 }),
  batchSize: fc.integer({ min: 1, max: 9 }),
  epochs: fc.nat(4),
  seed: fc.nat(),
});

test("an epoch holds each picture once, but for those left over; with too few pictures they repeat", () => {
  fc.assert(
    fc.property(schedules, (schedule) => {
      const { pictures, batchSize, epochs } = schedule;
      const places = [...batchPlaces(schedule)];
      expect(places.map(({ epoch, batch }) => epoch * batchesPerEpoch(schedule) + batch)).toEqual(
        Array.from({ length: epochs * batchesPerEpoch(schedule) }, (_, i) => i),
      );
      for (const group of Map.groupBy(places, ({ epoch }) => epoch).values()) {
        const indices = group.flatMap((place) => [...place.indices]);
        const times = Map.groupBy(indices, (index) => index);
        const most = Math.ceil(batchSize / pictures);
        expect(indices.length).toBe(group.length * batchSize);
        for (const [index, repeated] of times) {
          expect(index).toBeLessThan(pictures);
          expect(repeated.length).toBeLessThanOrEqual(most);
        }
      }
    }),
    { seed: 20261123 },
  );
});

test.each([{ pictures: 0 }, { batchSize: 0 }, { batchSize: 2.5 }, { batchesDone: -1 }])("%o is refused", (wrong) => {
  const schedule = { pictures: 4, batchSize: 2, epochs: 1, seed: 1, ...wrong };
  expect(() => [...batchPlaces(schedule)]).toThrow(Object.keys(wrong)[0]);
});

test("a schedule gone on with after any batch is the rest of the unbroken one", () => {
  fc.assert(
    fc.property(schedules, fc.nat(60), (schedule, batchesDone) => {
      const unbroken = [...batchPlaces(schedule)];
      expect([...batchPlaces({ ...schedule, batchesDone })]).toEqual(unbroken.slice(batchesDone));
    }),
    { seed: 20261123 },
  );
});

test("the batches of any number of threads, gone on with anywhere, have the bytes of those drawn one by one", async () => {
  const pictures = noise(23);
  const schedule: BatchSchedule = { pictures: 23, batchSize: 5, epochs: 3, seed: 9 };
  const how = trainingBatches({ pictures: pictures.shared(), imageSize: 16, augmentation, seed: 9 });
  const drawn = [...batchPlaces(schedule)].map(({ epoch, indices }) => {
    const x = new Float32Array(5 * 16 * 16);
    for (const [i, index] of indices.entries()) {
      const source = { size: 20, pixels: new Float32Array(400) };
      const target = { size: 16, pixels: x.subarray(i * 256, (i + 1) * 256) };
      pictures.read(index, source.pixels);
      standardiseInPlace(source.pixels);
      augment(source, target, { random: new Random(9, "augment", epoch, index), options: augmentation });
    }
    return x;
  });
  expect(new Set(drawn.map(String)).size).toBe(12);
  for (const workers of [0, 1, 3]) {
    for (const batchesDone of [0, 6]) {
      const batches = await Array.fromAsync(loadBatches({ ...schedule, batchesDone }, how, { workers }));
      expect(batches.map(({ value }) => value)).toEqual(drawn.slice(batchesDone));
    }
  }
});

test("a data set shared with threads keeps its pictures while the caller's one grows", () => {
  const pictures = noise(3);
  const shared = pictures.shared();
  const before = new Float32Array(400);
  pictures.read(2, before);
  const other = GreyDataset.over(shared);
  for (let i = 0; i < 40; i++) pictures.add({ width: 1, height: 1, pixels: Float32Array.of(1) });
  const after = new Float32Array(400);
  for (const [dataset, length] of [
    [pictures, 43],
    [other, 3],
  ] as const) {
    dataset.read(2, after);
    expect(after).toEqual(before);
    expect(dataset.length).toBe(length);
    for (const outside of [-1, 0.5, length]) expect(() => dataset.read(outside, after)).toThrow("none at");
  }
  pictures.read(42, after);
  expect(after).toEqual(new Float32Array(400).fill(1));
  expect(() => pictures.addBytes(new Uint8Array(399))).toThrow("400 pixels, not 399");
});
