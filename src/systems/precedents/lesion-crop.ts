/**
 * The part of a radiograph that is compared where its lesion is known: the lesion's box and 15 % of it beyond each side, as the
 * recommender study cuts its radiographs (Eur Radiol 2024; section 4.4).
 */

import type { ImageId } from "../../clinic/ids.ts";
import type { Annotation } from "../../clinic/public-sets/annotation.ts";
import type { GreyImage } from "../../imaging/grey-image.ts";
import type { ImageAnnotations } from "../../store/index.ts";

/** A rectangle in pixels; x and y are its left upper corner. */
export interface LesionBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const margin = 0.15;
/** Pixels of the small picture that a crop has at least: of fewer no view can be drawn. */
const fewestPixels = 4;

/** The box with its margin, as far as the picture reaches. */
export const withMargin = ({ x, y, width, height }: LesionBox, picture: Size): LesionBox => {
  const left = Math.min(Math.max(x - margin * width, 0), picture.width);
  const top = Math.min(Math.max(y - margin * height, 0), picture.height);
  return {
    x: left,
    y: top,
    width: Math.min(x + (1 + margin) * width, picture.width) - left,
    height: Math.min(y + (1 + margin) * height, picture.height) - top,
  };
};

/** Whether a box lies in a picture, at least with its middle. */
export const isInside = ({ x, y, width, height }: LesionBox, picture: Size): boolean =>
  x + width / 2 > 0 && y + height / 2 > 0 && x + width / 2 < picture.width && y + height / 2 < picture.height;

/**
 * The crop of a lesion, with its margin, from a small picture.
 *
 * @param box in pixels of the radiograph, whose size is `radiograph`
 */
export const cropLesion = (picture: GreyImage, box: LesionBox, radiograph: Size): GreyImage => {
  const area = withMargin(box, radiograph);
  const across = span(area.x, area.width, picture.width / radiograph.width, picture.width);
  const down = span(area.y, area.height, picture.height / radiograph.height, picture.height);
  const pixels = new Float32Array(across.length * down.length);
  for (let y = 0; y < down.length; y++) {
    const from = (down.from + y) * picture.width + across.from;
    pixels.set(picture.pixels.subarray(from, from + across.length), y * across.length);
  }
  return { width: across.length, height: down.length, pixels };
};

/** Whole pixels that hold a stretch, and no fewer than {@link fewestPixels} where there are as many. */
const span = (start: number, length: number, scale: number, limit: number): { from: number; length: number } => {
  const least = Math.min(fewestPixels, limit);
  const from = Math.min(Math.max(Math.floor(start * scale), 0), limit - least);
  const to = Math.min(Math.max(Math.ceil((start + length) * scale), from + least), limit);
  return { from, length: to - from };
};

/** The boxes that marks draw, those of people at this home first; a polygon counts with the box around it. */
export const boxesOf = (marks: readonly Pick<ImageAnnotations, "source" | "annotations">[]): LesionBox[] =>
  [...marks]
    .sort((a, b) => rankOf(a.source) - rankOf(b.source) || (a.source < b.source ? -1 : 1))
    .flatMap(({ annotations }) => annotations.flatMap((mark) => boxOf(mark) ?? []));

const rankOf = (source: string): number => (source.startsWith("user:") ? 0 : 1);

const boxOf = (mark: Annotation): LesionBox | null => {
  if (mark.kind === "view") return null;
  const [left, top, right, bottom] =
    mark.kind === "box"
      ? mark.box
      : [
          Math.min(...mark.corners.map(([x]) => x)),
          Math.min(...mark.corners.map(([, y]) => y)),
          Math.max(...mark.corners.map(([x]) => x)),
          Math.max(...mark.corners.map(([, y]) => y)),
        ];
  const box = {
    x: Math.max(left, 0),
    y: Math.max(top, 0),
    width: right - Math.max(left, 0),
    height: bottom - Math.max(top, 0),
  };
  return box.width > 0 && box.height > 0 ? box : null;
};

/** The one box of each radiograph that is compared: the largest of who is asked first. */
export const lesionBoxes = (marks: readonly ImageAnnotations[]): Map<ImageId, LesionBox> => {
  const found = new Map<ImageId, LesionBox>();
  for (const [image, own] of Map.groupBy(marks, (mark) => mark.image)) {
    const first = own
      .toSorted((a, b) => rankOf(a.source) - rankOf(b.source) || (a.source < b.source ? -1 : 1))
      .map((mark) => boxesOf([mark]))
      .find((boxes) => boxes.length > 0);
    if (first)
      found.set(
        image,
        first.reduce((a, b) => (b.width * b.height > a.width * a.height ? b : a)),
      );
  }
  return found;
};
