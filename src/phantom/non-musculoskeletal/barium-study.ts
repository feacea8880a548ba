/** Barium swallow, upper gastrointestinal series, contrast enema: a white column in the trunk under fluoroscopy. */
import type { Random } from "../../numeric/random.ts";
import { trunk } from "../anatomy/trunk.ts";
import { cameraRotation } from "../camera-rotation.ts";
import { projectEnlarged } from "../enlarge.ts";
import { expose } from "../expose.ts";
import { type RodPoint, rod } from "../geometry/shape.ts";
import { add, type Vector } from "../geometry/vector.ts";
import { Noise } from "../noise.ts";
import type { OtherImage } from "./other-image.ts";

const gullet: readonly RodPoint[] = [
  [2, -640, -2, 8],
  [3, -560, -16, 7],
  [6, -480, -26, 8],
  [14, -390, -22, 7],
  [26, -330, -4, 6],
];

const stomach: readonly RodPoint[] = [
  [26, -330, -4, 7],
  [62, -330, -5, 28],
  [70, -270, 10, 30],
  [56, -205, 30, 27],
  [18, -180, 40, 20],
  [-20, -200, 35, 9],
  [-38, -215, 15, 14],
];

const colon: readonly Vector[] = [
  [-98, -60, 20],
  [-106, -150, 10],
  [-92, -225, 20],
  [-20, -185, 50],
  [60, -205, 45],
  [104, -255, 10],
  [110, -160, 0],
  [98, -75, 5],
  [40, -40, 0],
  [4, -10, -40],
];

const enema = (random: Random): RodPoint[] => {
  const points: RodPoint[] = [];
  for (let k = 0; k <= 60; k++) {
    const t = (k / 60) * (colon.length - 1);
    const i = Math.min(colon.length - 2, Math.floor(t));
    const at = add(colon[i]!, add(colon[i + 1]!, colon[i]!, -1), t - i);
    points.push([...at, (k % 2 ? 19 : 12) * random.uniform(0.9, 1.1)]);
  }
  return points;
};

/** Draws one spot film. */
export const bariumStudy = (random: Random): OtherImage => {
  const what = random.pick(["gullet", "stomach", "colon"] as const, [2, 2, 1]);
  const wave = random.uniform(0.8, 1.25);
  const vary = (points: readonly RodPoint[]): RodPoint[] =>
    points.map(([x, y, z, radius]) => [
      x + random.uniform(-7, 7),
      y + random.uniform(-8, 8),
      z,
      radius * wave * random.uniform(0.75, 1.25),
    ]);
  const points = what === "colon" ? enema(random) : vary(what === "gullet" ? gullet : stomach);
  const body = trunk({
    build: { cortex: 1, soft: random.uniform(0.9, 1.2) },
    random: random.fork("trunk"),
    sex: random.chance(0.5) ? "F" : "M",
    arms: false,
    pelvis: what === "colon",
  });
  const range = { gullet: [-620, -330], stomach: [-420, -120], colon: [-330, 40] }[what] as [number, number];
  const tall = range[1] - range[0];
  const width = 300 + random.integer(60);
  const height = Math.round(width * random.pick([1, 1.1, 1.2]));
  const camera = {
    width,
    height,
    pixel: (tall * random.uniform(0.8, 1.1)) / height,
    centre: [random.uniform(-10, 20), (range[0] + range[1]) / 2, 0] as Vector,
    rotation: cameraRotation({
      turn: random.pick([0, 0.6, -0.6, 1.4], [3, 2, 1, 1]),
      pitch: 0,
      roll: random.normal(0, 0.03),
      mirrored: false,
    }),
  };
  const skeleton = {
    ...body,
    bones: body.bones.filter(({ name }) => !/^(C|dens)/.test(name)),
    fine: [...(body.fine ?? []), { shape: rod(points), density: random.uniform(1.6, 3), like: "mineral" as const }],
  };
  const lengths = projectEnlarged({ skeleton, camera, noise: new Noise(random.fork("noise")), openPlates: 0 }, 3);
  const values = expose(
    lengths,
    {
      width,
      height,
      pixelSpacingMm: camera.pixel,
      scale: 1,
      photons: random.uniform(200, 500),
      focusMm: 0.8,
      flatten: 0.2,
      sharpen: 0,
      contrast: 5,
      brightness: random.uniform(-0.1, 0.05),
    },
    random.fork("exposure"),
  );
  // the image intensifier sees a disc, or its blades a square
  if (random.chance(0.5)) {
    const radius = 0.5 * Math.min(width, height) * random.uniform(0.96, 1.12);
    for (let i = 0; i < values.length; i++) {
      const [x, y] = [(i % width) - width / 2, Math.floor(i / width) - height / 2];
      if (x * x + y * y > radius * radius) values[i] = 0;
    }
  }
  return { kind: "barium study", picture: { width, height, values }, burnedInText: [], pixelSpacingMm: camera.pixel };
};
