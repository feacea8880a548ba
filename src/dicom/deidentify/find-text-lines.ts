/** Lines of text in a picture, as de-identification wants them: a line that is missed costs more than anatomy that is masked. */
import { findBurnedInText } from "../../imaging/burned-in-text/find-burned-in-text.ts";
import type { TextRegion } from "../../imaging/burned-in-text/text-region.ts";
import type { GreyImage } from "../../imaging/grey-image.ts";

/** Below this score a region counts for nothing. */
const leastScore = 0.4;
/** From this score on a region is text for certain. */
const certainScore = 0.8;

/** Regions of text, side letters left out. */
export const findTextLines = (image: GreyImage): readonly TextRegion[] =>
  findBurnedInText(image, { leastTextScore: leastScore }).filter(({ kind }) => kind === "text");

/** Whether nobody needs to look at a region to know that it is text. */
export const isCertain = ({ score }: TextRegion): boolean => score >= certainScore;
