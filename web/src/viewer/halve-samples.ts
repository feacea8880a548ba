/** Grey values at half the size. A picture shown smaller than it is would flicker in its finest pattern if pixels were left out. */

export type Samples = Uint8Array | Uint16Array;

export interface Extent {
  readonly width: number;
  readonly height: number;
}

/** Half an extent; what is odd is rounded up. */
export const halfOf = ({ width, height }: Extent): Extent => ({
  width: Math.ceil(width / 2),
  height: Math.ceil(height / 2),
});

/** The means of two by two pixels; at an odd edge, of those that are there. */
export const halveSamples = <T extends Samples>(samples: T, { width, height }: Extent): T => {
  const half = halfOf({ width, height });
  const halved = new (samples.constructor as new (length: number) => T)(half.width * half.height);
  for (let y = 0; y < half.height; y += 1) {
    const upper = 2 * y * width;
    const lower = Math.min(2 * y + 1, height - 1) * width;
    for (let x = 0; x < half.width; x += 1) {
      const left = 2 * x;
      const right = Math.min(left + 1, width - 1);
      const sum = samples[upper + left]! + samples[upper + right]! + samples[lower + left]! + samples[lower + right]!;
      halved[y * half.width + x] = (sum + 2) >> 2;
    }
  }
  return halved;
};
