/** Blades that stand some degrees askew and leave a good part of the plate unexposed. */
import type { Random } from "../../numeric/random.ts";
import { boxAround, type Plate } from "./plate.ts";

/** Darkens (or, where the file has no shutter, whitens) what the blades cover. */
export const collimateTilted = (plate: Plate, random: Random): Plate => {
  const { width, height, values } = plate.picture;
  const angle = ((random.chance(0.5) ? 1 : -1) * random.uniform(1, 9) * Math.PI) / 180;
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const half = [0.5 * width * random.uniform(0.74, 0.9), 0.5 * height * random.uniform(0.74, 0.9)] as const;
  const middle = [
    width / 2 + random.uniform(-0.02, 0.02) * width,
    height / 2 + random.uniform(-0.02, 0.02) * height,
  ] as const;
  const outside = random.chance(0.7) ? "black" : "white";
  const grey = outside === "black" ? 0.004 : 0.985;
  const blurred = random.uniform(0.6, 1.6);
  const after = values.slice();
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [px, py] = [x - middle[0], y - middle[1]];
      const beyond = Math.max(Math.abs(c * px + s * py) - half[0], Math.abs(c * py - s * px) - half[1]);
      const share = Math.max(0, Math.min(1, 0.5 + beyond / blurred));
      const i = y * width + x;
      after[i] = values[i]! + share * (grey - values[i]!);
    }
  }
  const corners = [
    [-1, -1],
    [1, -1],
    [1, 1],
    [-1, 1],
  ].map(([u, v]): readonly [number, number] => {
    const [px, py] = [u! * half[0], v! * half[1]];
    const x = middle[0] + c * px - s * py;
    const y = middle[1] + s * px + c * py;
    return [Math.max(0, Math.min(width, x)), Math.max(0, Math.min(height, y))];
  });
  // what lies under the blades is no tumour to be seen
  const mask = plate.mask?.map((value, i) => {
    const [px, py] = [(i % width) - middle[0], Math.floor(i / width) - middle[1]];
    return Math.abs(c * px + s * py) <= half[0] && Math.abs(c * py - s * px) <= half[1] ? value : 0;
  });
  return {
    ...plate,
    picture: { width, height, values: after },
    ...(mask ? { mask } : {}),
    truth: {
      ...plate.truth,
      collimation: {
        corners: corners.map(([x, y]) => [Math.round(x * 10) / 10, Math.round(y * 10) / 10] as const),
        box: boxAround(corners),
        angleDegrees: Math.round((angle * 1800) / Math.PI) / 10,
        outside,
      },
    },
  };
};
