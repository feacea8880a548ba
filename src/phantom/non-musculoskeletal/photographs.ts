/** Pictures that no X-rays made: a clinical photograph with a ruler, an ultrasound sector. */
import type { Random } from "../../numeric/random.ts";
import { Noise } from "../noise.ts";
import { addGrain, drawDisc, drawLine, fillBox } from "../paint.ts";
import { plainPicture } from "../picture.ts";
import type { OtherImage } from "./other-image.ts";
import { writeLines } from "./write-lines.ts";

/** A limb on a cloth, with a wound or a swelling, and a ruler. */
export const clinicalPhotograph = (random: Random): OtherImage => {
  const [width, height] = [400, 300];
  const picture = plainPicture(width, height, random.uniform(0.15, 0.5));
  const noise = new Noise(random.fork("noise"));
  const [lean, thick] = [random.uniform(-0.25, 0.25), random.uniform(50, 85)];
  const light = random.uniform(-0.4, 0.4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const axis = height / 2 + lean * (x - width / 2) + 9 * Math.sin(x / 60);
      const v = (y - axis) / (thick * (1 + 0.25 * Math.sin(x / 90 + 1)));
      const i = y * width + x;
      picture.values[i]! += 0.06 * noise.cloud(x / 14, y / 14, 2);
      if (Math.abs(v) < 1) {
        picture.values[i] = 0.62 - 0.3 * (v - light) ** 2 + 0.05 * noise.cloud(x / 20, y / 20, 8);
      } else if (v > 1 && v < 1.25) picture.values[i]! *= 0.6;
    }
  }
  const centre = [width * random.uniform(0.35, 0.65), height / 2] as const;
  drawDisc(picture, { centre, half: [random.uniform(12, 34), random.uniform(8, 22)], grey: 0.3, opacity: 0.7 });
  const y = height - 34;
  fillBox(picture, [30, y, 250, 20], 0.92);
  for (let k = 0; k <= 24; k++) fillBox(picture, [34 + 10 * k, y, 1, k % 5 === 0 ? 12 : 7], 0.05);
  addGrain(picture, 0.015, random.fork("grain"));
  return { kind: "clinical photograph", picture, burnedInText: [] };
};

/** An ultrasound sector with speckle, a dark vessel or cyst, the machine's texts. */
export const ultrasound = (random: Random): OtherImage => {
  const [width, height] = [400, 320];
  const picture = plainPicture(width, height, 0);
  const noise = new Noise(random.fork("noise"));
  const apex = -random.uniform(10, 70);
  const spread = random.uniform(0.45, 0.75);
  const cyst = [width / 2 + random.uniform(-60, 60), random.uniform(110, 210), random.uniform(14, 44)] as const;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const radius = Math.hypot(x - width / 2, y - apex);
      const angle = Math.atan2(x - width / 2, y - apex);
      if (Math.abs(angle) > spread || radius < 40 - apex || radius > 300 - apex * 0.6) continue;
      const layers = 0.3 + 0.22 * noise.cloud(angle * 3, radius / 16, 1);
      const speckle = Math.abs(noise.at(angle * 90, radius / 2.2, 4)) * 1.3;
      const inside = Math.hypot(x - cyst[0], (y - cyst[1]) * 1.3) < cyst[2] ? 0.08 : 1;
      picture.values[y * width + x] = Math.max(0, layers * (0.35 + speckle) * inside * (1.15 - radius / 600));
    }
  }
  drawLine(picture, { from: [width - 14, 30], to: [width - 14, 290], half: [0.5, 0.5], grey: 0.8 });
  for (let k = 0; k < 9; k++) fillBox(picture, [width - 20, 30 + 32 * k, 6, 1], 0.8);
  const burnedInText = writeLines(
    picture,
    [
      { text: `${random.pick(["C5-2", "L12-5", "L9-3"])}  ${8 + random.integer(30)}Hz`, x: 6, y: 8 },
      { text: `MI ${(0.4 + random.next()).toFixed(1)}  TIS ${(0.1 + random.next()).toFixed(1)}`, x: 290, y: 8 },
    ],
    { height: 8, lettering: random.pick(["dot matrix", "bold"] as const), ink: 0.9 },
  );
  return { kind: "ultrasound", picture, burnedInText };
};
