/** Sample values as a file stores them, before any windowing: what is hashed, and what the grey pipeline starts from. */

/** One picture of stored samples. */
export interface Samples {
  readonly width: number;
  readonly height: number;
  /** 1 grey or palette index, 3 red green blue. */
  readonly channels: number;
  /** Row-major, channels interleaved, `height * width * channels` values. */
  readonly values: SampleValues;
}

/** Stored values in the smallest typed array that holds them. */
export type SampleValues = Uint8Array | Uint16Array | Int16Array | Uint32Array | Int32Array;

/**
 * One channel of a colour picture whose channels are all equal; any other picture as it is. Makes a grey picture that was
 * saved as RGB equal to its grey original.
 *
 * @example
 * collapseGrey({ width: 1, height: 1, channels: 3, values: new Uint8Array([7, 7, 7]) }).channels; // 1
 */
export const collapseGrey = (samples: Samples): Samples => {
  const { width, height, channels, values } = samples;
  if (channels !== 3) return samples;
  for (let i = 0; i < values.length; i += 3) {
    if (values[i] !== values[i + 1] || values[i] !== values[i + 2]) return samples;
  }
  const grey = values.slice(0, width * height);
  for (let i = 0, j = 0; i < grey.length; i++, j += 3) grey[i] = values[j]!;
  return { width, height, channels: 1, values: grey };
};
