/** The right arm from the shoulder to the wrist, with shoulder blade, collar bone and the upper ribs. */

import { type Section, shaft } from "../geometry/shaft.ts";
import { ellipsoid, plate, type RodPoint, rod } from "../geometry/shape.ts";
import { frameAlong } from "../geometry/vector.ts";
import { carpals, rayBones } from "./hand.ts";
import { type Bone, type Build, bone, placesOnShaft, type Skeleton, shaftPiece, solid } from "./skeleton.ts";

const humerusSections: readonly Section[] = [
  { at: -12, centre: [-4, 0], half: [10, 10], cortex: 1.2, spongy: 0.8 },
  { at: 2, centre: [-3, 0], half: [18, 17], cortex: 1.2, spongy: 0.9 },
  { at: 22, centre: [0, 0], half: [18, 17], cortex: 1.4, spongy: 0.8 },
  { at: 45, centre: [0, 0], half: [14, 14], cortex: 2.4, spongy: 0.45 },
  { at: 80, centre: [0, 0], half: [11.5, 11.5], cortex: 3.8, spongy: 0.15 },
  { at: 160, centre: [0, 0], half: [10.5, 10.5], cortex: 4.6, spongy: 0.06 },
  { at: 230, centre: [1, 1], half: [11.5, 9], cortex: 3.8, spongy: 0.15 },
  { at: 268, centre: [2, 2], half: [17, 8], cortex: 2.2, spongy: 0.4 },
  { at: 292, centre: [3, 3], half: [27, 7.5], cortex: 1.4, spongy: 0.7 },
  { at: 306, centre: [2, 4], half: [23, 8], cortex: 1.2, spongy: 0.9 },
];

const radiusSections: readonly Section[] = [
  { at: 325, centre: [-13, 4], half: [10, 10], cortex: 1, spongy: 0.9 },
  { at: 331, centre: [-13, 4], half: [10.5, 10.5], cortex: 1, spongy: 0.9 },
  { at: 341, centre: [-12, 3], half: [6.8, 6.8], cortex: 1.6, spongy: 0.5 },
  { at: 356, centre: [-10, 3], half: [8.2, 7.5], cortex: 1.8, spongy: 0.5 },
  { at: 390, centre: [-13, 2], half: [6.4, 6.2], cortex: 2.8, spongy: 0.1 },
  { at: 460, centre: [-16, 2], half: [7, 6.4], cortex: 3, spongy: 0.08 },
  { at: 515, centre: [-14, 3], half: [8.5, 7.5], cortex: 2, spongy: 0.35 },
  { at: 538, centre: [-13, 3], half: [13.5, 9.5], cortex: 1.2, spongy: 0.8 },
  { at: 554, centre: [-12, 3], half: [16, 11], cortex: 1, spongy: 1 },
  { at: 561, centre: [-13, 3], half: [14, 9.5], cortex: 1.2, spongy: 1 },
];

const ulnaSections: readonly Section[] = [
  { at: 296, centre: [9, -14], half: [7, 5], cortex: 1.2, spongy: 0.7 },
  { at: 304, centre: [9, -13], half: [10, 9], cortex: 1.4, spongy: 0.7 },
  { at: 330, centre: [9, -8], half: [11, 11], cortex: 1.6, spongy: 0.6 },
  { at: 350, centre: [9, -5], half: [8.5, 9], cortex: 2, spongy: 0.4 },
  { at: 400, centre: [11, -3], half: [6.5, 7], cortex: 2.8, spongy: 0.1 },
  { at: 480, centre: [12, -1], half: [5.8, 6], cortex: 2.6, spongy: 0.1 },
  { at: 530, centre: [13, 0], half: [5, 5.2], cortex: 1.8, spongy: 0.4 },
  { at: 548, centre: [13, 0], half: [7.5, 7.5], cortex: 1, spongy: 0.9 },
  { at: 556, centre: [13, 0], half: [6, 6], cortex: 1, spongy: 0.9 },
];

const ribs = (): Bone[] =>
  Array.from({ length: 7 }, (_, i) => {
    const top = -28 + 33 * i;
    const side = 118 - 12 * Math.min(i, 4);
    const points: RodPoint[] = [];
    for (let k = 0; k <= 8; k++) {
      const angle = (-0.95 + (1.9 * k) / 8) * (Math.PI / 2);
      points.push([
        205 - (205 - side) * Math.cos(angle),
        top + 32 * (Math.sin(angle) + 1),
        70 * Math.sin(angle) - 10,
        4.6,
      ]);
    }
    return bone(`rib ${i + 2}`, [solid(rod(points), 1, 0.4)], { step: 1.5 });
  });

/** Shoulder blade and collar bone. */
const girdle = (): Bone[] => [
  bone(
    "scapula",
    [
      solid(
        plate({
          origin: [40, 0, -12],
          rotation: [
            [0.9, 0, -0.43],
            [0, 1, 0],
            [0.43, 0, 0.9],
          ],
          outline: [
            [-4, -12],
            [8, -26],
            [44, -46],
            [82, -52],
            [96, -30],
            [90, 50],
            [72, 112],
            [62, 108],
            [22, 40],
            [-4, 20],
          ],
          halfThickness: 2.6,
        }),
        0.9,
        0.3,
      ),
      solid(ellipsoid([40, 2, -10], [7, 19, 13]), 1.2, 0.9),
      solid(
        rod([
          [112, -16, -52, 3.5],
          [60, -30, -40, 4.5],
          [18, -42, -34, 6],
          [-12, -36, -12, 6.5],
        ]),
        1.2,
        0.6,
      ),
      solid(
        rod([
          [44, -22, -8, 7],
          [38, -32, 12, 6],
          [22, -22, 26, 5],
        ]),
        1.2,
        0.6,
      ),
      solid(
        rod([
          [42, 22, -14, 5],
          [70, 66, -30, 4],
          [100, 110, -44, 3.5],
        ]),
        1.4,
        0.4,
      ),
    ],
    { blend: 4, step: 1.1 },
  ),
  bone(
    "clavicle",
    [
      solid(
        rod([
          [2, -46, -12, 6.5],
          [30, -56, -18, 6],
          [68, -58, -2, 5.5],
          [105, -52, 18, 6],
          [140, -38, 26, 9],
        ]),
        2,
        0.35,
      ),
    ],
    { step: 1 },
  ),
];

/** The whole arm. */
export const arm = (build: Build): Skeleton => {
  const humerus = shaft(humerusSections);
  const radius = shaft(radiusSections);
  const ulna = shaft(ulnaSections);
  const limb = (at: number, half: readonly [number, number], x = 0) => ({
    at,
    centre: [x, 0] as const,
    half: [half[0] * build.soft, half[1] * build.soft] as const,
  });
  return {
    bones: [
      bone(
        "humerus",
        [
          shaftPiece(humerus, build.cortex),
          solid(ellipsoid([11, -3, -2], [21, 22, 22], frameAlong([0.5, -1, 0])), 1.1, 1),
          solid(ellipsoid([-11, 2, 4], [10, 15, 12]), 1.2, 0.9),
          solid(ellipsoid([27, 291, 0], [7, 9, 6]), 1.2, 0.9),
          solid(ellipsoid([11, 307, 3], [11, 9.5, 10.5]), 1.1, 1),
          solid(ellipsoid([-11, 307, 6], [10, 9, 10]), 1.1, 1),
        ],
        {
          plates: [
            { centre: [2, 14, 0], normal: [-0.12, 1, 0], radius: 30 },
            { centre: [2, 300, 4], normal: [0, 1, 0], radius: 24 },
          ],
        },
      ),
      bone("radius", [shaftPiece(radius, build.cortex)], {
        step: 0.9,
        plates: [
          { centre: [-12, 547, 3], normal: [0, 1, 0], radius: 20 },
          { centre: [-13, 334, 4], normal: [0, 1, 0], radius: 14 },
        ],
      }),
      bone("ulna", [shaftPiece(ulna, build.cortex)], {
        step: 0.9,
        plates: [{ centre: [13, 544, 0], normal: [0, 1, 0], radius: 12 }],
      }),
      ...carpals(-1, 562, 2),
      ...rayBones(build, [-1, 562, 2]).map((ray) => ray.bone),
      ...girdle(),
      ...ribs(),
    ],
    places: new Map([
      ...placesOnShaft("humerus", humerus, [
        ["humerus proximal epiphysis", 0, -22],
        ["humerus proximal epi-metaphysis", 14, -22],
        ["humerus proximal metaphysis", 40, -22],
        ["humerus proximal meta-diaphysis", 75, -22],
        ["humerus diaphysis", 160, -22],
        ["humerus distal metaphysis", 262, 316],
      ]),
      ...placesOnShaft("radius", radius, [
        ["radius diaphysis", 450, 562],
        ["radius distal metaphysis", 530, 562],
        ["radius distal epi-metaphysis", 546, 562],
      ]),
      ...placesOnShaft("ulna", ulna, [
        ["ulna diaphysis", 440, 556],
        ["ulna distal metaphysis", 532, 557],
      ]),
      ["clavicle middle", { bone: "clavicle", point: [72, -58, -1], towardsJoint: [1, 0, 0], halfWidth: 6, toEnd: 60 }],
      [
        "clavicle lateral",
        { bone: "clavicle", point: [24, -54, -17], towardsJoint: [-1, 0, 0], halfWidth: 6, toEnd: 24 },
      ],
      ["scapula body", { bone: "scapula", point: [92, 45, -36], towardsJoint: [0, -1, 0], halfWidth: 14, toEnd: 50 }],
      ["scapula neck", { bone: "scapula", point: [50, 10, -16], towardsJoint: [-1, 0, 0], halfWidth: 12, toEnd: 14 }],
    ]),
    soft: [
      {
        density: 1,
        shape: shaft([
          limb(-52, [22, 30], 10),
          limb(-30, [44, 48], 12),
          limb(20, [50, 52], 6),
          limb(80, [44, 46], 2),
          limb(180, [38, 42]),
          limb(280, [42, 38]),
          limb(330, [44, 40]),
          limb(420, [38, 34], -2),
          limb(540, [28, 22], -1),
          limb(592, [36, 15], 0),
          limb(640, [41, 12], 2),
          limb(664, [40, 6], 4),
          limb(676, [36, 1], 4),
        ]),
      },
      { density: 0.25, shape: ellipsoid([66, 18, -12], [72 * build.soft, 66, 50]) },
      { density: 0.9, shape: ellipsoid([175, 130, -5], [120 * build.soft, 215, 95]) },
      { density: -0.7, shape: ellipsoid([190, 130, -5], [92, 165, 72]) },
    ],
  };
};

/** The arm held away from the trunk, as for a side view: without ribs, lung and chest wall. */
export const freeArm = (build: Build): Skeleton => {
  const { bones, places, soft } = arm(build);
  return { bones: bones.filter(({ name }) => !name.startsWith("rib")), places, soft: soft.slice(0, 1) };
};
