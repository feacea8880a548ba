/**
 * Several exposures on one plate, such as two views of a hand beside each other: either a shutter leaves several fields, or
 * strips that the beam did not reach, bright and of little structure, go straight through the plate between them.
 */
import type { GreyImage } from "./grey-image.ts";
import { findMaskedFields } from "./masked-fields.ts";
import { boundsOf } from "./outlines.ts";
import type { Rectangle } from "./resize.ts";

/** A strip is at least this bright, and its greys lie within this range from its 3rd to its 97th percentile. */
const leastBright = 0.8;
const mostVaried = 0.1;
/** Shares of the part that is cut: how wide a strip may be, how near to a side. */
const widest = 0.15;
const nearestToSide = 0.2;
/** What lies beside a strip is darker by this much somewhere, and its greys go over this range. */
const leastContrast = 0.2;
/** No exposure is smaller than this share of the plate. */
const smallest = 0.1;
const mostCuts = 2;

/**
 * The exposures on a plate.
 *
 * @param image of about 256 pixels
 * @returns in pixels of the picture, from left to right and from above; empty where there is one only
 */
export const findExposures = (image: GreyImage): Rectangle[] => {
  const fields = findMaskedFields(image).map(boundsOf);
  if (fields.length > 1) return inReadingOrder(fields, image);
  const whole = { left: 0, top: 0, width: image.width, height: image.height };
  const [only] = fields;
  const parts = cut(image, only ? roundInwards(only) : whole, mostCuts);
  return parts.length > 1 ? inReadingOrder(parts, image) : [];
};

const roundInwards = ({ left, top, width, height }: Rectangle): Rectangle => {
  const [x, y] = [Math.ceil(left), Math.ceil(top)];
  return { left: x, top: y, width: Math.floor(left + width) - x, height: Math.floor(top + height) - y };
};

/** Rows of exposures from above, each from the left; those that begin at about one height are one row. */
const inReadingOrder = (parts: readonly Rectangle[], { height }: GreyImage): Rectangle[] => {
  const row = (part: Rectangle): number => Math.round(part.top / (height / 4));
  return [...parts].sort((a, b) => row(a) - row(b) || a.left - b.left);
};

const cut = (image: GreyImage, part: Rectangle, cuts: number): Rectangle[] => {
  if (cuts === 0) return [part];
  const across = findStrip(image, part, "columns");
  const down = across ? null : findStrip(image, part, "rows");
  const halves = across
    ? [
        { ...part, width: across.from },
        { ...part, left: part.left + across.to, width: part.width - across.to },
      ]
    : down
      ? [
          { ...part, height: down.from },
          { ...part, top: part.top + down.to, height: part.height - down.to },
        ]
      : [];
  const isLarge = ({ width, height }: Rectangle): boolean => width * height >= smallest * image.pixels.length;
  if (halves.length === 0 || !halves.every((half) => isLarge(half) && hasContent(image, half))) return [part];
  return halves.flatMap((half) => cut(image, half, cuts - 1));
};

interface Strip {
  /** First line, and last line but one, from the side of the part. */
  readonly from: number;
  readonly to: number;
}

/** The widest strip through a part of the picture. */
const findStrip = (image: GreyImage, part: Rectangle, lines: "columns" | "rows"): Strip | null => {
  const length = lines === "columns" ? part.width : part.height;
  const levels = Array.from({ length }, (_, line) => levelOf(image, part, { lines, line }));
  let best: Strip | null = null;
  for (let from = 0; from < length; ) {
    if (!levels[from]!.isStrip) {
      from++;
      continue;
    }
    let to = from;
    while (to < length && levels[to]!.isStrip) to++;
    const middle = (from + to) / 2;
    const isBetween = middle > nearestToSide * length && middle < (1 - nearestToSide) * length;
    if (isBetween && to - from <= widest * length && isSharp(levels, { from, to }, length)) {
      if (!best || to - from > best.to - best.from) best = { from, to };
    }
    from = to;
  }
  return best;
};

interface Level {
  readonly mean: number;
  readonly isStrip: boolean;
}

const levelOf = (
  { width, pixels }: GreyImage,
  part: Rectangle,
  { lines, line }: { readonly lines: "columns" | "rows"; readonly line: number },
): Level => {
  const isColumn = lines === "columns";
  const length = isColumn ? part.height : part.width;
  const step = isColumn ? width : 1;
  const from = isColumn ? part.top * width + part.left + line : (part.top + line) * width + part.left;
  let sum = 0;
  for (let i = 0, at = from; i < length; i++, at += step) sum += pixels[at]!;
  const mean = sum / length;
  if (mean < leastBright) return { mean, isStrip: false };
  const values = new Float32Array(length);
  for (let i = 0, at = from; i < length; i++, at += step) values[i] = pixels[at]!;
  values.sort();
  const at = (share: number): number => values[Math.floor(share * (length - 1))]!;
  return { mean, isStrip: at(0.97) - at(0.03) <= mostVaried };
};

/** Whether it gets darker on both sides of a strip, within a few lines. */
const isSharp = (levels: readonly Level[], { from, to }: Strip, length: number): boolean => {
  const reach = Math.max(3, Math.round(0.06 * length));
  const inside = levels[(from + to) >> 1]!.mean;
  const darkest = (start: number, end: number): number =>
    Math.min(...levels.slice(Math.max(start, 0), Math.min(end, length)).map(({ mean }) => mean));
  return (
    inside - darkest(from - reach, from) >= leastContrast / 2 && inside - darkest(to, to + reach) >= leastContrast / 2
  );
};

/** Whether there is more in a part than one grey. */
const hasContent = ({ width, pixels }: GreyImage, { left, top, width: across, height }: Rectangle): boolean => {
  const counts = new Uint32Array(101);
  for (let y = top; y < top + height; y++) {
    for (let x = left; x < left + across; x++) counts[Math.round(pixels[y * width + x]! * 100)]!++;
  }
  const few = 0.02 * across * height;
  let [low, high, below, above] = [0, 100, 0, 0];
  while (low < 100 && below + counts[low]! < few) below += counts[low++]!;
  while (high > 0 && above + counts[high]! < few) above += counts[high--]!;
  return (high - low) / 100 >= leastContrast;
};
