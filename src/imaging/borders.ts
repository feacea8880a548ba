/**
 * Borders of one grey around a picture, as scanners, exports and page layouts add them. A border is certain where its inner
 * edge is straight: next to it nearly all pixels are of another grey. Air around a limb has no such edge.
 */
import type { GreyImage } from "./grey-image.ts";
import type { Rectangle } from "./resize.ts";

/** A border that was found. */
export interface Border {
  /** What is left of the picture, in its pixels. */
  readonly inside: Rectangle;
  /** Grey of the widest side, in [0, 1]. */
  readonly grey: number;
}

/** Greys of a border lie within this share of the scale, to allow for lossy coding. */
const tolerance = 0.02;
/** Next to a border's inner edge this share of the pixels is of another grey; next to a limb's air it is less. */
const leastContrasting = 0.9;
/** Less than this share of a side that is left is no picture but a mark on a page. */
const leastLeft = 0.25;

const sides = ["left", "top", "right", "bottom"] as const;
type Side = (typeof sides)[number];

/** First column and row of a part, and last but one. */
interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Finds the border of a picture, or null where no side has a certain one. */
export const findBorder = (image: GreyImage): Border | null => {
  const { width, height } = image;
  const whole: Box = { left: 0, top: 0, right: width, bottom: height };
  const box = { ...whole };
  let widest = { thickness: 0, grey: 0 };
  for (let round = 0, moved = true; moved && round < 3; round++) {
    const found = sides
      .map((side) => ({ side, ...flatLines(image, box, side) }))
      .filter(({ thickness }) => thickness > 0);
    const inside = { ...box };
    for (const { side, thickness } of found) shrink(inside, side, thickness);
    moved = false;
    for (const { side, thickness, grey } of found) {
      if (!isStraight(image, inside, { side, grey })) continue;
      shrink(box, side, thickness);
      moved = true;
      if (thickness > widest.thickness) widest = { thickness, grey };
    }
  }
  if (widest.thickness === 0 || !isPicture(box, whole)) return null;
  return { inside: rectangleOf(box), grey: widest.grey };
};

/** The picture without its border: what two copies have in common of which one has one. */
export const withoutBorder = (image: GreyImage): GreyImage => {
  const border = findBorder(image);
  return border ? cropTo(image, border.inside) : image;
};

/** A part of a picture as a picture of its own. */
export const cropTo = (image: GreyImage, { left, top, width, height }: Rectangle): GreyImage => {
  if (width === image.width && height === image.height) return image;
  const pixels = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (top + y) * image.width + left;
    pixels.set(image.pixels.subarray(from, from + width), y * width);
  }
  return { width, height, pixels };
};

const isPicture = (box: Box, whole: Box): boolean =>
  box.right - box.left >= leastLeft * whole.right && box.bottom - box.top >= leastLeft * whole.bottom;

const rectangleOf = ({ left, top, right, bottom }: Box): Rectangle => ({
  left,
  top,
  width: right - left,
  height: bottom - top,
});

const shrink = (box: Box, side: Side, thickness: number): void => {
  box[side] += side === "left" || side === "top" ? thickness : -thickness;
};

/** A row or column of the box, counted from one of its sides. */
const lineOf = (
  { width, pixels }: GreyImage,
  box: Box,
  { side, depth }: { side: Side; depth: number },
): Float32Array => {
  if (side === "top" || side === "bottom") {
    const y = side === "top" ? box.top + depth : box.bottom - 1 - depth;
    return pixels.subarray(y * width + box.left, y * width + box.right);
  }
  const x = side === "left" ? box.left + depth : box.right - 1 - depth;
  const line = new Float32Array(box.bottom - box.top);
  for (let i = 0, at = box.top * width + x; i < line.length; i++, at += width) line[i] = pixels[at]!;
  return line;
};

/** How many lines from a side on are of one grey. */
const flatLines = (image: GreyImage, box: Box, side: Side): { thickness: number; grey: number } => {
  const depths = side === "left" || side === "right" ? box.right - box.left : box.bottom - box.top;
  const none = { thickness: 0, grey: 0 };
  if (depths < 8) return none;
  const first = lineOf(image, box, { side, depth: 0 });
  const grey = first[first.length >> 1]!;
  let thickness = 0;
  for (; thickness < depths - 4; thickness++) {
    const line = thickness === 0 ? first : lineOf(image, box, { side, depth: thickness });
    if (!isFlat(line, grey)) break;
  }
  return { thickness, grey };
};

const isFlat = (line: Float32Array, grey: number): boolean => {
  for (let i = 0; i < line.length; i++) if (Math.abs(line[i]! - grey) > tolerance) return false;
  return true;
};

/** Whether the picture begins all along the inner edge of a side. */
const isStraight = (image: GreyImage, inside: Box, { side, grey }: { side: Side; grey: number }): boolean => {
  if (inside.right - inside.left < 4 || inside.bottom - inside.top < 4) return false;
  const inner = lineOf(image, inside, { side, depth: 1 }); // the line next to the edge may be half border
  let contrasting = 0;
  for (const value of inner) if (Math.abs(value - grey) > 2 * tolerance) contrasting++;
  return contrasting >= leastContrasting * inner.length;
};
