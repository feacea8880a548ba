/** The hand with the wrist, palm to the detector: fingers point down the y axis as the arm does. */
import { shaft } from "../geometry/shaft.ts";
import { ellipsoid, rod } from "../geometry/shape.ts";
import { add, type Vector } from "../geometry/vector.ts";
import { type Bone, type Build, bone, type Place, type Skeleton, shaftPiece, solid } from "./skeleton.ts";
import { tubularBone } from "./tubular-bone.ts";

/** Thumb to little finger: base of the metacarpal, lean, lengths of metacarpal and phalanges, half-width. */
const rays: readonly (readonly [base: Vector, lean: number, lengths: readonly number[], half: number])[] = [
  [[-25, 33, 8], -0.62, [44, 30, 22], 4.9],
  [[-13, 36, 2], -0.16, [66, 40, 24, 18], 4.7],
  [[-2, 37, 2], -0.03, [64, 44, 28, 19], 4.6],
  [[8, 37, 2], 0.1, [57, 41, 26, 18], 4.1],
  [[17, 37, 1], 0.24, [53, 32, 19, 16], 4],
];

const names = ["thumb", "index", "middle", "ring", "little"];

/** Two rows of carpal bones below the forearm, in a frame whose origin is the middle of the wrist. */
export const carpals = (x: number, y: number, z: number): Bone[] => {
  const block = (name: string, dx: number, dy: number, half: readonly [number, number]) =>
    bone(name, [solid(ellipsoid([x + dx, y + dy, z], [half[0], half[1], 8]), 0.9, 1)], { step: 1 });
  return [
    block("scaphoid", -13, 10, [8, 10]),
    block("lunate", 1, 9, [8, 7]),
    block("triquetrum", 14, 11, [7, 7]),
    block("trapezium", -19, 26, [8, 7]),
    block("trapezoid", -8, 27, [6, 7]),
    block("capitate", 2, 24, [7, 11]),
    block("hamate", 13, 26, [8, 9]),
  ];
};

/** One bone of a finger, with its neighbour in the ray. */
interface RayBone {
  readonly ray: number;
  readonly joint: number;
  readonly from: Vector;
  readonly bone: Bone;
  readonly place: Place;
  readonly next: Vector;
}

/** The metacarpals and phalanges, hung from the middle of the wrist. */
export const rayBones = (build: Build, wrist: Vector): RayBone[] =>
  rays.flatMap(([base, lean, lengths, half], ray) => {
    let from = add(base, wrist);
    return lengths.map((length, joint): RayBone => {
      const tube = tubularBone({
        name: `${names[ray]} bone ${joint + 1}`,
        from,
        direction: [lean * (joint === 0 ? 1 : ray === 0 ? 0.6 : 0.55), 1, 0],
        length,
        half: half * [1, 0.9, 0.76, 0.62][joint]!,
        build,
        plateAt: ray === 0 || joint > 0 ? 0.1 : 0.9,
      });
      const here = { ray, joint, from, ...tube };
      from = tube.next;
      return here;
    });
  });

/** The right hand. */
export const hand = (build: Build): Skeleton => {
  const fingers = rayBones(build, [0, 0, 0]);
  const places: [string, Place][] = fingers.flatMap(({ ray, joint, place }): [string, Place][] => {
    if (joint === 0) return [[`metacarpal ${names[ray]}`, place]];
    if (joint === 1) return [[`proximal phalanx ${names[ray]}`, place]];
    return joint === 2 && ray > 0 ? [[`middle phalanx ${names[ray]}`, place]] : [];
  });
  const soft = fingers.map(({ joint, from, next }) => {
    const radius = (9.2 - joint * 0.7) * build.soft;
    return {
      density: 0.55,
      shape: rod([
        [...from, radius],
        [...next, radius - 0.6],
      ]),
    };
  });
  const forearm = (name: string, x: number, half: number) =>
    bone(
      name,
      [
        shaftPiece(
          shaft([
            { at: -110, centre: [x, 2], half: [half * 0.5, half * 0.5], cortex: 2.8, spongy: 0.1 },
            { at: -50, centre: [x, 2], half: [half * 0.55, half * 0.5], cortex: 2.2, spongy: 0.2 },
            { at: -22, centre: [x, 2], half: [half * 0.86, half * 0.6], cortex: 1.2, spongy: 0.8 },
            { at: -8, centre: [x, 2], half: [half, half * 0.68], cortex: 1, spongy: 1 },
            { at: -1, centre: [x, 2], half: [half * 0.85, half * 0.6], cortex: 1.2, spongy: 1 },
          ]),
          build.cortex,
        ),
      ],
      { step: 0.9, plates: [{ centre: [x, -13, 2], normal: [0, 1, 0], radius: 1.4 * half }] },
    );
  const wide = build.soft;
  return {
    bones: [
      ...fingers.map((finger) => finger.bone),
      forearm("distal radius", -12, 15.5),
      forearm("distal ulna", 13, 8),
      ...carpals(0, 0, 2),
    ],
    places: new Map(places),
    soft: [
      ...soft,
      {
        density: 0.9,
        shape: shaft([
          { at: -110, centre: [-1, 2], half: [32 * wide, 24 * wide] },
          { at: -10, centre: [0, 2], half: [30 * wide, 18 * wide] },
          { at: 30, centre: [-1, 2], half: [38 * wide, 15 * wide] },
          { at: 80, centre: [1, 2], half: [40 * wide, 12 * wide] },
          { at: 100, centre: [2, 2], half: [40 * wide, 7 * wide] },
          { at: 116, centre: [2, 2], half: [36 * wide, 1] },
        ]),
      },
    ],
  };
};
