/** Plates of quality assurance: a flat exposure, a step wedge with line pairs, a contrast-detail phantom, an erased plate. */
import type { Random } from "../../numeric/random.ts";
import { addGrain, drawDisc, drawLine, fillBox } from "../paint.ts";
import { plainPicture } from "../picture.ts";
import type { OtherImage } from "./other-image.ts";

/** Draws one plate. */
export const qualityPlate = (random: Random): OtherImage => {
  const width = 300 + random.integer(100);
  const height = Math.round(width * random.uniform(0.8, 1.25));
  const base = random.uniform(0.05, 0.9);
  const picture = plainPicture(width, height, base);
  const kind = random.pick(["flat", "wedge", "discs", "erased"] as const);
  const tilt = random.uniform(-0.15, 0.15);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++)
      picture.values[y * width + x]! += tilt * (x / width - 0.5) + 0.05 * (y / height - 0.5);
  }
  if (kind === "erased") picture.values.fill(random.chance(0.5) ? 0.01 : 0.99);
  if (kind === "wedge") {
    const steps = 8 + random.integer(8);
    const wide = (0.8 * width) / steps;
    for (let k = 0; k < steps; k++) {
      fillBox(picture, [0.1 * width + k * wide, 0.15 * height, wide, 0.22 * height], (k + 0.5) / steps);
    }
    let x = 0.12 * width;
    for (let pair = 0; pair < 12 && x < 0.85 * width; pair++) {
      const bar = Math.max(1, 7 - 0.6 * pair);
      for (let bars = 0; bars < 3; bars++, x += 2 * bar) fillBox(picture, [x, 0.55 * height, bar, 0.2 * height], 0.95);
      x += 6;
    }
  }
  if (kind === "discs") {
    const [cx, cy, radius] = [width / 2, height / 2, 0.44 * Math.min(width, height)];
    drawDisc(picture, { centre: [cx, cy], half: [radius, radius], grey: 0.5 });
    for (let ring = 1; ring <= 3; ring++) {
      const count = 6 * ring;
      for (let k = 0; k < count; k++) {
        const angle = (2 * Math.PI * k) / count;
        const size = radius * 0.07 * (1 - 0.18 * ring);
        drawDisc(picture, {
          centre: [cx + 0.27 * ring * radius * Math.cos(angle), cy + 0.27 * ring * radius * Math.sin(angle)],
          half: [size, size],
          grey: 0.5 + 0.4 * (1 - k / count),
        });
      }
    }
    drawLine(picture, { from: [cx - radius, cy], to: [cx + radius, cy], half: [0.6, 0.6], grey: 0.9 });
    drawLine(picture, { from: [cx, cy - radius], to: [cx, cy + radius], half: [0.6, 0.6], grey: 0.9 });
  }
  addGrain(picture, kind === "erased" ? 0.004 : random.uniform(0.006, 0.03), random.fork("grain"));
  return { kind: "quality plate", picture, burnedInText: [], pixelSpacingMm: 350 / width };
};
