/** Lines of text burned into a picture, kept with their boxes. */
import { drawText, type TextOptions } from "../lettering/draw-text.ts";
import type { Picture } from "../picture.ts";
import type { BurnedInText } from "./other-image.ts";

/** One line and where it stands. */
export interface Line extends Omit<TextOptions, "height" | "lettering" | "ink"> {
  readonly text: string;
}

/** Draws lines in one style and says where their ink is. */
export const writeLines = (
  picture: Picture,
  lines: readonly Line[],
  style: Pick<TextOptions, "height" | "lettering" | "ink">,
): BurnedInText[] =>
  lines.flatMap(({ text, ...place }) => {
    const box = drawText(picture, text, { ...place, ...style });
    return box ? [{ text, box, lettering: style.lettering }] : [];
  });
