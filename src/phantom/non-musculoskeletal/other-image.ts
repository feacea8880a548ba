/** What an image of an archive is that shows no bone to be judged, and how its file says so. */
import type { Lettering } from "../lettering/draw-text.ts";
import type { Box, Picture } from "../picture.ts";

/** The kinds of non-musculoskeletal images. */
export type OtherKind =
  | "barium study"
  | "mammography"
  | "angiography"
  | "dental panoramic"
  | "CT localizer"
  | "dose table"
  | "text page"
  | "quality plate"
  | "screenshot"
  | "clinical photograph"
  | "ultrasound";

/** A line of text in a picture and the box around its ink. */
export interface BurnedInText {
  readonly text: string;
  readonly box: Box;
  readonly lettering: Lettering;
}

/** A drawn image. */
export interface OtherImage {
  readonly kind: OtherKind;
  readonly picture: Picture;
  readonly burnedInText: readonly BurnedInText[];
  /** Absent where the file has none. */
  readonly pixelSpacingMm?: number;
}
