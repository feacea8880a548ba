/**
 * Text burned into pictures, with letters of our own so that the bytes are the same on every machine. Three faces: a dot
 * matrix, a plotter's thin stroke, and bold letters whose upright strokes are broader than the level ones.
 */
import type { Box, Picture } from "../picture.ts";
import { hasDot } from "./dot-matrix-font.ts";
import { strokesOf } from "./stroke-font.ts";

/** A face. */
export type Lettering = "dot matrix" | "plotter" | "bold";

/** The faces. */
export const letterings: readonly Lettering[] = ["dot matrix", "plotter", "bold"];

/** Where and how a line of text stands. */
export interface TextOptions {
  /** Left end and top of the capitals, pixels. */
  readonly x: number;
  readonly y: number;
  /** Height of the capitals, pixels. */
  readonly height: number;
  readonly lettering: Lettering;
  /** Grey of the ink, 0 to 1. Default 1. */
  readonly ink?: number;
  /** Grey of a plate under the text; none where absent. */
  readonly plate?: number;
  /** Slants to the right, pixels per pixel. */
  readonly slant?: number;
  /** Turned by so many quarters to the left: 1 reads upwards. */
  readonly quarters?: 0 | 1;
}

/** Half-widths of the pen across and down, in heights of a capital. */
const pens: Readonly<Record<"plotter" | "bold", readonly [number, number]>> = {
  plotter: [0.045, 0.045],
  bold: [0.095, 0.06],
};

interface Ink {
  readonly width: number;
  readonly height: number;
  readonly cover: Float32Array;
}

/** How far the letters reach beyond the capitals, above and below, in heights of a capital. */
const above = 0.32;
const below = 0.45;

const dotMatrixInk = (text: string, height: number): Ink => {
  const cell = Math.max(1, Math.round(height / 7));
  const width = text.length * 6 * cell;
  const rows = 7 * cell;
  const cover = new Float32Array(width * rows);
  [...text].forEach((character, k) => {
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < 5 * cell; x++) {
        if (hasDot(character, Math.floor(x / cell), Math.floor(y / cell))) cover[y * width + 6 * cell * k + x] = 1;
      }
    }
  });
  return { width, height: rows, cover };
};

const strokeInk = (text: string, height: number, options: { lettering: "plotter" | "bold"; slant: number }): Ink => {
  const unit = height / 6;
  const [penX, penY] = pens[options.lettering].map((share) => Math.max(0.55, share * height)) as [number, number];
  const lean = options.slant;
  const letters: { readonly at: number; readonly character: string }[] = [];
  let at = penX + 1;
  for (const character of text) {
    const lines = strokesOf(character);
    const xs = lines.flatMap((line) => line.map(([x]) => x));
    const [first, last] = xs.length > 0 ? [Math.min(...xs), Math.max(...xs)] : [0, 2];
    letters.push({ at: at - first * unit, character });
    at += (last - first) * unit + 1.5 * unit + penX;
  }
  const width = Math.ceil(at + lean * height + 1);
  const top = Math.ceil(above * height + penY);
  const rows = Math.ceil(top + height + below * height + penY);
  const cover = new Float32Array(width * rows);
  const draw = (ax: number, ay: number, bx: number, by: number): void => {
    const [ex, ey] = [(bx - ax) / penX, (by - ay) / penY];
    const squared = ex * ex + ey * ey;
    const soft = Math.min(penX, penY);
    for (
      let y = Math.max(0, Math.floor(Math.min(ay, by) - penY - 1));
      y < Math.min(rows, Math.max(ay, by) + penY + 1);
      y++
    ) {
      for (
        let x = Math.max(0, Math.floor(Math.min(ax, bx) - penX - 1));
        x < Math.min(width, Math.max(ax, bx) + penX + 1);
        x++
      ) {
        const px = (x + 0.5 - ax) / penX;
        const py = (y + 0.5 - ay) / penY;
        const t = squared > 0 ? Math.max(0, Math.min(1, (px * ex + py * ey) / squared)) : 0;
        const distance = (Math.hypot(px - t * ex, py - t * ey) - 1) * soft;
        const share = Math.max(0, Math.min(1, 0.5 - distance));
        const i = y * width + x;
        if (share > cover[i]!) cover[i] = share;
      }
    }
  };
  for (const letter of letters) {
    for (const line of strokesOf(letter.character)) {
      for (let i = 1; i < line.length; i++) {
        const [a, b] = [line[i - 1]!, line[i]!];
        const x = (p: readonly [number, number]): number => letter.at + unit * p[0] + lean * unit * (6 - p[1]);
        draw(x(a), top + unit * a[1], x(b), top + unit * b[1]);
      }
    }
  }
  return { width, height: rows, cover };
};

/** The same ink read upwards. */
const turnedLeft = ({ width, height, cover }: Ink): Ink => {
  const turned = new Float32Array(cover.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) turned[(width - 1 - x) * height + y] = cover[y * width + x]!;
  }
  return { width: height, height: width, cover: turned };
};

/** How wide a line of text will be, pixels. */
export const textWidth = (text: string, options: Pick<TextOptions, "height" | "lettering" | "slant">): number => {
  const { height, lettering, slant = 0 } = options;
  if (lettering === "dot matrix") return text.length * 6 * Math.max(1, Math.round(height / 7));
  return strokeInk(text, height, { lettering, slant }).width;
};

/**
 * Draws one line of text; what leaves the picture is cut off.
 * @returns the smallest box around the ink that is in the picture, nothing where no ink is
 */
export const drawText = (picture: Picture, text: string, options: TextOptions): Box | undefined => {
  const { height, lettering, ink: grey = 1, plate, slant = 0, quarters = 0 } = options;
  let ink = lettering === "dot matrix" ? dotMatrixInk(text, height) : strokeInk(text, height, { lettering, slant });
  if (quarters === 1) ink = turnedLeft(ink);
  const left = Math.round(options.x);
  const top = Math.round(options.y - (lettering === "dot matrix" || quarters === 1 ? 0 : above * height));
  let [minX, minY, maxX, maxY] = [Infinity, Infinity, -1, -1];
  for (let v = 0; v < ink.height; v++) {
    const y = top + v;
    if (y < 0 || y >= picture.height) continue;
    for (let u = 0; u < ink.width; u++) {
      const x = left + u;
      if (x < 0 || x >= picture.width) continue;
      const share = ink.cover[v * ink.width + u]!;
      const i = y * picture.width + x;
      const under = plate ?? picture.values[i]!;
      picture.values[i] = under + share * (grey - under);
      if (share < 0.02) continue;
      if (x < minX) minX = x;
      if (x > maxX) maxX = x;
      if (y < minY) minY = y;
      if (y > maxY) maxY = y;
    }
  }
  return maxX < 0 ? undefined : [minX, minY, maxX - minX + 1, maxY - minY + 1];
};
