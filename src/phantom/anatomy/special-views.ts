/** Parts put together for particular projections: both legs of a standing patient, a single finger, knee cap from below, heel. */
import { placed, united } from "../geometry/composite.ts";
import { shaft } from "../geometry/shaft.ts";
import { ellipsoid, rod } from "../geometry/shape.ts";
import { hand, rayBones } from "./hand.ts";
import { leg } from "./leg.ts";
import { midline, pelvis } from "./pelvis.ts";
import { type Bone, type Build, bone, type Skeleton, solid } from "./skeleton.ts";

const otherSide = (one: Bone): Bone => ({
  ...one,
  name: `${one.name} of the other side`,
  pieces: one.pieces.map((piece) => {
    const shape = placed(piece.shape, { mirrorAt: midline }, piece.shaft);
    return { ...piece, shape, shaft: piece.shaft ? shape : undefined };
  }),
  plates: [],
});

/** Pelvis and both legs. */
export const bothLegs = (build: Build): Skeleton => {
  const right = leg(build);
  const hips = pelvis(build);
  const bones = right.bones.filter(({ name }) => !["ilium", "ischium", "pubis"].includes(name));
  const limb = right.soft;
  return {
    bones: [
      ...bones,
      ...bones.map(otherSide),
      ...hips.bones.filter(({ name }) => name !== "femur" && name !== "other femur"),
    ],
    soft: [
      {
        density: 1,
        // once where hips and thighs overlap
        shape: united([
          shaft([
            { at: -260, centre: [midline, 0], half: [150 * build.soft, 95] },
            { at: -60, centre: [midline, 0], half: [168 * build.soft, 100] },
            { at: 40, centre: [midline, 0], half: [170 * build.soft, 95] },
          ]),
          ...limb.slice(0, 1).flatMap(({ shape }) => [shape, placed(shape, { mirrorAt: midline })]),
        ]),
      },
      ...limb
        .slice(1)
        .flatMap((part) => [part, { density: part.density, shape: placed(part.shape, { mirrorAt: midline }) }]),
    ],
    places: right.places,
  };
};

/** One finger of the hand, 0 the thumb to 4 the little finger, from its metacarpal's head on. */
export const finger = (build: Build, ray: number): Skeleton => {
  const bones = rayBones(build, [0, 0, 0]).filter((one) => one.ray === ray);
  const whole = hand(build);
  return {
    bones: bones.map((one) => one.bone),
    soft: bones.map(({ joint, from, next }) => {
      const radius = (9.6 - joint * 0.8) * build.soft;
      return {
        density: 0.85,
        shape: rod([
          [...from, radius],
          [...next, radius - 0.5],
        ]),
      };
    }),
    places: whole.places,
  };
};

/** The middle of a finger: half-way along its first phalanx's far end. */
export const fingerCentre = (build: Build, ray: number): readonly [number, number, number] => {
  const phalanx = rayBones(build, [0, 0, 0]).find((one) => one.ray === ray && one.joint === 1)!;
  return [phalanx.next[0], phalanx.next[1] - 4, phalanx.next[2]];
};

/** Knee cap and groove as seen along the bent thigh: x across, y down in the picture, z along the ray. */
export const kneeCapFromBelow = (build: Build): Skeleton => ({
  bones: [
    bone(
      "femur",
      [
        solid(ellipsoid([-22, 24, 0], [20, 26, 22]), 1.4, 0.9),
        solid(ellipsoid([20, 26, 0], [18, 24, 22]), 1.4, 0.9),
        solid(ellipsoid([-1, 30, -4], [26, 20, 18]), 1.4, 0.8),
        solid(
          rod([
            [0, 38, -8, 20],
            [0, 70, -90, 15],
          ]),
          4,
          0.3,
        ),
      ],
      { blend: 9 },
    ),
    bone(
      "patella",
      [
        solid(
          rod([
            [-19, -20, 0, 5],
            [-4, -15, 0, 9],
            [17, -20, 0, 5],
          ]),
          1.6,
          0.9,
        ),
        solid(ellipsoid([-2, -22, 0], [17, 7, 19]), 1.6, 0.8),
      ],
      { blend: 8, step: 1.2 },
    ),
  ],
  soft: [
    { density: 1, shape: ellipsoid([0, 40, -30], [66 * build.soft, 78 * build.soft, 70]) },
    { density: 0.5, shape: ellipsoid([0, -18, 0], [40, 18 * build.soft, 34]) },
  ],
  places: new Map(),
});

/** The heel and the ankle with a heel bone shaped for the side view, and the foot's arch before it. */
export const heel = (build: Build): Skeleton => {
  const whole = leg(build);
  const names = new Set(["tibia", "fibula", "talus", "tarsals"]);
  return {
    bones: [
      ...whole.bones.filter(({ name }) => names.has(name)),
      bone(
        "calcaneus",
        [
          solid(
            rod([
              [18, 858, -44, 14],
              [18, 850, -28, 17],
              [17, 845, -8, 14],
              [16, 843, 14, 11],
              [15, 846, 32, 10],
            ]),
            1.4,
            0.75,
          ),
          solid(ellipsoid([18, 836, -2], [13, 7, 14]), 1.8, 1),
          solid(ellipsoid([27, 838, 8], [7, 5, 9]), 1.4, 0.9),
        ],
        { blend: 8, step: 1.5, plates: [{ centre: [18, 856, -50], normal: [0, 0.25, 1], radius: 24 }] },
      ),
      ...[0, 1, 2].map((k) =>
        bone(
          `metatarsal ${k + 1}`,
          [
            solid(
              rod([
                [28 - 12 * k, 848 + 4 * k, 80, 7],
                [28 - 13 * k, 858 + 4 * k, 110, 5],
                [28 - 14 * k, 868 + 3 * k, 140, 6.5],
              ]),
              1.8,
              0.4,
            ),
          ],
          { step: 1.2 },
        ),
      ),
    ],
    soft: [
      ...whole.soft.slice(0, 1),
      {
        density: 0.85,
        shape: shaft(
          [
            { at: -74, centre: [0, 0], half: [14, 10] },
            { at: -60, centre: [0, 0], half: [30 * build.soft, 30] },
            { at: 0, centre: [0, -4], half: [34 * build.soft, 36] },
            { at: 60, centre: [0, -4], half: [38 * build.soft, 32] },
            { at: 150, centre: [0, 4], half: [44 * build.soft, 20] },
          ],
          { origin: [18, 848, 0], direction: [0, 0.08, 1] },
        ),
      },
    ],
    places: new Map(),
  };
};
