/** The two ways in which DeepCluster shows pictures: a random part, mirrored or not, to learn from; the middle, to cluster by. */

import { compose } from "../../imaging/augmentation/index.ts";
import { Random } from "../../numeric/random.ts";
import { GreyDataset, type SharedPictures, standardiseInPlace } from "../grey-dataset.ts";
import { type Preparation, type Prepare, preparation } from "../prefetch.ts";

/** What crops are taken from; plain data but for the pictures, which threads share. */
export interface CropSettings {
  readonly pictures: SharedPictures;
  /** Side of the network's input in pixels, at most that of the pictures. */
  readonly imageSize: number;
}

/** The area that a random crop has, as a share of the picture's: torchvision's default, which DeepCluster uses. */
export type CropScale = readonly [least: number, most: number];

/** A batch of an epoch, by the positions of its pictures; the same picture may come several times. */
export interface CropPlace {
  readonly epoch: number;
  readonly batch: number;
  readonly indices: Uint32Array;
}

/** RandomResizedCrop and RandomHorizontalFlip with torchvision's defaults; each place of each batch draws for itself. */
export const makeRandomCrops = (
  settings: CropSettings & { readonly seed: number; readonly scale: CropScale },
): Prepare<CropPlace, Float32Array> => {
  const { imageSize, seed, scale } = settings;
  const pictures = GreyDataset.over(settings.pictures);
  const { size } = pictures;
  const area = imageSize * imageSize;
  const crop = compose([
    { name: "RandomResizedCrop", width: imageSize, height: imageSize, scale },
    { name: "HorizontalFlip", p: 0.5 },
  ]);
  return ({ epoch, batch, indices }) => {
    const x = new Float32Array(indices.length * area);
    for (const [i, index] of indices.entries()) {
      const pixels = new Float32Array(size * size);
      pictures.read(index, pixels);
      const shown = crop({ image: { width: size, height: size, pixels } }, new Random(seed, "crop", epoch, batch, i));
      const own = x.subarray(i * area, (i + 1) * area);
      own.set(shown.image.pixels);
      standardiseInPlace(own);
    }
    return { value: x, transfer: [x.buffer] };
  };
};

/** See {@link makeRandomCrops}: batches [N, 1, imageSize, imageSize], each picture standardised. */
export const randomCrops = (settings: Parameters<typeof makeRandomCrops>[0]): Preparation<CropPlace, Float32Array> =>
  preparation(import.meta.url, makeRandomCrops, settings);

/** The middle of each picture at the positions. */
export const makeCentreCrops = (settings: CropSettings): Prepare<Uint32Array, Float32Array> => {
  const { imageSize } = settings;
  const pictures = GreyDataset.over(settings.pictures);
  const { size } = pictures;
  const area = imageSize * imageSize;
  const margin = (size - imageSize) >> 1;
  const source = new Float32Array(size * size);
  return (indices) => {
    const x = new Float32Array(indices.length * area);
    for (const [i, index] of indices.entries()) {
      pictures.read(index, source);
      const own = x.subarray(i * area, (i + 1) * area);
      for (let row = 0; row < imageSize; row++) {
        const from = (row + margin) * size + margin;
        own.set(source.subarray(from, from + imageSize), row * imageSize);
      }
      standardiseInPlace(own);
    }
    return { value: x, transfer: [x.buffer] };
  };
};

/** See {@link makeCentreCrops}: batches [N, 1, imageSize, imageSize], each picture standardised. */
export const centreCrops = (settings: CropSettings): Preparation<Uint32Array, Float32Array> =>
  preparation(import.meta.url, makeCentreCrops, settings);
