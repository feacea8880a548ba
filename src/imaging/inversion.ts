/**
 * Pictures whose bone is dark although their file does not say so. Around a limb the beam reaches the plate through air: the
 * edge of the field is of one extreme grey, and what lies in the middle is of the other. In display sense that extreme is
 * dark. A trunk fills its field, so that nothing can be said of it.
 */
import type { GreyImage } from "./grey-image.ts";
import { percentiles } from "./percentiles.ts";
import type { Rectangle } from "./resize.ts";

/** Along the edge of the field this share is of the brightest greys, and little of the darkest. */
const leastBright = 0.5;
const mostDark = 0.2;
/** Brightest and darkest fifth of the range of greys. */
const extreme = 0.2;
/** Steps of the grey scale that are counted. */
const levels = 257;
/** The middle is darker than the edge by this share of the range, on average. */
const leastDifference = 0.25;

/**
 * Whether a picture looks inverted, to be looked at by a person: nothing is turned for it.
 *
 * @param field the part of the picture that the beam reached; all of it by default
 */
export const looksInverted = (
  { width, height, pixels }: GreyImage,
  field: Rectangle = { left: 0, top: 0, width, height },
): boolean => {
  const left = Math.max(Math.ceil(field.left) + 1, 0);
  const top = Math.max(Math.ceil(field.top) + 1, 0);
  const right = Math.min(Math.floor(field.left + field.width) - 1, width);
  const bottom = Math.min(Math.floor(field.top + field.height) - 1, height);
  if (right - left < 16 || bottom - top < 16) return false;
  const band = Math.max(1, Math.round(0.04 * Math.min(right - left, bottom - top)));
  const all = new Uint32Array(levels);
  const edge = new Uint32Array(levels);
  let [middle, middleCount, edgeSum, edgeCount] = [0, 0, 0, 0];
  for (let y = top; y < bottom; y++) {
    const down = (y - top) / (bottom - top);
    for (let x = left; x < right; x++) {
      const value = pixels[y * width + x]!;
      const level = (value * (levels - 1) + 0.5) | 0;
      all[level]!++;
      if (x < left + band || x >= right - band || y < top + band || y >= bottom - band) {
        edge[level]!++;
        edgeSum += value;
        edgeCount++;
      }
      const across = (x - left) / (right - left);
      if (across > 0.3 && across < 0.7 && down > 0.3 && down < 0.7) {
        middle += value;
        middleCount++;
      }
    }
  }
  const greys = Float64Array.from(all, (_, level) => level / (levels - 1));
  const [low, high] = percentiles(greys, all, [0.01, 0.99]) as [number, number];
  const range = high - low;
  if (range < 0.1) return false;
  const share = (isOf: (value: number) => boolean): number =>
    edge.reduce((sum, count, level) => sum + (isOf(greys[level]!) ? count : 0), 0) / edgeCount;
  const bright = share((value) => value >= high - extreme * range);
  const dark = share((value) => value <= low + extreme * range);
  const mean = edgeSum / edgeCount;
  return bright >= leastBright && dark <= mostDark && (mean - middle / middleCount) / range >= leastDifference;
};
