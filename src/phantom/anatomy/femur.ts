/** The femur: head, neck, trochanters, shaft with its lean to the midline, and the two condyles. */
import { type Section, shaft } from "../geometry/shaft.ts";
import { ellipsoid, rod } from "../geometry/shape.ts";
import { type Bone, type Build, bone, type Place, placesOnShaft, shaftPiece, solid } from "./skeleton.ts";

const sections: readonly Section[] = [
  { at: 6, centre: [-9, -4], half: [7, 8], cortex: 1.2, spongy: 0.8 },
  { at: 16, centre: [-8, -3], half: [14, 15], cortex: 1.2, spongy: 0.8 },
  { at: 38, centre: [-4, -1], half: [22, 19], cortex: 1.6, spongy: 0.8 },
  { at: 62, centre: [0, 0], half: [20, 17], cortex: 2.4, spongy: 0.7 },
  { at: 95, centre: [2, 1], half: [16, 15], cortex: 4.5, spongy: 0.35 },
  { at: 150, centre: [5, 3], half: [13.5, 13.5], cortex: 6.5, spongy: 0.08 },
  { at: 230, centre: [9, 4], half: [13, 13.5], cortex: 7, spongy: 0.05 },
  { at: 300, centre: [13, 3], half: [14.5, 14.5], cortex: 5, spongy: 0.12 },
  { at: 345, centre: [17, 1], half: [19, 17], cortex: 3, spongy: 0.4 },
  { at: 380, centre: [20, -1], half: [28, 21], cortex: 1.6, spongy: 0.75 },
  { at: 402, centre: [22, -3], half: [38, 23], cortex: 1.2, spongy: 0.95 },
  { at: 416, centre: [22, -6], half: [26, 14], cortex: 1.2, spongy: 1 },
];

/** The right femur; the head's centre at (40, 22, 2), the knee's joint line at y = 433. */
export const femur = (build: Build): { readonly bone: Bone; readonly places: [string, Place][] } => {
  const shape = shaft(sections);
  return {
    bone: bone(
      "femur",
      [
        shaftPiece(shape, build.cortex),
        solid(ellipsoid([40, 22, 2], [23.5, 23.5, 23.5]), 1.2, 1),
        solid(
          rod([
            [38, 24, 2, 15],
            [22, 36, 1, 15],
            [4, 52, 0, 18],
          ]),
          2,
          0.85,
        ),
        solid(ellipsoid([17, 76, -9], [9, 12, 8]), 1.5, 0.8),
        solid(ellipsoid([21, 399, 9], [26, 19, 17]), 1.2, 1),
        solid(ellipsoid([43, 411, -7], [17, 22, 30]), 1.2, 1),
        solid(ellipsoid([2, 410, -5], [17.5, 21, 30]), 1.2, 1),
      ],
      {
        plates: [
          { centre: [20, 402, -3], normal: [0.02, 1, 0], radius: 55 },
          { centre: [32, 29, 2], normal: [0.72, -0.68, 0], radius: 24 },
        ],
      },
    ),
    places: placesOnShaft("femur", shape, [
      ["femur proximal metaphysis", 58, 6],
      ["femur proximal meta-diaphysis", 95, 6],
      ["femur diaphysis", 225, 433],
      ["femur distal meta-diaphysis", 325, 433],
      ["femur distal metaphysis", 370, 433],
      ["femur distal epi-metaphysis", 400, 433],
      ["femur distal epiphysis", 412, 433],
    ]),
  };
};
