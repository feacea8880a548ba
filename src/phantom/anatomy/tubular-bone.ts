/** A short tubular bone, as in hand and foot: flared base, slim waist, round head. */
import { shaft } from "../geometry/shaft.ts";
import { add, unit, type Vector } from "../geometry/vector.ts";
import { type Bone, type Build, bone, type Place, shaftPiece } from "./skeleton.ts";

/** Where the bone is and how big. */
export interface TubularBoneOptions {
  readonly name: string;
  readonly from: Vector;
  readonly direction: Vector;
  readonly length: number;
  /** Half the width of the waist, mm. */
  readonly half: number;
  readonly build: Build;
  /** Where along the bone, 0 to 1, its growth plate lies. */
  readonly plateAt: number;
}

/** The bone, the place in its middle, and where the next bone of the ray starts. */
export const tubularBone = (
  options: TubularBoneOptions,
): { readonly bone: Bone; readonly place: Place; readonly next: Vector } => {
  const { name, from, length, half, build, plateAt } = options;
  const direction = unit(options.direction);
  const at = (share: number, width: number, cortex: number, spongy: number) => ({
    at: share * length,
    centre: [0, 0] as const,
    half: [half * width, half * width * 0.88] as const,
    cortex: cortex * half,
    spongy,
  });
  const shape = shaft(
    [
      at(0, 1.25, 0.12, 1),
      at(0.06, 1.5, 0.13, 0.9),
      at(0.22, 1.1, 0.3, 0.5),
      at(0.5, 0.86, 0.42, 0.15),
      at(0.76, 1.02, 0.28, 0.5),
      at(0.9, 1.38, 0.13, 0.9),
      at(0.97, 1.2, 0.12, 1),
      at(1, 0.7, 0.12, 1),
    ],
    { origin: from, direction },
  );
  return {
    bone: bone(name, [shaftPiece(shape, build.cortex)], {
      step: Math.max(0.5, half / 8),
      plates: [{ centre: add(from, direction, plateAt * length), normal: direction, radius: 2.2 * half }],
    }),
    place: {
      bone: name,
      point: add(from, direction, length / 2),
      towardsJoint: direction,
      halfWidth: half,
      toEnd: length / 2,
    },
    next: add(from, direction, length + 1.8),
  };
};
