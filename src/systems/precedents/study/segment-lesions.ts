/**
 * Boxes around what a network takes for the lesion: the study crops its radiographs by a segmentation (Bloier et al., CDBME 2022) or by
 * hand. A U-Net learns from the marks of patients whom no shuffle tests, whole radiographs in, and says where lesions of all are.
 */

import { add } from "../../../engine/ops.ts";
import { adam } from "../../../engine/optimisers.ts";
import { type FloatTensor, floatTensor } from "../../../engine/tensor.ts";
import { OsteonError } from "../../../errors.ts";
import { fillPolygon } from "../../../imaging/fill-polygon.ts";
import { letterboxPlacement } from "../../../imaging/letterbox.ts";
import { type View, warp } from "../../../imaging/warp.ts";
import { plainBatch } from "../../../learning/classifier-validation.ts";
import { type GreyDataset, standardiseInPlace } from "../../../learning/grey-dataset.ts";
import { unet } from "../../../models/unet.ts";
import { binaryCrossEntropy, diceLoss } from "../../../nn/losses.ts";
import { inferenceSession, initialState, stateSpecs } from "../../../nn/network.ts";
import { segmentation } from "../../../nn/objective.ts";
import { cosineLr } from "../../../nn/schedules.ts";
import { TrainStep } from "../../../nn/train-step.ts";
import { Random } from "../../../numeric/random.ts";
import type { StoredImage } from "../../../store/index.ts";
import { epochsFor } from "../config.ts";
import type { LesionBox } from "../lesion-crop.ts";
import { rotation, type SegmentationSettings } from "./config.ts";

/** Radiographs with pictures of them whole, and the drawn boxes of some. */
export interface SegmentationTask {
  readonly images: readonly StoredImage[];
  /** In the order of the images; their side is the network's. */
  readonly pictures: GreyDataset;
  readonly boxes: ReadonlyMap<StoredImage["id"], LesionBox>;
  /** Positions that may be learned from. */
  readonly learned: readonly number[];
  readonly settings: SegmentationSettings;
  readonly seed: number;
  readonly signal?: AbortSignal | undefined;
  readonly onEpoch?: (epoch: number, epochs: number, loss: number) => void;
}

/** Marked radiographs below which nothing is learned. */
const fewest = 8;

/** A pixel belongs to the lesion from here on. */
const threshold = 0;

/**
 * The box of every radiograph in its own pixels; none where nothing is taken for a lesion.
 *
 * @throws OsteonError `bad-input` where too few lesions are marked, `interrupted` when the signal stops it
 */
export const segmentLesions = async (task: SegmentationTask): Promise<ReadonlyMap<StoredImage["id"], LesionBox>> => {
  const { images, pictures, settings, seed } = task;
  const marked = task.learned.filter((position) => task.boxes.has(images[position]!.id));
  if (marked.length < fewest) {
    const sentence = `Lesions cannot be segmented: ${marked.length} of those to learn from are marked, and ${fewest} are needed. Mark more, or leave the crop "segmented" out.`;
    throw new OsteonError("bad-input", sentence, { marked: marked.length });
  }
  const network = unet({ encoder: settings.encoder });
  const size = settings.imageSize;
  const inputShape = [settings.batchSize, 1, size, size];
  const epochs = epochsFor(settings.duration, marked.length);
  const stepsPerEpoch = Math.max(1, Math.floor(marked.length / settings.batchSize));
  const lrAt = cosineLr({ lr: settings.lr, steps: epochs * stepsPerEpoch });
  const step = await TrainStep.create({
    network,
    inputShape,
    optimiser: adam(),
    state: initialState(stateSpecs(network, inputShape), seed),
    objective: segmentation((logits, masks) => add(binaryCrossEntropy(logits, masks), diceLoss(logits, masks))),
    seed,
  });
  try {
    for (let epoch = 0; epoch < epochs; epoch++) {
      const order = new Random(seed, "segmentation", epoch).permutation(marked.length);
      let sum = 0;
      for (let s = 0; s < stepsPerEpoch; s++) {
        const chosen = Array.from(
          { length: settings.batchSize },
          (_, i) => marked[order[(s * settings.batchSize + i) % order.length]!]!,
        );
        const { x, masks } = drawBatch(task, chosen, epoch);
        const { loss } = await step.step({ x, targets: { masks }, lr: lrAt(step.stepsDone) });
        sum += loss;
      }
      task.onEpoch?.(epoch + 1, epochs, sum / stepsPerEpoch);
      if (task.signal?.aborted)
        throw new OsteonError("interrupted", "The study was interrupted while it segmented; start it again.");
    }
    const session = await inferenceSession(network, { inputShape, state: step.state() });
    const found = new Map<StoredImage["id"], LesionBox>();
    try {
      for (let first = 0; first < images.length; first += settings.batchSize) {
        const indices = Array.from(
          { length: Math.min(settings.batchSize, images.length - first) },
          (_, i) => first + i,
        );
        const x = plainBatch(pictures, indices, { imageSize: size, places: settings.batchSize });
        const logits = (await session.run({ x })).logits!.data as Float32Array;
        for (const [row, at] of indices.entries()) {
          const box = boxOfLargest(logits.subarray(row * size * size, (row + 1) * size * size), size);
          const image = images[at]!;
          const own = box && unboxed(box, image, size);
          if (own) found.set(image.id, own);
        }
      }
      return found;
    } finally {
      await session.release();
    }
  } finally {
    await step.release();
  }
};

/** A batch of pictures with the marks of their lesions, both turned and mirrored alike. */
const drawBatch = (
  { images, pictures, boxes, settings: { imageSize: size }, seed }: SegmentationTask,
  positions: readonly number[],
  epoch: number,
): { readonly x: FloatTensor; readonly masks: FloatTensor } => {
  const area = size * size;
  const x = new Float32Array(positions.length * area);
  const masks = new Float32Array(positions.length * area);
  const source = { pixels: new Float32Array(area), size };
  const mark = { pixels: new Float32Array(area), size };
  for (const [i, position] of positions.entries()) {
    const image = images[position]!;
    const random = new Random(seed, "segmentation", epoch, position);
    const view: View = {
      rotate: random.uniform(-rotation, rotation),
      scale: random.uniform(0.85, 1.2),
      horizontalFlip: random.chance(0.5),
    };
    pictures.read(position, source.pixels);
    standardiseInPlace(source.pixels);
    warp(source, { pixels: x.subarray(i * area, (i + 1) * area), size }, view);
    mark.pixels.set(maskOf(boxes.get(image.id)!, image, size));
    const drawn = { pixels: masks.subarray(i * area, (i + 1) * area), size };
    warp(mark, drawn, { ...view, border: 0, interpolation: "nearest" });
  }
  const shape = [positions.length, 1, size, size];
  return { x: floatTensor(shape, x), masks: floatTensor(shape, masks) };
};

/** The ellipse in a box of a radiograph, in its letter-boxed picture: lesions seldom fill the corners. */
const maskOf = (box: LesionBox, image: Pick<StoredImage, "width" | "height">, size: number): Uint8Array => {
  const { left, top, width, height } = letterboxPlacement(image, size);
  const [sx, sy] = [width / image.width, height / image.height];
  const [rx, ry] = [(box.width / 2) * sx, (box.height / 2) * sy];
  const [cx, cy] = [left + box.x * sx + rx, top + box.y * sy + ry];
  const corners = Array.from({ length: 32 }, (_, i) => {
    const angle = (i / 32) * 2 * Math.PI;
    return [cx + Math.max(rx, 1) * Math.cos(angle), cy + Math.max(ry, 1) * Math.sin(angle)] as const;
  });
  const mask = new Uint8Array(size * size);
  fillPolygon(mask, size, corners);
  return mask;
};

/** The box around the largest connected part above the threshold, in pixels of the picture; null where there is none. */
export const boxOfLargest = (logits: ArrayLike<number>, size: number): LesionBox | null => {
  const seen = new Uint8Array(size * size);
  let largest: { readonly pixels: number; readonly box: LesionBox } | null = null;
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] || !(logits[start]! > threshold)) continue;
    seen[start] = 1;
    const stack = [start];
    let pixels = 0;
    let [left, top, right, bottom] = [size, size, 0, 0];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      pixels += 1;
      const [x, y] = [at % size, Math.floor(at / size)];
      [left, top, right, bottom] = [Math.min(left, x), Math.min(top, y), Math.max(right, x), Math.max(bottom, y)];
      const neighbours = [x > 0 ? at - 1 : -1, x + 1 < size ? at + 1 : -1, at - size, at + size];
      for (const next of neighbours) {
        if (next < 0 || next >= seen.length || seen[next] || !(logits[next]! > threshold)) continue;
        seen[next] = 1;
        stack.push(next);
      }
    }
    if (!largest || pixels > largest.pixels)
      largest = { pixels, box: { x: left, y: top, width: right - left + 1, height: bottom - top + 1 } };
  }
  return largest?.box ?? null;
};

/** A box of the letter-boxed picture in the radiograph's own pixels; null where it lies beside it. */
const unboxed = (box: LesionBox, image: Pick<StoredImage, "width" | "height">, size: number): LesionBox | null => {
  const placed = letterboxPlacement(image, size);
  const [sx, sy] = [image.width / placed.width, image.height / placed.height];
  const clamp = (value: number, most: number): number => Math.min(Math.max(value, 0), most);
  const left = clamp((box.x - placed.left) * sx, image.width);
  const top = clamp((box.y - placed.top) * sy, image.height);
  const width = clamp((box.x + box.width - placed.left) * sx, image.width) - left;
  const height = clamp((box.y + box.height - placed.top) * sy, image.height) - top;
  return width > 0 && height > 0 ? { x: left, y: top, width, height } : null;
};

/** Area that two boxes share over the area that they cover (intersection over union). */
export const boxOverlap = (a: LesionBox, b: LesionBox): number => {
  const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  const both = Math.max(across, 0) * Math.max(down, 0);
  return both / (a.width * a.height + b.width * b.height - both);
};
