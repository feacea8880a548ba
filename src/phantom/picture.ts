/** A picture as a viewer shows it, before a file stores it: grey values from 0 (black) to 1 (white), bone bright. */

/** Row-major grey values. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** Left, top, width, height in pixels. */
export type Box = readonly [x: number, y: number, width: number, height: number];

/** A picture of one grey. */
export const plainPicture = (width: number, height: number, grey: number): Picture => ({
  width,
  height,
  values: new Float32Array(width * height).fill(grey),
});
