/** A film out of a scanner: the film's steep curve, dust and scratches, stripes of the scanner. */
import type { Random } from "../../numeric/random.ts";
import { addGrain, drawLine } from "../paint.ts";
import type { Plate } from "./plate.ts";

/** Scans the film. */
export const scanFilm = (plate: Plate, random: Random): Plate => {
  const { width, height } = plate.picture;
  const gamma = random.uniform(1.15, 1.7);
  const fog = random.uniform(0.03, 0.12);
  const stripe = Float32Array.from({ length: height }, () => random.normal(0, 0.006));
  const picture = {
    width,
    height,
    values: plate.picture.values.map(
      (value, i) => fog + (0.97 - fog) * Math.max(0, Math.min(1, value)) ** gamma + stripe[Math.floor(i / width)]!,
    ),
  };
  for (let k = random.integer(14); k > 0; k--) {
    const from = [random.uniform(0, width), random.uniform(0, height)] as const;
    const long = random.chance(0.2) ? random.uniform(20, 90) : random.uniform(0, 3);
    const angle = random.uniform(0, 2 * Math.PI);
    drawLine(picture, {
      from,
      to: [from[0] + long * Math.cos(angle), from[1] + long * Math.sin(angle)],
      half: [0.5, 0.4],
      grey: random.chance(0.5) ? 1 : 0,
      opacity: random.uniform(0.2, 0.6),
    });
  }
  addGrain(picture, random.uniform(0.01, 0.03), random.fork("grain"));
  return { ...plate, picture, truth: { ...plate.truth, scanned: true } };
};
