/** Moves the pixels of a picture and of its mask by one map: bilinear for the picture, nearest for the mask. */
import type { GreyImage } from "../grey-image.ts";
import { type Border, clamped, mirrored } from "./border.ts";
import { type Sample, sampleOf } from "./sample.ts";

/** For each pixel of the new picture, row-major, the place in the old one that it shows; pixel centres lie on whole numbers. */
export interface CoordinateMap {
  readonly width: number;
  readonly height: number;
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** Places further out than this show what lies there: far more than any picture, and safe to mirror. */
const farthest = 2 ** 24;

/** A map to be filled. */
export const emptyMap = (width: number, height: number): CoordinateMap => ({
  width,
  height,
  x: new Float32Array(width * height),
  y: new Float32Array(width * height),
});

/**
 * The sample that shows, at each pixel, the place the map names. A place that is no number counts as beyond the border.
 *
 * @example
 * remap(sample, map, { borderMode: "constant", fill: 0, fillMask: 0 });
 */
export const remap = ({ image, mask }: Sample, map: CoordinateMap, border: Border): Sample =>
  sampleOf(remapBilinear(image, map, border), mask && remapNearest(mask, image, { map, border }));

const remapBilinear = (image: GreyImage, map: CoordinateMap, border: Border): GreyImage => {
  const { width, height, pixels } = image;
  const target = new Float32Array(map.x.length);
  for (let i = 0; i < target.length; i++) {
    const x = map.x[i]!;
    const y = map.y[i]!;
    if (x >= 0 && y >= 0 && x < width - 1 && y < height - 1) {
      const left = x | 0;
      const top = y | 0;
      const at = top * width + left;
      const upper = pixels[at]! + (pixels[at + 1]! - pixels[at]!) * (x - left);
      const lower = pixels[at + width]! + (pixels[at + width + 1]! - pixels[at + width]!) * (x - left);
      target[i] = upper + (lower - upper) * (y - top);
    } else target[i] = atEdge(image, border, { x, y });
  }
  return { width: map.width, height: map.height, pixels: target };
};

/** The bilinear value at a place some of whose four pixels lie, or may lie, beyond the border. */
const atEdge = (image: GreyImage, border: Border, { x, y }: { x: number; y: number }): number => {
  if (!(Math.abs(x) < farthest && Math.abs(y) < farthest)) return border.fill;
  const left = Math.floor(x);
  const top = Math.floor(y);
  const right = x > left ? left + 1 : left; // so that a whole number needs no neighbour
  const below = y > top ? top + 1 : top;
  const topLeft = pixelAt(image, border, { x: left, y: top });
  const bottomLeft = pixelAt(image, border, { x: left, y: below });
  const upper = topLeft + (pixelAt(image, border, { x: right, y: top }) - topLeft) * (x - left);
  const lower = bottomLeft + (pixelAt(image, border, { x: right, y: below }) - bottomLeft) * (x - left);
  return upper + (lower - upper) * (y - top);
};

const pixelAt = (
  { width, height, pixels }: GreyImage,
  { borderMode, fill }: Border,
  { x, y }: { x: number; y: number },
): number => {
  if (x >= 0 && y >= 0 && x < width && y < height) return pixels[y * width + x]!;
  if (borderMode === "constant") return fill;
  const index = borderMode === "replicate" ? clamped : mirrored;
  return pixels[index(y, height) * width + index(x, width)]!;
};

/** Class numbers or levels of grey, of a picture of the given size, each taken from the pixel nearest to its place. */
export const remapNearest = (
  values: Uint8Array,
  { width, height }: { readonly width: number; readonly height: number },
  { map, border }: { map: CoordinateMap; border: Border },
): Uint8Array => {
  const index = border.borderMode === "replicate" ? clamped : mirrored;
  const target = new Uint8Array(map.x.length);
  for (let i = 0; i < target.length; i++) {
    const x = Math.floor(map.x[i]! + 0.5);
    const y = Math.floor(map.y[i]! + 0.5);
    if (x >= 0 && y >= 0 && x < width && y < height) target[i] = values[y * width + x]!;
    else if (border.borderMode === "constant" || !(Math.abs(x) < farthest && Math.abs(y) < farthest)) {
      target[i] = border.fillMask;
    } else target[i] = values[index(y, height) * width + index(x, width)]!;
  }
  return target;
};
