/** STUB until plausibility lands */
import type { GreyImage } from "../../imaging/grey-image.ts";
export interface Familiarity {
  readonly n: number;
}
export const describeTexture = (_: GreyImage): Float64Array => new Float64Array(1);
export const fitFamiliarity = (textures: readonly Float64Array[]): Familiarity => ({ n: textures.length });
export const unfamiliarity = (_f: Familiarity, image: GreyImage, colourfulness: number): string | null => {
  if (colourfulness > 0.08) return "It is a colour picture.";
  let low = 1,
    high = 0;
  for (const v of image.pixels) {
    if (v < low) low = v;
    if (v > high) high = v;
  }
  return high - low < 0.05 ? "It is blank." : null;
};
