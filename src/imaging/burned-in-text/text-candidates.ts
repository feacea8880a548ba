/** Everything in a picture that may be a line of characters or a letter by itself, before anything learned looks at it. */

import type { GreyImage } from "../grey-image.ts";
import { type ByteLevel, bytePyramid } from "./byte-pyramid.ts";
import { type LineCandidate, lineCandidates } from "./line-candidates.ts";
import { type StrokeComponent, strokeComponents } from "./stroke-components.ts";
import { type LevelStrokes, strokeContrast } from "./stroke-contrast.ts";

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

/** From this many pixels of the longer side the finest level is looked at only where the next one shows something thin. */
const LARGE_SIDE = 1200;

/** The candidates of a picture, level by level from the finest. */
export const textCandidates = (image: GreyImage): readonly LevelCandidates[] => {
  if (Math.min(image.width, image.height) < LEAST_SIDE) return [];
  const longest = Math.max(image.width, image.height);
  const levels = 1 + Math.max(0, Math.ceil(Math.log2(longest / LAST_LEVEL_SIDE / 2)));
  const pyramid = bytePyramid(image, LEAST_SIDE, levels);
  const [finest, second, ...rest] = pyramid.keys();
  const strokes: LevelStrokes[] = [];
  if (second !== undefined) strokes[second] = strokeContrast(pyramid[second]!);
  strokes[finest!] = strokeContrast(pyramid[finest!]!, longest > LARGE_SIDE ? strokes[second!] : undefined);
  for (const k of rest) strokes[k] = strokeContrast(pyramid[k]!);
  return pyramid.flatMap((level, k) =>
    (["bright", "dark"] as const).map((polarity) => {
      const components = strokeComponents(strokes[k]![polarity], LEAST_AREA);
      return { level, polarity, components, lines: lineCandidates(components) };
    }),
  );
};
