/** From colour to grey: luminance (ITU-R BT.601, as DICOM's YBR_FULL, PS3.3 C.7.6.3.1.2) and how colourful a picture is. */
import { type GreyRows, rowsOfTable } from "./grey-rows.ts";
import type { Samples, SampleValues } from "./samples.ts";

/**
 * Red, green and blue from Y, Cb and Cr of full range (PS3.3 C.7.6.3.1.2, YBR_FULL; the same as JFIF).
 *
 * @param white the value of full intensity, e.g. 255
 * @example
 * rgbOfYbr({ width: 1, height: 1, channels: 3, values: new Uint8Array([76, 85, 255]) }, 255); // nearly pure red
 */
export const rgbOfYbr = (samples: Samples, white: number): Samples => {
  const { values } = samples;
  const target = values.slice();
  const middle = (white + 1) / 2;
  const limit = (value: number): number => Math.min(Math.max(Math.round(value), 0), white);
  for (let i = 0; i < values.length; i += 3) {
    const y = values[i]!;
    const cb = values[i + 1]! - middle;
    const cr = values[i + 2]! - middle;
    target[i] = limit(y + 1.402 * cr);
    target[i + 1] = limit(y - 0.344136 * cb - 0.714136 * cr);
    target[i + 2] = limit(y + 1.772 * cb);
  }
  return { ...samples, values: target };
};

/**
 * The first channel of a picture in Y, Cb and Cr without any colour, which {@link rgbOfYbr} would copy into each of three; any
 * other picture as it is.
 *
 * @param white the value of full intensity, e.g. 255
 * @example
 * greyOfYbr({ width: 1, height: 1, channels: 3, values: new Uint8Array([76, 128, 128]) }, 255).channels; // 1
 */
export const greyOfYbr = (samples: Samples, white: number): Samples => {
  const { width, height, values } = samples;
  const middle = (white + 1) / 2;
  const grey = values.slice(0, width * height);
  for (let i = 0, j = 0; i < grey.length; i++, j += 3) {
    if (values[j + 1] !== middle || values[j + 2] !== middle) return samples;
    grey[i] = values[j]!;
  }
  return { width, height, channels: 1, values: grey };
};

/** The grey of a colour picture, and how much of it was colour. */
export interface GreyOfColour {
  readonly rows: GreyRows;
  /** Mean over the pixels of (largest - smallest of red, green, blue) / white, in [0, 1]; 0 for a grey picture. */
  readonly colourfulness: number;
}

/**
 * Luminance 0.299 R + 0.587 G + 0.114 B and mean chroma of an RGB picture; a picture of one channel keeps its values.
 *
 * @param white the value of full intensity, e.g. 255
 * @example
 * greyOfColour({ width: 1, height: 1, channels: 3, values: new Uint8Array([255, 0, 0]) }, 255).colourfulness; // 1
 */
export const greyOfColour = (samples: Samples, white: number): GreyOfColour =>
  samples.channels === 1
    ? { rows: greyRows(samples, white), colourfulness: 0 }
    : { rows: luminanceRows(samples, white), colourfulness: Math.min(meanChroma(samples.values) / white, 1) };

/** The values as shares of full intensity, at most 1. */
const greyRows = ({ width, height, values }: Samples, white: number): GreyRows => {
  // A division each is slower, and so is a loop over several kinds of arrays.
  if (values instanceof Uint8Array || values instanceof Uint16Array) {
    const count = values instanceof Uint8Array ? 256 : 65536;
    const share = new Float32Array(count);
    for (let value = 0; value < count; value++) share[value] = Math.min(value / white, 1);
    return rowsOfTable(values, share, { width, height });
  }
  const readRow: GreyRows["readRow"] = (y, into) => {
    for (let x = 0, i = y * width; x < width; x++, i++) into[x] = Math.min(values[i]! / white, 1);
    return into;
  };
  return { width, height, readRow };
};

const luminanceRows = ({ width, height, values }: Samples, white: number): GreyRows => ({
  width,
  height,
  readRow: (y, into) => {
    for (let x = 0, i = 3 * y * width; x < width; x++, i += 3) {
      into[x] = Math.min((0.299 * values[i]! + 0.587 * values[i + 1]! + 0.114 * values[i + 2]!) / white, 1);
    }
    return into;
  },
});

const meanChroma = (values: SampleValues): number => {
  let chroma = 0;
  for (let i = 0; i < values.length; i += 3) {
    const red = values[i]!;
    const green = values[i + 1]!;
    const blue = values[i + 2]!;
    chroma += Math.max(red, green, blue) - Math.min(red, green, blue);
  }
  return (3 * chroma) / values.length;
};
