/** Everything in a picture that may be a line of characters or a letter by itself, before anything learned looks at it. */

import type { GreyImage } from "../grey-image.ts";
import { type ByteLevel, bytePyramid } from "./byte-pyramid.ts";
import { type LineCandidate, lineCandidates } from "./line-candidates.ts";
import { type StrokeComponent, strokeComponents } from "./stroke-components.ts";
import { strokeContrast } from "./stroke-contrast.ts";

/** Whether the strokes are brighter or darker than what is around them. */
export type Polarity = "bright" | "dark";

/** What one level of the pyramid shows in one polarity. */
export interface LevelCandidates {
  readonly level: ByteLevel;
  readonly polarity: Polarity;
  readonly components: readonly StrokeComponent[];
  readonly lines: readonly LineCandidate[];
}

const LEAST_AREA = 5;
/** Characters below it are no candidates on any level. */
const LEAST_SIDE = 8;
/** The largest letters, lead letters on a finger's picture, take an eighth of the picture: at least so many pixels on the last level. */
const LAST_LEVEL_SIDE = 150;

/** The candidates of a picture, level by level from the finest. */
export const textCandidates = (image: GreyImage): readonly LevelCandidates[] => {
  if (Math.min(image.width, image.height) < LEAST_SIDE) return [];
  const longest = Math.max(image.width, image.height);
  const levels = 1 + Math.max(0, Math.ceil(Math.log2(longest / LAST_LEVEL_SIDE / 2)));
  return bytePyramid(image, LEAST_SIDE, levels).flatMap((level) => {
    const contrast = strokeContrast(level);
    return (["bright", "dark"] as const).map((polarity) => {
      const components = strokeComponents(contrast[polarity], LEAST_AREA);
      return { level, polarity, components, lines: lineCandidates(components) };
    });
  });
};
