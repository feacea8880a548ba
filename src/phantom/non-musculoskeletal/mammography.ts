/** A mammogram: the breast from the chest wall at one edge, gland and fat, in the oblique view the chest muscle. */
import type { Random } from "../../numeric/random.ts";
import { Noise } from "../noise.ts";
import { addGrain } from "../paint.ts";
import { plainPicture } from "../picture.ts";
import type { OtherImage } from "./other-image.ts";
import { writeLines } from "./write-lines.ts";

/** Draws one mammogram. */
export const mammography = (random: Random): OtherImage => {
  const width = 280 + random.integer(60);
  const height = Math.round(width * random.uniform(1.2, 1.35));
  const picture = plainPicture(width, height, 0.02);
  const noise = new Noise(random.fork("noise"));
  const right = random.chance(0.5);
  const oblique = random.chance(0.55);
  const depth = width * random.uniform(0.55, 0.85);
  const half = height * random.uniform(0.3, 0.42);
  const middle = height * random.uniform(0.46, 0.56);
  const dense = random.uniform(0.05, 0.5);
  for (let y = 0; y < height; y++) {
    for (let column = 0; column < width; column++) {
      const x = right ? width - 1 - column : column; // distance from the chest wall
      const v = (y - middle) / half;
      const sag = oblique ? 0.12 * depth * v : 0;
      const edge = 1 - (Math.max(0, x + 2 + sag) / depth) ** 2 - (v < 0 && oblique ? 0.55 : 1) * v * v;
      let value = 0.02;
      if (edge > 0) {
        const thick = Math.min(1, edge * 5) ** 0.6;
        const towardsNipple = noise.cloud((x - y * 0.25) / 46, (y + x * 0.1) / 22, 1);
        const fine = noise.cloud(x / 12, y / 9, 5);
        const gland = Math.max(0, Math.min(1, 1.6 * edge - 0.25)) * Math.max(0, dense + 0.75 * towardsNipple);
        value = thick * (0.27 + 0.45 * gland + 0.09 * fine * (0.4 + gland));
      }
      if (oblique) {
        const muscle = 0.42 * width - x - 0.52 * y;
        if (muscle > 0) value = Math.max(value, 0.62 + 0.08 * noise.at(x / 30, y / 10, 9) * Math.min(1, muscle / 20));
      }
      picture.values[y * width + column] = value;
    }
  }
  addGrain(picture, 0.012, random.fork("grain"));
  const name = `${right ? "R" : "L"} ${oblique ? "MLO" : "CC"}`;
  const burnedInText = writeLines(picture, [{ text: name, x: right ? 14 : width - 76, y: 18 }], {
    height: 12,
    lettering: "bold",
    ink: 0.95,
  });
  return { kind: "mammography", picture, burnedInText, pixelSpacingMm: 240 / height };
};
