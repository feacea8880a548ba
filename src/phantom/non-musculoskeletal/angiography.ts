/** Digital subtraction angiography: a dark tree of vessels on even grey, with the catheter's shadow. */
import type { Random } from "../../numeric/random.ts";
import { Noise } from "../noise.ts";
import { addGrain, drawLine } from "../paint.ts";
import { type Picture, plainPicture } from "../picture.ts";
import type { OtherImage } from "./other-image.ts";

interface Branch {
  readonly x: number;
  readonly y: number;
  readonly angle: number;
  readonly half: number;
  readonly depth: number;
}

const grow = (picture: Picture, branch: Branch, random: Random): void => {
  const { depth } = branch;
  let { x, y, angle, half } = branch;
  if (depth === 0 || half < 0.35) return;
  const steps = 6 + random.integer(8);
  for (let k = 0; k < steps; k++) {
    angle += random.normal(0, 0.14);
    const length = 4 + 2 * half;
    const [nx, ny] = [x + length * Math.cos(angle), y + length * Math.sin(angle)];
    const next = half * 0.985;
    drawLine(picture, {
      from: [x, y],
      to: [nx, ny],
      half: [half, next],
      grey: 0.1,
      opacity: Math.min(0.9, 0.35 + 0.14 * half),
      soft: 1.4,
    });
    [x, y, half] = [nx, ny, next];
    if (random.chance(0.12)) {
      const turn = random.uniform(0.4, 1.1) * (random.chance(0.5) ? 1 : -1);
      grow(picture, { x, y, angle: angle + turn, half: half * 0.55, depth: depth - 1 }, random);
    }
  }
  const share = random.uniform(0.6, 0.85);
  grow(picture, { x, y, angle: angle + random.uniform(0.15, 0.55), half: half * share, depth: depth - 1 }, random);
  grow(
    picture,
    { x, y, angle: angle - random.uniform(0.15, 0.6), half: half * (1.4 - share), depth: depth - 1 },
    random,
  );
};

/** Draws one frame. */
export const angiography = (random: Random): OtherImage => {
  const size = 300 + random.integer(120);
  const picture = plainPicture(size, size, 0.62);
  const noise = new Noise(random.fork("noise"));
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) picture.values[y * size + x]! += 0.05 * noise.cloud(x / 70, y / 70, 3);
  }
  const start = random.uniform(0.3, 0.7) * size;
  drawLine(picture, {
    from: [start, size],
    to: [start + random.uniform(-12, 12), 0.72 * size],
    half: [1.4, 1.4],
    grey: 0.2,
    opacity: 0.6,
  });
  const half = random.uniform(4, 8);
  grow(picture, { x: start, y: 0.94 * size, angle: -Math.PI / 2, half, depth: 6 }, random);
  if (random.chance(0.5)) grow(picture, { x: start, y: 0.8 * size, angle: -2, half: half * 0.7, depth: 5 }, random);
  addGrain(picture, 0.022, random.fork("grain"));
  const radius = size * random.uniform(0.49, 0.56);
  for (let i = 0; i < picture.values.length; i++) {
    const [x, y] = [(i % size) - size / 2, Math.floor(i / size) - size / 2];
    if (x * x + y * y > radius * radius) picture.values[i] = 0;
  }
  return { kind: "angiography", picture, burnedInText: [], pixelSpacingMm: 200 / size };
};
