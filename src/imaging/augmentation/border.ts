/** What lies beyond the edge of a picture, with OpenCV's names. */
import { choice, number } from "./fields.ts";

/** `constant`: a value; `replicate`: the edge pixel (aaa|abcd|ddd); `reflect_101`: the mirror image (dcb|abcd|cba). */
export type BorderMode = "constant" | "replicate" | "reflect_101";

/** Where a position of any whole number lies on a line of `length` pixels mirrored at its ends, `reflect_101`. */
export const mirrored = (position: number, length: number): number => {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const inPeriod = ((position % period) + period) % period;
  return inPeriod < length ? inPeriod : period - inPeriod;
};

/** The nearest position on a line of `length` pixels, `replicate`. */
export const clamped = (position: number, length: number): number =>
  position < 0 ? 0 : position < length ? position : length - 1;

/** The border's parameters, the same for every transform that moves pixels. */
export const borderFields = {
  /** What lies beyond the picture. */
  borderMode: choice("constant", ["constant", "replicate", "reflect_101"]),
  /** Grey value beyond the picture, under `constant`. */
  fill: number(0, { from: 0, to: 1 }),
  /** Class number beyond the mask, under `constant`. */
  fillMask: number(0, { from: 0, to: 255, whole: true }),
};

/** Values of {@link borderFields}. */
export interface Border {
  readonly borderMode: BorderMode;
  readonly fill: number;
  readonly fillMask: number;
}
