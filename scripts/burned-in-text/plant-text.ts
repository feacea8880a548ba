/** Writes characters into a radiograph the ways that systems, printers and photographs of films do, and keeps where the ink is. */

import type { Random } from "../../src/numeric/random.ts";
import { drawCharacters, type Ink, turnInk, type Writing } from "./draw-characters.ts";

/** A picture that may be drawn on. */
export interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly pixels: Float32Array;
}

/** `overlay`: crisp; `boxed`: on a filled rectangle; `outlined`: with a contrasting rim; `faint`: half transparent; `film`: photographed. */
export const manners = ["overlay", "boxed", "outlined", "faint", "film"] as const;
export type Manner = (typeof manners)[number];

/** How and where to plant. */
export interface Planting extends Writing {
  readonly manner: Manner;
  /** Clockwise quarters. */
  readonly quarters: number;
}

/** What was planted. */
export interface Planted extends Planting {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Indices of the pixels that ink covers by a third or more. */
  readonly ink: Uint32Array;
  readonly isDark: boolean;
}

const blurInk = ({ width, height, coverage }: Ink, sigma: number): Ink => {
  const pad = Math.ceil(3 * sigma);
  const [w, h] = [width + 2 * pad, height + 2 * pad];
  const kernel = Float32Array.from({ length: 2 * pad + 1 }, (_, i) =>
    Math.exp(-((i - pad) ** 2) / (2 * sigma * sigma)),
  );
  const total = kernel.reduce((sum, value) => sum + value, 0);
  const across = new Float32Array(w * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < w; x++) {
      let sum = 0;
      for (let k = 0; k <= 2 * pad; k++) {
        const sx = x + k - 2 * pad;
        if (sx >= 0 && sx < width) sum += kernel[k]! * coverage[y * width + sx]!;
      }
      across[y * w + x] = sum / total;
    }
  }
  const out = new Float32Array(w * h);
  for (let y = 0; y < h; y++) {
    for (let k = 0; k <= 2 * pad; k++) {
      const sy = y + k - 2 * pad;
      if (sy < 0 || sy >= height) continue;
      for (let x = 0; x < w; x++) out[y * w + x]! += (kernel[k]! * across[sy * w + x]!) / total;
    }
  }
  return { width: w, height: h, coverage: out };
};

/** The pixels of the rectangle, as far as it lies on the canvas. */
function* pixelsOf(canvas: Canvas, box: { x: number; y: number; width: number; height: number }): Generator<number> {
  for (let y = Math.max(0, box.y); y < Math.min(canvas.height, box.y + box.height); y++) {
    for (let x = Math.max(0, box.x); x < Math.min(canvas.width, box.x + box.width); x++) yield y * canvas.width + x;
  }
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** How bright the ink is to be, given what lies behind it: far enough from it to be read. */
const inkLevel = (
  behind: readonly [low: number, middle: number, high: number],
  manner: Manner,
  random: Random,
): number => {
  const [low, middle, high] = behind;
  const bright = random.uniform(0.88, 1);
  const dark = random.uniform(0, 0.08);
  if (manner === "faint") {
    const step = random.uniform(0.22, 0.4);
    return middle + step <= 1 ? middle + step : middle - step;
  }
  if (manner === "film") {
    const step = random.uniform(0.3, 0.8);
    return middle + step <= 1 ? middle + step : Math.max(0, middle - step);
  }
  // white is the rule; black where the anatomy is bright
  if (bright - high > 0.2 && random.chance(0.85)) return bright;
  if (low - dark > 0.2) return dark;
  return bright - middle > middle - dark ? bright : dark;
};

/**
 * Plants one line at a free place chosen at random; nothing when it does not fit or could not be read.
 * @param taken rectangles of the canvas that are in use; the new one is added
 */
export const plantText = async (
  canvas: Canvas,
  planting: Planting,
  options: { readonly random: Random; readonly taken: { x: number; y: number; width: number; height: number }[] },
): Promise<Planted | undefined> => {
  const { random, taken } = options;
  const { manner, capHeight } = planting;
  let ink = turnInk(await drawCharacters(planting), planting.quarters);
  if (ink.width === 0) return undefined;
  const sharpInk = ink;
  let pad = 0;
  if (manner === "film") {
    const sigma = Math.max(0.5, capHeight * random.uniform(0.03, 0.085));
    pad = Math.ceil(3 * sigma);
    ink = blurInk(ink, sigma);
  }
  const { width, height } = sharpInk;
  if (width + 4 > canvas.width || height + 4 > canvas.height) return undefined;
  const margin = Math.ceil(capHeight * 0.6);
  for (let attempt = 0; attempt < 30; attempt++) {
    // most text stands near the border
    const along = (size: number, room: number): number => {
      const free = room - size - 4;
      const t = random.chance(0.6) ? random.uniform(0, 0.12) : random.next();
      return 2 + Math.floor(free * (random.chance(0.5) ? t : 1 - t));
    };
    const [x, y] = [along(width, canvas.width), along(height, canvas.height)];
    const around = { x: x - margin, y: y - margin, width: width + 2 * margin, height: height + 2 * margin };
    const isTaken = taken.some(
      (o) =>
        o.x < around.x + around.width &&
        around.x < o.x + o.width &&
        o.y < around.y + around.height &&
        around.y < o.y + o.height,
    );
    if (isTaken) continue;
    const box = { x, y, width, height };
    const behindPixels = [...pixelsOf(canvas, box)].map((i) => canvas.pixels[i]!).sort((a, b) => a - b);
    const at = (share: number): number => behindPixels[Math.floor(share * (behindPixels.length - 1))]!;
    const behind = [at(0.05), at(0.5), at(0.95)] as const;
    let level = inkLevel(behind, manner, random);
    if (manner === "boxed") {
      const isDarkBox = random.chance(0.6);
      const fill = isDarkBox ? random.uniform(0, 0.15) : random.uniform(0.75, 1);
      level = isDarkBox ? random.uniform(0.7, 1) : random.uniform(0, 0.25);
      const room = Math.ceil(capHeight * random.uniform(0.15, 0.6));
      for (const i of pixelsOf(canvas, {
        x: x - room,
        y: y - room,
        width: width + 2 * room,
        height: height + 2 * room,
      })) {
        canvas.pixels[i] = fill;
      }
    } else if (manner !== "outlined") {
      const covered = behindPixels.filter((value) => Math.abs(level - value) < 0.15).length;
      if (covered > 0.03 * behindPixels.length) continue; // nobody could read it there
    }
    if (manner === "outlined") {
      const rim = blurInk(sharpInk, Math.max(0.7, capHeight * 0.05));
      const shift = Math.floor((rim.width - width) / 2);
      const other = level > 0.5 ? 0 : 1;
      for (let v = 0; v < rim.height; v++) {
        for (let u = 0; u < rim.width; u++) {
          const [px, py] = [x + u - shift, y + v - shift];
          if (px < 0 || py < 0 || px >= canvas.width || py >= canvas.height) continue;
          const i = py * canvas.width + px;
          const share = Math.min(1, rim.coverage[v * rim.width + u]! * 2.5);
          canvas.pixels[i] = canvas.pixels[i]! + (other - canvas.pixels[i]!) * share;
        }
      }
    }
    const grain = manner === "film" ? random.uniform(0.005, 0.03) : 0;
    for (let v = 0; v < ink.height; v++) {
      for (let u = 0; u < ink.width; u++) {
        const [px, py] = [x + u - pad, y + v - pad];
        if (px < 0 || py < 0 || px >= canvas.width || py >= canvas.height) continue;
        const i = py * canvas.width + px;
        const share = ink.coverage[v * ink.width + u]!;
        if (share < 0.01) continue;
        const noise = grain > 0 ? random.normal(0, grain) : 0;
        canvas.pixels[i] = clamp(canvas.pixels[i]! + (level - canvas.pixels[i]!) * share + noise);
      }
    }
    const inked: number[] = [];
    for (let v = 0; v < height; v++) {
      for (let u = 0; u < width; u++) {
        if (sharpInk.coverage[v * width + u]! >= 0.33) inked.push((y + v) * canvas.width + x + u);
      }
    }
    taken.push(around);
    return { ...planting, ...box, ink: Uint32Array.from(inked), isDark: level < behind[1] };
  }
  return undefined;
};
