/** Polygons as masks: which pixels' centres lie inside, by the even-odd rule, row by row. */

/** A point in pixels: x to the right, y down, the first pixel's centre at (0.5, 0.5). */
export type Point = readonly [x: number, y: number];

/**
 * Sets the pixels of a polygon in a mask, in place. Corners outside the picture are allowed; a polygon that crosses itself
 * is filled where a ray crosses it an odd number of times.
 *
 * @param mask row by row, of `width` columns
 */
export const fillPolygon = (mask: Uint8Array, width: number, corners: readonly Point[]): void => {
  if (corners.length < 3) return;
  const height = Math.floor(mask.length / width);
  const ys = corners.map(([, y]) => y);
  const first = Math.max(0, Math.ceil(Math.min(...ys) - 0.5));
  const last = Math.min(height - 1, Math.floor(Math.max(...ys) - 0.5));
  for (let row = first; row <= last; row++) {
    const crossings = crossingsAt(corners, row + 0.5);
    for (let i = 0; i + 1 < crossings.length; i += 2) {
      const from = Math.max(0, Math.ceil(crossings[i]! - 0.5));
      const to = Math.min(width, Math.ceil(crossings[i + 1]! - 0.5));
      if (to > from) mask.fill(1, row * width + from, row * width + to);
    }
  }
};

/** Where the outline crosses a horizontal line, from left to right. */
const crossingsAt = (corners: readonly Point[], y: number): number[] => {
  const crossings: number[] = [];
  for (const [i, [x2, y2]] of corners.entries()) {
    const [x1, y1] = corners.at(i - 1)!;
    if (y1 <= y !== y2 <= y) crossings.push(x1 + ((y - y1) / (y2 - y1)) * (x2 - x1));
  }
  return crossings.sort((a, b) => a - b);
};
