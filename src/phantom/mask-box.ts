/** The smallest box around a mask. */
import type { Box } from "./picture.ts";

/** The box around all pixels that are not 0; all zeros where there is none. */
export const maskBox = (mask: Uint8Array, width: number): Box => {
  let [left, top, right, bottom] = [width, Infinity, -1, -1];
  for (let i = 0; i < mask.length; i++) {
    if (!mask[i]) continue;
    const x = i % width;
    const y = (i - x) / width;
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = y;
  }
  return right < 0 ? [0, 0, 0, 0] : [left, top, right - left + 1, bottom - top + 1];
};
