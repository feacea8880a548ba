/** The lumbar spine with the lower ribs. */
import { shaft } from "../geometry/shaft.ts";
import { ellipsoid, rod } from "../geometry/shape.ts";
import { type Bone, type Build, bone, type Skeleton, shaftPiece, solid } from "./skeleton.ts";

const vertebra = (index: number, build: Build): Bone => {
  const top = -100 + 38 * index;
  const wide = 20 + 1.2 * index;
  const z = 14 * Math.sin((index - 1) / 1.6);
  const body = shaft([
    { at: top, centre: [0, z], half: [wide + 1, 16], cortex: 1.3, spongy: 0.9 },
    { at: top + 3, centre: [0, z], half: [wide + 2.5, 17.5], cortex: 1, spongy: 0.8 },
    { at: top + 14, centre: [0, z], half: [wide - 2, 15], cortex: 1, spongy: 0.75 },
    { at: top + 25, centre: [0, z], half: [wide + 2.5, 17.5], cortex: 1, spongy: 0.8 },
    { at: top + 28, centre: [0, z], half: [wide + 1, 16], cortex: 1.3, spongy: 0.9 },
  ]);
  const pieces = [
    shaftPiece(body, build.cortex),
    solid(
      rod([
        [0, top + 16, z - 34, 3.5],
        [0, top + 26, z - 62, 5],
      ]),
      1,
      0.5,
    ),
  ];
  for (const side of [-1, 1]) {
    pieces.push(
      solid(
        rod([
          [side * 14, top + 9, z - 12, 6],
          [side * 15, top + 10, z - 28, 6],
        ]),
        1.8,
        0.5,
      ),
      solid(
        rod([
          [side * 17, top + 11, z - 26, 4],
          [side * 46, top + 8, z - 30, 3],
        ]),
        1,
        0.4,
      ),
      solid(
        rod([
          [side * 16, top - 2, z - 32, 5],
          [side * 13, top + 32, z - 34, 6],
          [0, top + 20, z - 38, 4],
        ]),
        1.2,
        0.5,
      ),
    );
  }
  return bone(`lumbar vertebra ${index + 1}`, pieces, { blend: 3, step: 1.4 });
};

/** The lumbar spine. */
export const spine = (build: Build): Skeleton => ({
  bones: [
    ...Array.from({ length: 6 }, (_, index) => vertebra(index, build)),
    ...[-1, 1].map((side) =>
      bone(`rib ${side}`, [
        solid(
          rod([
            [side * 24, -92, -26, 4.5],
            [side * 70, -70, -50, 4.5],
            [side * 105, -35, -20, 4.5],
          ]),
          1,
          0.4,
        ),
      ]),
    ),
  ],
  places: new Map([
    [
      "third lumbar vertebra",
      {
        bone: "lumbar vertebra 3",
        point: [6, -10, 8],
        towardsJoint: [0, 1, 0],
        halfWidth: 16,
        toEnd: 13,
      },
    ],
    [
      "fourth lumbar vertebra",
      {
        bone: "lumbar vertebra 4",
        point: [-7, 28, 12],
        towardsJoint: [0, 1, 0],
        halfWidth: 16,
        toEnd: 13,
      },
    ],
  ]),
  soft: [{ density: 1, shape: ellipsoid([0, 0, 30], [150 * build.soft, 320, 105 * build.soft]) }],
});
