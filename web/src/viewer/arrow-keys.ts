/** The arrow keys as a direction. */

import type { Point } from "./view.ts";

const directions: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** The direction of an arrow key, as long as the step; undefined for another key. */
export const arrowOf = (key: string, step = 1): Point | undefined => {
  const direction = directions[key];
  return direction && { x: direction.x * step, y: direction.y * step };
};
