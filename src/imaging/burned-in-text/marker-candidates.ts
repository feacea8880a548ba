/** Components that may be a letter by itself: high enough, neither a line nor a square of noise, and clearly visible. */

import type { LineCandidate } from "./line-candidates.ts";
import type { StrokeComponent } from "./stroke-components.ts";

const [LEAST_SIDE, MOST_SIDE] = [9, 32];
const LEAST_CONTRAST = 30;

/** A component as a line of one character, upright; nothing where it cannot be a letter. */
export const markerCandidate = (component: StrokeComponent): LineCandidate | undefined => {
  const { left, right, top, bottom, area, contrast } = component;
  const [width, height] = [right - left, bottom - top];
  const [short, long] = width < height ? [width, height] : [height, width];
  if (long < LEAST_SIDE || long > MOST_SIDE || short < 0.3 * long || contrast < LEAST_CONTRAST) return undefined;
  const fill = area / (width * height);
  if (fill < 0.12 || fill > 0.8) return undefined;
  const offset = (top + bottom) / 2;
  return { reading: "horizontal", components: [component], offset, slope: 0, height: long, from: left, to: right };
};

/** All of a level that may be letters by themselves. */
export const markerCandidates = (components: readonly StrokeComponent[]): readonly LineCandidate[] =>
  components.flatMap((component) => markerCandidate(component) ?? []);
