/** Tibia, fibula and patella. */
import { type Section, shaft } from "../geometry/shaft.ts";
import { ellipsoid } from "../geometry/shape.ts";
import { type Bone, type Build, bone, type Place, placesOnShaft, shaftPiece, solid } from "./skeleton.ts";

const tibiaSections: readonly Section[] = [
  { at: 438, centre: [22, -3], half: [34, 21], cortex: 0.9, spongy: 1 },
  { at: 442, centre: [22, -3], half: [38, 25], cortex: 1, spongy: 1 },
  { at: 455, centre: [22, -3], half: [36.5, 25], cortex: 1.2, spongy: 0.9 },
  { at: 475, centre: [22, -2], half: [27, 23], cortex: 1.6, spongy: 0.7 },
  { at: 500, centre: [22, 0], half: [20, 20], cortex: 2.6, spongy: 0.4 },
  { at: 545, centre: [22, 1], half: [14.5, 16], cortex: 4.5, spongy: 0.15 },
  { at: 620, centre: [21, 1], half: [12, 14], cortex: 5.5, spongy: 0.05 },
  { at: 700, centre: [20, 0], half: [11.5, 12], cortex: 4.8, spongy: 0.08 },
  { at: 750, centre: [20, 0], half: [14, 14], cortex: 3, spongy: 0.3 },
  { at: 778, centre: [20, 0], half: [20, 17.5], cortex: 1.6, spongy: 0.7 },
  { at: 794, centre: [20, 0], half: [23.5, 19.5], cortex: 1.2, spongy: 0.95 },
  { at: 802, centre: [20, 0], half: [22, 18], cortex: 0.9, spongy: 1 },
];

const fibulaSections: readonly Section[] = [
  { at: 448, centre: [-17, -19], half: [2.5, 2.5], cortex: 1, spongy: 0.8 },
  { at: 456, centre: [-16.5, -19], half: [9, 9], cortex: 1, spongy: 0.8 },
  { at: 466, centre: [-15.5, -18], half: [9.5, 9], cortex: 1, spongy: 0.7 },
  { at: 485, centre: [-13, -17], half: [6.5, 6.5], cortex: 1.6, spongy: 0.4 },
  { at: 560, centre: [-11, -14], half: [5.5, 6], cortex: 2.6, spongy: 0.1 },
  { at: 700, centre: [-10, -9], half: [5.5, 6], cortex: 2.6, spongy: 0.1 },
  { at: 770, centre: [-9, -6], half: [6.5, 7], cortex: 1.8, spongy: 0.4 },
  { at: 800, centre: [-10, -5], half: [9, 10], cortex: 1.2, spongy: 0.8 },
  { at: 815, centre: [-9, -5], half: [8, 9], cortex: 1, spongy: 0.9 },
  { at: 825, centre: [-8, -5], half: [3, 4], cortex: 1, spongy: 0.9 },
];

/** The bones between knee and ankle on the right; the knee's joint line at y = 435, the ankle's at y = 804. */
export const lowerLeg = (build: Build): { readonly bones: Bone[]; readonly places: [string, Place][] } => {
  const tibia = shaft(tibiaSections);
  const fibula = shaft(fibulaSections);
  return {
    bones: [
      bone(
        "tibia",
        [
          shaftPiece(tibia, build.cortex),
          solid(ellipsoid([28, 439, -3], [5, 6, 6]), 1, 1),
          solid(ellipsoid([17, 440, -4], [5, 5, 6]), 1, 1),
          solid(ellipsoid([21, 478, 20], [8, 15, 6]), 1.4, 0.8),
          solid(ellipsoid([38, 803, 2], [6, 13, 11]), 1.2, 0.9),
        ],
        {
          plates: [
            { centre: [22, 459, -2], normal: [0, 1, 0], radius: 50 },
            { centre: [20, 790, 0], normal: [0, 1, 0], radius: 30 },
          ],
        },
      ),
      bone("fibula", [shaftPiece(fibula, build.cortex)], {
        step: 0.9,
        plates: [
          { centre: [-16, 469, -18], normal: [0, 1, 0], radius: 14 },
          { centre: [-10, 796, -5], normal: [0, 1, 0], radius: 14 },
        ],
      }),
      bone("patella", [solid(ellipsoid([21, 402, 38], [21, 21, 9]), 1.1, 0.7)]),
    ],
    places: [
      ...placesOnShaft("tibia", tibia, [
        ["tibia proximal epiphysis", 449, 436],
        ["tibia proximal epi-metaphysis", 458, 436],
        ["tibia proximal metaphysis", 485, 436],
        ["tibia proximal meta-diaphysis", 530, 436],
        ["tibia diaphysis", 630, 436],
        ["tibia distal meta-diaphysis", 735, 804],
        ["tibia distal metaphysis", 766, 804],
        ["tibia distal epi-metaphysis", 786, 804],
      ]),
      ...placesOnShaft("fibula", fibula, [
        ["fibula proximal metaphysis", 482, 447],
        ["fibula diaphysis", 620, 447],
        ["fibula distal metaphysis", 778, 826],
      ]),
      ["patella", { bone: "patella", point: [21, 402, 38], towardsJoint: [0, 1, 0], halfWidth: 14, toEnd: 20 }],
    ],
  };
};
