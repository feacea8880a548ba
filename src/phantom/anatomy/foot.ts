/** The foot, flattened to the picture as in a dorsoplantar radiograph: toes down, heel up. */
import { shaft } from "../geometry/shaft.ts";
import { ellipsoid, rod } from "../geometry/shape.ts";
import type { Vector } from "../geometry/vector.ts";
import { type Bone, type Build, bone, type Place, type Skeleton, solid } from "./skeleton.ts";
import { tubularBone } from "./tubular-bone.ts";

/** Hind foot as it is seen under the ankle: talus, heel bone and the row before them, in the leg's frame. */
export const hindFoot = (): Bone[] => [
  bone("talus", [
    solid(ellipsoid([20, 819, 4], [20, 14, 25]), 1.2, 1),
    solid(ellipsoid([20, 826, 2], [24, 10, 20]), 1.2, 1),
    solid(ellipsoid([22, 826, 30], [13, 11, 14]), 1, 1),
  ]),
  bone("calcaneus", [
    solid(
      rod([
        [16, 846, 28, 11],
        [17, 848, -5, 14],
        [18, 850, -36, 17],
      ]),
      1,
      0.5,
    ),
  ]),
  bone("tarsals", [
    solid(ellipsoid([25, 836, 52], [15, 12, 8]), 1, 1),
    solid(ellipsoid([8, 848, 56], [10, 11, 12]), 1, 1),
    solid(ellipsoid([25, 842, 70], [14, 10, 8]), 1, 1),
  ]),
];

/** The five rays: base of the metatarsal, its direction, and the lengths of metatarsal and phalanges. */
const rays: readonly (readonly [base: Vector, lean: number, lengths: readonly number[], half: number])[] = [
  [[26, 2, 6], 0.1, [58, 30, 22], 7.2],
  [[12, -2, 9], 0.03, [68, 27, 12, 8], 4.6],
  [[1, 2, 8], -0.03, [64, 25, 11, 8], 4.4],
  [[-10, 8, 5], -0.09, [62, 23, 9, 8], 4.3],
  [[-22, 14, 1], -0.16, [60, 21, 8, 7], 4.6],
];

/** The right foot. */
export const foot = (build: Build): Skeleton => {
  const bones: Bone[] = [];
  const places: [string, Place][] = [];
  rays.forEach(([base, lean, lengths, half], ray) => {
    let from = base;
    lengths.forEach((length, joint) => {
      const direction: Vector = [lean, 1, joint === 0 ? -0.2 : -0.04];
      const tube = tubularBone({
        name: `foot ray ${ray + 1} bone ${joint + 1}`,
        from,
        direction,
        length,
        half: half * [1, 0.86, 0.76, 0.6][joint]!,
        build,
        plateAt: ray === 0 || joint > 0 ? 0.1 : 0.9,
      });
      bones.push(tube.bone);
      if (joint === 0) places.push([`metatarsal ${ray + 1}`, tube.place]);
      if (joint === 1) places.push([`toe ${ray + 1}`, tube.place]);
      from = tube.next;
    });
  });
  const block = (centre: Vector, radii: Vector) => solid(ellipsoid(centre, radii), 1, 1);
  bones.push(
    bone(
      "cuneiforms",
      [block([26, -12, 8], [9, 12, 13]), block([11, -13, 12], [7, 9, 11]), block([0, -10, 10], [7, 10, 11])],
      { blend: 1 },
    ),
    bone("cuboid", [block([-15, -10, 4], [12, 17, 11])]),
    bone("navicular", [block([17, -33, 12], [18, 8, 12])]),
    bone("talus", [block([15, -58, 20], [16, 19, 14]), block([13, -82, 18], [17, 20, 13])]),
    bone("calcaneus", [
      solid(
        rod([
          [-8, -42, 0, 13],
          [-2, -80, -4, 15],
          [2, -112, -8, 17],
        ]),
        1.2,
        0.8,
      ),
    ]),
  );
  places.push([
    "calcaneus",
    { bone: "calcaneus", point: [-3, -78, -4], towardsJoint: [0, 1, 0], halfWidth: 14, toEnd: 40 },
  ]);
  const thick = build.soft;
  const soft = (at: number, x: number, z: number, centre: readonly [number, number]) => ({
    at,
    centre,
    half: [x * thick, z * thick] as const,
  });
  return {
    bones,
    places: new Map(places),
    soft: [
      {
        density: 1,
        shape: shaft([
          soft(-140, 14, 12, [2, -4]),
          soft(-125, 30, 28, [2, -2]),
          soft(-70, 36, 34, [4, 6]),
          soft(0, 46, 26, [2, 4]),
          soft(60, 50, 16, [4, -4]),
          soft(78, 49, 12, [4, -10]),
          soft(98, 30, 9, [8, -12]),
        ]),
      },
      ...rays.map(([base, lean, lengths, half]) => {
        const length = lengths.reduce((sum, value) => sum + value + 2, 0);
        const end: Vector = [base[0] + lean * length, base[1] + length, base[2] - 0.2 * lengths[0]! - 3];
        const start: Vector = [base[0] + lean * 60, base[1] + 60, base[2] - 14];
        const radius = (half + 3.5) * thick;
        return {
          density: 0.9,
          shape: rod([
            [...start, radius * 0.6],
            [...end, radius * 0.8],
          ]),
        };
      }),
    ],
  };
};
