/** The right leg from the hip to the heel, as seen on hip, thigh, knee, lower leg and ankle radiographs. */
import { shaft } from "../geometry/shaft.ts";
import { ellipsoid } from "../geometry/shape.ts";
import { femur } from "./femur.ts";
import { hindFoot } from "./foot.ts";
import { lowerLeg } from "./lower-leg.ts";
import { hemipelvis } from "./pelvis.ts";
import { type Build, type Skeleton, solid } from "./skeleton.ts";

/** The whole leg; what is out of the picture costs nothing. */
export const leg = (build: Build): Skeleton => {
  const thigh = femur(build);
  const shin = lowerLeg(build);
  const limb = (at: number, half: readonly [number, number], centre: readonly [number, number]) => ({
    at,
    centre,
    half: [half[0] * build.soft, half[1] * build.soft] as const,
  });
  return {
    bones: [thigh.bone, ...shin.bones, ...hindFoot(), ...hemipelvis((shape) => solid(shape, 2.4, 0.7))],
    places: new Map([...thigh.places, ...shin.places]),
    soft: [
      {
        density: 1,
        shape: shaft([
          limb(-160, [120, 90], [80, -5]),
          limb(0, [105, 85], [50, -5]),
          limb(70, [84, 80], [20, -5]),
          limb(180, [68, 70], [14, -5]),
          limb(300, [55, 58], [18, -4]),
          limb(380, [52, 52], [21, 2]),
          limb(430, [50, 52], [21, 2]),
          limb(480, [48, 48], [19, -5]),
          limb(560, [50, 52], [14, -14]),
          limb(680, [36, 38], [12, -6]),
          limb(770, [31, 33], [11, -3]),
          limb(820, [36, 40], [12, 2]),
          limb(868, [34, 46], [14, 4]),
        ]),
      },
      { density: 0.3, shape: ellipsoid([18, 850, 50], [34, 22, 60]) },
    ],
  };
};
