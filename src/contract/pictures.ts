/** Radiographs as a viewer draws them: what is known of the grey values, and where on the picture things are. */

import { z } from "zod";

/** A rectangle in pixels of the picture as it is shown; x and y are its left upper corner. */
export const box = z.object({
  x: z.number().min(0).max(1e5),
  y: z.number().min(0).max(1e5),
  width: z.number().positive().max(1e5),
  height: z.number().positive().max(1e5),
});
export type Box = z.infer<typeof box>;

/**
 * A picture whose grey values are fetched beside it (`.../pixels`): unsigned samples row by row, one byte each where `bits`
 * is 8, else two, little-endian.
 */
export const picture = z.object({
  width: z.number().int(),
  height: z.number().int(),
  /** How a sample is kept. */
  bits: z.union([z.literal(8), z.literal(16)]),
  /**
   * What the file says is to be seen, or else what most of the picture's values span: the greys go from `center - width / 2` to
   * `center + width / 2`.
   */
  window: z.object({ center: z.number(), width: z.number() }),
  /** Of all samples. */
  smallest: z.number().int(),
  largest: z.number().int(),
  /** Whether the smallest value is white. */
  inverted: z.boolean(),
  /** Between rows and between columns, as the file says of the detector or the patient; null where it does not. */
  pixelSpacingMm: z.tuple([z.number(), z.number()]).nullable(),
});
export type Picture = z.infer<typeof picture>;

/** What an annotator drew on a radiograph of the archive. */
export const boxesToWrite = z.object({ boxes: z.array(box).max(20) });
