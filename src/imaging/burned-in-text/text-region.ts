/** Where characters stand in a radiograph's pixels. */

/**
 * `text`: a line of characters, which may name a patient; `marker`: a lone lead letter of the side, L or R, which does not.
 */
export type TextKind = "text" | "marker";

/** An upright rectangle around characters. */
export interface TextRegion {
  /** The left upper corner, in pixels of the picture, whole numbers. */
  readonly x: number;
  readonly y: number;
  /** In pixels of the picture, 1 or more, within the picture. */
  readonly width: number;
  readonly height: number;
  /** How surely it is what `kind` says, in [0, 1]. */
  readonly score: number;
  readonly kind: TextKind;
}
