import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TransformSettings } from "../imaging/augmentation/index.ts";
import { encodeGreyPng } from "../imaging/grey-png.ts";
import { loadBatches } from "./batch-loader.ts";
import { type ExampleBatch, type ExampleFiles, exampleBatches } from "./example-batches.ts";

const folder = mkdtempSync(join(tmpdir(), "osteon-examples-"));
afterAll(() => rmSync(folder, { recursive: true }));

const examples: { image: string; mask: string }[] = [];

/** A bright square on black: the mask is the square, so a picture and its mask that were moved alike still agree. */
beforeAll(async () => {
  for (const [n, [width, height]] of (
    [
      [48, 48],
      [30, 60],
      [64, 40],
    ] as const
  ).entries()) {
    const pixels = Float32Array.from({ length: width * height }, (_, i) => {
      const [x, y] = [i % width, Math.floor(i / width)];
      return x >= 4 && x < 16 && y >= 6 && y < 20 + 4 * n ? 1 : 0;
    });
    const paths = { image: join(folder, `picture-${n}`), mask: join(folder, `mask-${n}`) };
    const png = await encodeGreyPng({ width, height, pixels });
    for (const path of Object.values(paths)) writeFileSync(path, png);
    examples.push(paths);
  }
});

const imageSize = 32;
const area = imageSize * imageSize;
const geometric: readonly TransformSettings[] = [
  { name: "HorizontalFlip" },
  { name: "Rotate", p: 1, limit: [-90, 90] },
  { name: "RandomCrop", p: 1, height: 24, width: 28 },
];

const load = async (
  { some = examples, augmentation = geometric, channels = 1 },
  { workers = 0, epochs = 2 } = {},
): Promise<ExampleBatch[]> => {
  const how = exampleBatches({ examples: some as readonly ExampleFiles[], imageSize, channels, augmentation, seed: 5 });
  const schedule = { pictures: some.length, batchSize: some.length, epochs, seed: 5 };
  return (await Array.fromAsync(loadBatches(schedule, how, { workers }))).map(({ value }) => value);
};

/** Share of the pixels that are bright in the picture and marked in its mask, or neither. */
const agreement = ({ x, masks }: ExampleBatch): number =>
  x.reduce((sum, value, i) => sum + Number(value > 1 === (masks![i] === 1)), 0) / x.length;

test("pictures and masks are moved together, and are others in each epoch", async () => {
  const [first, second] = await load({});
  for (const batch of [first!, second!]) {
    expect(batch.x.length).toBe(3 * area);
    expect(agreement(batch)).toBeGreaterThan(0.97);
    expect(batch.masks!.some((value) => value === 1)).toBe(true);
    expect(batch.masks!.every((value) => value === 0 || value === 1)).toBe(true);
  }
  const marked = (batch: ExampleBatch): number => batch.masks!.reduce((sum, value) => sum + value, 0);
  expect(marked(first!)).not.toBe(marked(second!));
});

test("any number of threads draws the same bytes", async () => {
  const alone = await load({});
  for (const workers of [1, 3]) expect(await load({}, { workers })).toEqual(alone);
});

test("each picture is standardised and written to every channel", async () => {
  const [{ x, masks }] = (await load({ some: examples.map(({ image }) => ({ image })) as never, channels: 3 })) as [
    ExampleBatch,
  ];
  expect(masks).toBeUndefined();
  for (let picture = 0; picture < 3; picture++) {
    const channel = (c: number): Float32Array => x.subarray((picture * 3 + c) * area, (picture * 3 + c + 1) * area);
    const mean = channel(0).reduce((sum, value) => sum + value, 0) / area;
    expect(Math.abs(mean)).toBeLessThan(1e-4);
    expect(channel(1)).toEqual(channel(0));
    expect(channel(2)).toEqual(channel(0));
  }
});

test("a mask of another size, masks of some only and unknown transforms are refused", async () => {
  const { image } = examples[0]!;
  const strange = [{ image, mask: examples[1]!.mask }];
  await expect(load({ some: strange }, { workers: 1 })).rejects.toMatchObject({
    code: "bad-input",
    message: "The mask of picture 1 of the batch has 30 x 60 pixels, its picture 48 x 48.",
  });
  await expect(load({ some: [examples[0]!, { image } as never] })).rejects.toMatchObject({ code: "bad-usage" });
  await expect(load({ augmentation: [{ name: "Rotat" } as never] }, { workers: 1 })).rejects.toMatchObject({
    code: "bad-usage",
  });
});
