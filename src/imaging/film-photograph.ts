/**
 * Signs that a picture is the photograph of a film: the camera's own words in the file, a frame in perspective, the bright
 * surround of a light box, a cast of colour. Such a picture can be a radiograph all the same; it is kept with a note.
 */
import type { CollimatedField } from "./collimation-edges.ts";
import type { GreyImage } from "./grey-image.ts";

/** A sign of a photograph. */
export type PhotographSign = "camera" | "perspective" | "light-box" | "colour-cast";

/** What else is known of a picture. */
export interface PhotographFacts {
  /** Mean chroma in [0, 1]. */
  readonly colourfulness: number;
  /** Whether the file says how a camera was set. */
  readonly hasCamera: boolean;
  readonly field: CollimatedField | null;
}

/** Digital radiographs have no colour but that of an annotation; film and light have a cast all over. */
const leastCast = 0.012;
/** Opposite edges of a plate are parallel to less than this, in degrees. */
const leastSkew = 2;
/** A light box shines along most of the edge, and never of one grey. */
const leastLit = 0.7;
const brightGrey = 0.7;
const leastUneven = 0.01;

/** The signs that a picture shows; one alone, but for the camera's, proves nothing. */
export const photographSigns = (
  { width, height, pixels }: GreyImage,
  { colourfulness, hasCamera, field }: PhotographFacts,
): PhotographSign[] => {
  const edge: number[] = [];
  for (let x = 0; x < width; x++) edge.push(pixels[x]!, pixels[(height - 1) * width + x]!);
  for (let y = 0; y < height; y++) edge.push(pixels[y * width]!, pixels[y * width + width - 1]!);
  const lit = edge.filter((value) => value >= brightGrey);
  const mean = lit.reduce((sum, value) => sum + value, 0) / Math.max(lit.length, 1);
  const deviation = Math.sqrt(lit.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(lit.length, 1));
  const isLit = lit.length >= leastLit * edge.length && deviation >= leastUneven;
  return [
    ...(hasCamera ? (["camera"] as const) : []),
    ...(field && field.skewDegrees >= leastSkew ? (["perspective"] as const) : []),
    ...(isLit && field ? (["light-box"] as const) : []),
    ...(colourfulness >= leastCast ? (["colour-cast"] as const) : []),
  ];
};

/** Whether the signs are enough to call a picture the photograph of a film. */
export const isFilmPhotograph = (signs: readonly PhotographSign[]): boolean =>
  signs.includes("camera") || signs.length >= 2;
