/** Rectangles on a picture: drawn, moved and resized without leaving it. */

import type { Box } from "../../../src/contract/pictures.ts";
import type { Extent } from "./halve-samples.ts";
import type { Point } from "./view.ts";

/** A side or corner that a box is resized by: -1 the left or upper edge, 1 the right or lower one, 0 neither. */
export interface Handle {
  readonly x: -1 | 0 | 1;
  readonly y: -1 | 0 | 1;
}

export const handles: readonly Handle[] = [
  { x: -1, y: -1 },
  { x: 0, y: -1 },
  { x: 1, y: -1 },
  { x: 1, y: 0 },
  { x: 1, y: 1 },
  { x: 0, y: 1 },
  { x: -1, y: 1 },
  { x: -1, y: 0 },
];

/** The smallest side of a box, in pixels. */
const smallest = 4;

/** The box between two corners, inside the picture, on whole pixels. */
export const boxBetween = (a: Point, b: Point, { width, height }: Extent): Box => {
  const [left, right] = side(a.x, b.x, width);
  const [top, bottom] = side(a.y, b.y, height);
  return { x: left, y: top, width: right - left, height: bottom - top };
};

const side = (a: number, b: number, length: number): readonly [number, number] => {
  const from = Math.round(Math.min(Math.max(0, Math.min(a, b)), length - smallest));
  const to = Math.round(Math.max(Math.min(length, Math.max(a, b)), from + smallest));
  return [from, to];
};

/** Whether somebody meant to draw this: a slip of the mouse is smaller. */
export const isMeant = ({ width, height }: Box): boolean => width > smallest && height > smallest;

export const moveBox = (box: Box, by: Point, { width, height }: Extent): Box => ({
  ...box,
  x: Math.round(Math.min(Math.max(0, box.x + by.x), Math.max(0, width - box.width))),
  y: Math.round(Math.min(Math.max(0, box.y + by.y), Math.max(0, height - box.height))),
});

export const resizeBox = (box: Box, by: Point, options: Extent & { readonly handle: Handle }): Box => {
  const { handle } = options;
  const left = box.x + (handle.x === -1 ? Math.min(by.x, box.width - smallest) : 0);
  const top = box.y + (handle.y === -1 ? Math.min(by.y, box.height - smallest) : 0);
  const right = box.x + box.width + (handle.x === 1 ? Math.max(by.x, smallest - box.width) : 0);
  const bottom = box.y + box.height + (handle.y === 1 ? Math.max(by.y, smallest - box.height) : 0);
  return boxBetween({ x: left, y: top }, { x: right, y: bottom }, options);
};

/** A box to begin with: the middle third of what is seen. */
export const boxAround = ({ x, y }: Point, { width, height }: Extent, picture: Extent): Box =>
  boxBetween({ x: x - width / 6, y: y - height / 6 }, { x: x + width / 6, y: y + height / 6 }, picture);

/** Whether two boxes are the same on whole pixels. */
export const isSameBox = (a: Box | null, b: Box | null): boolean =>
  a === b || (a !== null && b !== null && a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height);
