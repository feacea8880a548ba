/** Whether a box on a picture is another one moved or resized, and not one that was drawn beside it. */

import type { Box } from "../../../../src/contract/pictures.ts";

/** A moved box keeps its size; a resized one keeps one edge or both in each direction. */
export const isChangeOf = (before: Box, after: Box): boolean => {
  const isMoved = before.width === after.width && before.height === after.height;
  const keepsEdge = (a: number, lengthA: number, b: number, lengthB: number): boolean =>
    a === b || a + lengthA === b + lengthB;
  return (
    isMoved ||
    (keepsEdge(before.x, before.width, after.x, after.width) &&
      keepsEdge(before.y, before.height, after.y, after.height))
  );
};
