/** The views of a radiograph that the networks of a model see. Knows no network, so that threads can make them. */

import type { GreyImage } from "../../imaging/grey-image.ts";
import { type View, warp } from "../../imaging/warp.ts";
import { GreyDataset, standardiseInPlace } from "../../learning/grey-dataset.ts";

/**
 * The picture, also from farther off and from nearer: the focus and the collimator never stand alike. Mirrored views beside
 * these gained nothing on inner splits of the training blocks (docs/decisions/004-views-of-a-radiograph.md).
 */
export const views: readonly View[] = [0.85, 1, 1 / 0.85].map((scale) => ({ scale }));

/** The sizes that a model's settings name. */
export interface ViewSizes {
  readonly sourceSize: number;
  /** Of each network's input. */
  readonly imageSizes: readonly number[];
}

/** The views of a small picture, prepared as in training: for each network [views, 1, imageSize, imageSize]. */
export const viewsOf = (picture: GreyImage, { sourceSize, imageSizes }: ViewSizes): Float32Array<ArrayBuffer>[] => {
  const dataset = new GreyDataset(sourceSize);
  dataset.add(picture);
  const source = { pixels: new Float32Array(sourceSize ** 2), size: sourceSize };
  dataset.read(0, source.pixels);
  standardiseInPlace(source.pixels);
  return imageSizes.map((imageSize) => {
    const area = imageSize ** 2;
    const x = new Float32Array(views.length * area);
    views.forEach((view, i) => {
      warp(source, { pixels: x.subarray(i * area, (i + 1) * area), size: imageSize }, view);
    });
    return x;
  });
};
