/** The pelvis: iliac wings, acetabula, ischia, pubic rami, sacrum; with the upper ends of both femora. */
import { shaft } from "../geometry/shaft.ts";
import { ellipsoid, mirrored, plate, rod, type Shape } from "../geometry/shape.ts";
import { femur } from "./femur.ts";
import { type Bone, type BonePiece, type Build, bone, type Skeleton, solid } from "./skeleton.ts";

/** The midline of the body in the leg's frame. */
export const midline = 128;

const wing = (): Shape =>
  plate({
    origin: [50, -60, -5],
    rotation: [
      [0.86, 0, 0.5],
      [0, 1, 0],
      [-0.5, 0, 0.86],
    ],
    outline: [
      [-32, 62],
      [-36, 20],
      [-62, -12],
      [-68, -40],
      [-45, -68],
      [0, -84],
      [40, -74],
      [56, -45],
      [46, -10],
      [30, 14],
      [22, 62],
    ],
    halfThickness: 6,
    bend: 0.0015,
  });

const rim = (): Shape =>
  rod([
    [17, 4, -8, 9],
    [26, -12, 0, 11],
    [45, -16, 4, 11],
    [62, -4, 2, 10],
    [68, 18, 0, 8],
    [62, 38, -6, 8],
  ]);

const ischium = (): Shape =>
  rod([
    [58, 30, -14, 13],
    [56, 62, -24, 14],
    [62, 84, -20, 15],
    [88, 80, -4, 8],
    [112, 58, 12, 7.5],
  ]);

const pubis = (): Shape =>
  rod([
    [62, 10, 8, 11],
    [90, 14, 20, 8],
    [114, 28, 24, 9],
    [119, 46, 20, 9],
  ]);

/** One side of the pelvis on the right; `fill` makes a piece of a shape, and may mirror it. */
export const hemipelvis = (fill: (shape: Shape) => BonePiece, side = ""): Bone[] => [
  bone(`ilium${side}`, [fill(wing()), fill(rim())], { blend: 8, step: 1.6 }),
  bone(`ischium${side}`, [fill(ischium())], { step: 1.6 }),
  bone(`pubis${side}`, [fill(pubis())], { step: 1.6 }),
];

/** The sacrum, in the leg's frame. */
export const sacrum = (): Bone =>
  bone(
    "sacrum",
    [
      solid(
        shaft([
          { at: -128, centre: [midline, -25], half: [34, 18], cortex: 1.2, spongy: 0.6 },
          { at: -120, centre: [midline, -28], half: [52, 20], cortex: 1.2, spongy: 0.6 },
          { at: -80, centre: [midline, -45], half: [46, 17], cortex: 1.2, spongy: 0.5 },
          { at: -40, centre: [midline, -55], half: [26, 12], cortex: 1.2, spongy: 0.5 },
          { at: -5, centre: [midline, -48], half: [10, 7], cortex: 1, spongy: 0.5 },
          { at: 15, centre: [midline, -38], half: [4, 4], cortex: 1, spongy: 0.5 },
        ]),
        1.3,
        0.45,
      ),
    ],
    { step: 1.8 },
  );

/** The pelvis from the front, both sides. */
export const pelvis = (build: Build): Skeleton => {
  const right = femur(build).bone;
  const left: Bone = {
    ...right,
    name: "other femur",
    // seldom seen: the shaft's thick cortex is not followed on this side
    pieces: right.pieces.map((piece) => solid(mirrored(piece.shape, midline), piece.shaft ? 3 : piece.cortex, 0.7)),
    plates: [],
  };
  return {
    bones: [
      right,
      left,
      ...hemipelvis((shape) => solid(shape, 2.4, 0.7)),
      ...hemipelvis((shape) => solid(mirrored(shape, midline), 2.4, 0.7), " of the other side"),
      sacrum(),
      bone("fifth lumbar vertebra", [solid(ellipsoid([midline, -150, -8], [27, 15, 19]), 1.2, 0.8)]),
    ],
    places: new Map([
      ["iliac wing", { bone: "ilium", point: [38, -95, -12], towardsJoint: [0, 1, 0], halfWidth: 22, toEnd: 60 }],
      [
        "ilium above the hip",
        { bone: "ilium", point: [44, -18, 2], towardsJoint: [0, 1, 0], halfWidth: 18, toEnd: 30 },
      ],
      ["ischium", { bone: "ischium", point: [60, 76, -22], towardsJoint: [0, -1, 0], halfWidth: 15, toEnd: 50 }],
      ["pubis", { bone: "pubis", point: [100, 20, 22], towardsJoint: [-1, 0, 0], halfWidth: 10, toEnd: 40 }],
      [
        "sacrum",
        { bone: "sacrum", point: [midline + 18, -85, -42], towardsJoint: [0, -1, 0], halfWidth: 20, toEnd: 40 },
      ],
    ]),
    soft: [
      {
        density: 1,
        shape: shaft([
          { at: -260, centre: [midline, 0], half: [150 * build.soft, 95 * build.soft] },
          { at: -60, centre: [midline, 0], half: [168 * build.soft, 100 * build.soft] },
          { at: 60, centre: [midline, 0], half: [178 * build.soft, 95 * build.soft] },
          { at: 300, centre: [midline, 0], half: [165 * build.soft, 75 * build.soft] },
        ]),
      },
    ],
  };
};
