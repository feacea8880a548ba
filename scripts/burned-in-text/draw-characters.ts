/** Characters as a picture of ink coverage: by a font of the system through librsvg, by the points of bitmap-font.ts, or as phantoms are lettered. */

import sharp from "sharp";
import { drawText, type Lettering, letterings, textWidth } from "../../src/phantom/lettering/draw-text.ts";
import { plainPicture } from "../../src/phantom/picture.ts";
import { isLit } from "./bitmap-font.ts";

/** Coverage in [0, 1], row-major, cut to the ink. */
export interface Ink {
  readonly width: number;
  readonly height: number;
  readonly coverage: Float32Array;
}

/** What to write, how high its capitals are in pixels, and in which hand: an SVG font, "points", or a face of the phantoms. */
export interface Writing {
  readonly text: string;
  readonly capHeight: number;
  readonly font: string;
  /** SVG attributes such as `font-weight="bold"`. */
  readonly style?: string;
  readonly skewDegrees?: number;
}

/** Cuts away empty rows and columns. */
const cut = (width: number, height: number, coverage: Float32Array): Ink => {
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (coverage[y * width + x]! < 0.02) continue;
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
    }
  }
  if (right <= left) return { width: 0, height: 0, coverage: new Float32Array(0) };
  const [w, h] = [right - left, bottom - top];
  const out = new Float32Array(w * h);
  for (let y = 0; y < h; y++) out.set(coverage.subarray((top + y) * width + left, (top + y) * width + right), y * w);
  return { width: w, height: h, coverage: out };
};

const escapes: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

const drawPoints = ({ text, capHeight }: Writing): Ink => {
  const point = capHeight / 7;
  const [width, height] = [Math.ceil(text.length * 6 * point), Math.ceil(7 * point)];
  const coverage = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const column = Math.floor((x + 0.5) / point);
      const lit = isLit(text[Math.floor(column / 6)] ?? " ", Math.min(6, Math.floor((y + 0.5) / point)), column % 6);
      if (column % 6 < 5 && lit) coverage[y * width + x] = 1;
    }
  }
  return cut(width, height, coverage);
};

const drawLettering = ({ text, capHeight: height }: Writing, lettering: Lettering): Ink => {
  const width = textWidth(text, { height, lettering }) + 8;
  const picture = plainPicture(width, Math.ceil(3 * height), 0);
  drawText(picture, text, { x: 4, y: Math.ceil(height), height, lettering });
  return cut(picture.width, picture.height, picture.values);
};

/** The ink of a line of characters, reading from left to right. */
export const drawCharacters = async (writing: Writing): Promise<Ink> => {
  if (writing.font === "points") return drawPoints(writing);
  const lettering = letterings.find((face) => face === writing.font);
  if (lettering) return drawLettering(writing, lettering);
  const { text, capHeight, font, style = "", skewDegrees = 0 } = writing;
  const size = capHeight / 0.72;
  const width = Math.ceil(size * (text.length * 1.1 + 2));
  const height = Math.ceil(size * 2 + width * Math.abs(Math.sin((skewDegrees * Math.PI) / 180)) * 2);
  const escaped = text.replace(/[&<>]/g, (character) => escapes[character]!);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="black"/><text x="${size}" y="${height / 2 + size / 3}" font-family="${font}" font-size="${size}" ${style} fill="white" transform="rotate(${skewDegrees} ${width / 2} ${height / 2})" xml:space="preserve">${escaped}</text></svg>`;
  const { data, info } = await sharp(Buffer.from(svg)).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const coverage = new Float32Array(info.width * info.height);
  for (let i = 0; i < coverage.length; i++) coverage[i] = data[i * info.channels]! / 255;
  return cut(info.width, info.height, coverage);
};

/** The ink turned clockwise by quarters. */
export const turnInk = (ink: Ink, quarters: number): Ink => {
  let turned = ink;
  for (let q = 0; q < quarters % 4; q++) {
    const { width, height, coverage } = turned;
    const out = new Float32Array(coverage.length);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) out[x * height + (height - 1 - y)] = coverage[y * width + x]!;
    }
    turned = { width: height, height: width, coverage: out };
  }
  return turned;
};
