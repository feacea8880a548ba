/** The EXIF orientation of a picture (CIPA DC-008, tag 0x0112): how its stored rows are to be turned for viewing. */
import type { Samples } from "./samples.ts";

/** For each orientation 1 to 8: whether rows and columns change places, then whether columns and rows run backwards. */
const TURNS: readonly (readonly [transposed: boolean, mirrored: boolean, flipped: boolean])[] = [
  [false, false, false],
  [false, true, false],
  [false, true, true],
  [false, false, true],
  [true, false, false],
  [true, true, false],
  [true, true, true],
  [true, false, true],
];

/**
 * The picture as it is to be seen; orientations outside 1 to 8 leave it as it is.
 *
 * @example
 * orient({ width: 2, height: 1, channels: 1, values: new Uint8Array([1, 2]) }, 6); // one column: 1 above 2
 */
export const orient = (samples: Samples, orientation: number): Samples => {
  const turn = TURNS[orientation - 1];
  if (!turn || orientation === 1) return samples;
  const [transposed, mirrored, flipped] = turn;
  const { channels, values } = samples;
  const width = transposed ? samples.height : samples.width;
  const height = transposed ? samples.width : samples.height;
  const target = values.slice();
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const across = mirrored ? width - 1 - x : x;
      const down = flipped ? height - 1 - y : y;
      const from = transposed ? across * samples.width + down : down * samples.width + across;
      for (let c = 0; c < channels; c++) target[(y * width + x) * channels + c] = values[from * channels + c]!;
    }
  }
  return { width, height, channels, values: target };
};
