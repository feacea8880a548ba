/** A phantom radiograph with lines of text, side letters and look-alikes at known places. */

import type { Random } from "../../src/numeric/random.ts";
import { drawDistractors } from "./distractors.ts";
import type { Font } from "./fonts.ts";
import { type Canvas, manners, type Planted, plantText } from "./plant-text.ts";

/** What to put on a picture. */
export interface Contents {
  readonly fonts: readonly Font[];
  readonly drawLine: (random: Random) => string;
  readonly texts: number;
  readonly markers: number;
  readonly distractors: number;
}

/** Lines of text and lone letters that were planted. */
export interface Plantings {
  readonly texts: readonly Planted[];
  readonly markers: readonly Planted[];
}

/** Heights of capitals from 8 pixels to a twentieth of the longer side, small ones as often as large ones. */
const drawHeight = (canvas: Canvas, random: Random): number => {
  const most = Math.max(9, Math.max(canvas.width, canvas.height) / 20);
  return 8 * (most / 8) ** (random.next() ** 1.3);
};

/** Draws into the canvas. */
export const fillPicture = async (canvas: Canvas, random: Random, contents: Contents): Promise<Plantings> => {
  const { fonts, drawLine } = contents;
  drawDistractors(canvas, random, contents.distractors);
  const taken: { x: number; y: number; width: number; height: number }[] = [];
  const markers: Planted[] = [];
  for (let i = 0; i < contents.markers; i++) {
    const planted = await plantText(
      canvas,
      {
        text: random.pick(["L", "R"]),
        capHeight: Math.max(10, Math.max(canvas.width, canvas.height) * random.uniform(0.025, 0.08)),
        ...random.pick(fonts),
        manner: random.pick(["overlay", "overlay", "film", "boxed"]),
        quarters: random.chance(0.8) ? 0 : random.integer(4),
        skewDegrees: random.normal(0, 7),
      },
      { random, taken },
    );
    if (planted) markers.push(planted);
  }
  const texts: Planted[] = [];
  const common = random.pick(fonts);
  for (let i = 0; i < contents.texts; i++) {
    const isTurned = random.chance(0.25);
    let capHeight = drawHeight(canvas, random);
    const text = drawLine(random);
    // long lines are not written in letters for which there is no room
    const room = (isTurned ? canvas.height : canvas.width) * 0.9;
    capHeight = Math.max(8, Math.min(capHeight, room / (text.length * 0.95)));
    const planted = await plantText(
      canvas,
      {
        text,
        capHeight,
        ...(random.chance(0.5) ? common : random.pick(fonts)),
        manner: random.pick(manners),
        quarters: isTurned ? 1 + random.integer(3) : 0,
        skewDegrees: random.chance(0.3) ? random.normal(0, 1.2) : 0,
      },
      { random, taken },
    );
    if (planted) texts.push(planted);
  }
  return { texts, markers };
};
