/** The identity of a picture's content: equal for every lossless re-encoding of the same stored samples. */
import { createHash } from "node:crypto";
import type { Samples, SampleValues } from "./samples.ts";

/** Little-endian bytes of the values, 16 bit each, or 32 where 16 do not hold them. Every machine Node runs on is little-endian. */
const littleEndianBytes = (values: SampleValues): Uint8Array => {
  const wide = values instanceof Uint8Array ? new Uint16Array(values) : values;
  return new Uint8Array(wide.buffer, wide.byteOffset, wide.byteLength);
};

/**
 * SHA-256, as 64 hexadecimal digits, over width, height and channels (32 bit little-endian) and the stored sample values
 * (16 bit little-endian), before windowing. `sense` marks what else changes the look of equal values (`MONOCHROME1`).
 *
 * @example
 * pixelHash({ width: 1, height: 1, channels: 1, values: new Uint8Array([255]) });
 */
export const pixelHash = (samples: Samples, sense = ""): string => {
  const shape = new Uint32Array([samples.width, samples.height, samples.channels]);
  return createHash("sha256")
    .update(new Uint8Array(shape.buffer))
    .update(littleEndianBytes(samples.values))
    .update(sense)
    .digest("hex");
};
