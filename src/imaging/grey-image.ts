/** The picture every part of Osteon works on: one grey channel, bone bright, air dark. */

/** A decoded radiograph in display sense (MONOCHROME2: bone bright), after the modality and VOI transformations. */
export interface GreyImage {
  readonly width: number;
  readonly height: number;
  /** Row-major, `height * width` values in [0, 1]. */
  readonly pixels: Float32Array;
}
