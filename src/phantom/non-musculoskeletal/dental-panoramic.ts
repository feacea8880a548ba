/** A panoramic radiograph of the jaws: both rows of teeth on a smile's curve, the lower jaw's outline, the spine's ghost. */
import type { Random } from "../../numeric/random.ts";
import { blur } from "../blur.ts";
import { Noise } from "../noise.ts";
import { addGrain, drawLine } from "../paint.ts";
import { type Picture, plainPicture } from "../picture.ts";
import type { OtherImage } from "./other-image.ts";

/** Draws one panoramic picture. */
export const dentalPanoramic = (random: Random): OtherImage => {
  const width = 420 + random.integer(80);
  const height = Math.round(width * random.uniform(0.46, 0.54));
  const unit = width / 460;
  const middle = width / 2 + random.uniform(-10, 10);
  const smile = random.uniform(-26, 26) * unit;
  const bite = height * random.uniform(0.46, 0.54);
  const bow = (x: number): number => bite + smile * (1 - ((x - middle) / (0.3 * width)) ** 2);
  const soft: Picture = plainPicture(width, height, 0);
  const noise = new Noise(random.fork("noise"));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const off = (x - middle) / (0.5 * width);
      const spine = 0.16 * Math.exp(-((off / 0.14) ** 2)) + 0.2 * Math.exp(-(((Math.abs(off) - 1.02) / 0.1) ** 2));
      const bone = 0.2 * Math.exp(-(((y - bow(x)) / (70 * unit)) ** 2)) * Math.max(0, 1 - off * off);
      soft.values[y * width + x] = 0.2 + spine + bone + 0.05 * noise.cloud(x / 9, y / 9, 2);
    }
  }
  // the lower jaw: border from ramus to ramus, and its canal
  const jaw = (t: number): readonly [number, number] => {
    const a = Math.abs(t);
    const x = middle + Math.sign(t) * Math.min(a, 0.78) * 0.5 * width;
    return a < 0.74
      ? [x, bow(x) + (72 - 26 * a * a) * unit]
      : [
          middle + Math.sign(t) * (0.37 + 0.04 * ((a - 0.74) / 0.26)) * width,
          bow(x) + (58 - 150 * ((a - 0.74) / 0.26)) * unit,
        ];
  };
  for (let k = -40; k < 40; k++) {
    drawLine(soft, {
      from: jaw(k / 40),
      to: jaw((k + 1) / 40),
      half: [3.4 * unit, 3.4 * unit],
      grey: 0.75,
      opacity: 0.7,
      soft: 4 * unit,
    });
  }
  for (const side of [-1, 1]) {
    const x = middle + side * 0.4 * width;
    drawLine(soft, {
      from: [x, bow(x) - 92 * unit],
      to: [x - side * 6, bow(x) + 20 * unit],
      half: [11 * unit, 18 * unit],
      grey: 0.5,
      opacity: 0.55,
      soft: 10 * unit,
    });
    drawLine(soft, {
      from: [middle + side * 12 * unit, bite - 60 * unit],
      to: [middle + side * 140 * unit, bite - 74 * unit],
      half: [2, 3],
      grey: 0.6,
      opacity: 0.5,
      soft: 4,
    });
  }
  const picture: Picture = { width, height, values: blur(soft, 1.2) };
  for (const upper of [true, false]) {
    const up = upper ? -1 : 1;
    for (let k = 0; k < 16; k++) {
      if (random.chance(0.08)) continue; // lost
      const place = (k - 7.5) / 7.5;
      const molar = Math.abs(place) > 0.62;
      const x = middle + place * 0.31 * width;
      const crownTop = bow(x) + up * 2 * unit;
      const wide = (molar ? 8 : Math.abs(place) < 0.25 && !upper ? 4.2 : 5.6) * unit;
      const crown = (molar ? 13 : 17) * unit;
      const lean = place * 7 * unit;
      const root = (molar ? 24 : 30) * unit;
      drawLine(picture, {
        from: [x, crownTop + up * 4 * unit],
        to: [x + lean * 0.3, crownTop + up * crown],
        half: [wide, wide * 0.85],
        grey: 0.93,
        opacity: 0.9,
        soft: 1.5,
      });
      for (const part of molar ? [-1, 1] : [0]) {
        const from: readonly [number, number] = [x + lean * 0.3 + part * wide * 0.5, crownTop + up * crown];
        const to: readonly [number, number] = [from[0] + lean * 0.6 + part * 2, from[1] + up * root];
        drawLine(picture, {
          from,
          to,
          half: [wide * (molar ? 0.5 : 0.75), 1.6 * unit],
          grey: 0.72,
          opacity: 0.85,
          soft: 1.5,
        });
        drawLine(picture, { from, to, half: [0.7, 0.4], grey: 0.42, opacity: 0.7 });
      }
      if (random.chance(0.16))
        drawLine(picture, {
          from: [x - 3 * unit, crownTop + up * 5 * unit],
          to: [x + 3 * unit, crownTop + up * 6 * unit],
          half: [3 * unit, 2.4 * unit],
          grey: 1,
        });
    }
  }
  addGrain(picture, 0.014, random.fork("grain"));
  return { kind: "dental panoramic", picture, burnedInText: [], pixelSpacingMm: 300 / width };
};
