/**
 * What an anatomy is made of: bones as unions of shapes with compact and cancellous bone, the soft tissue around them, and
 * the named places where a tumour may sit. Measured in millimetres of a right-sided adult: x to the midline, y towards
 * the feet (or fingertips), z to the front.
 */
import type { BoneRows, Shaft } from "../geometry/shaft.ts";
import type { Shape } from "../geometry/shape.ts";
import type { Vector } from "../geometry/vector.ts";

/** A shape filled with bone. */
export interface BonePiece {
  readonly shape: Shape;
  /** Thickness of the compact bone, mm; with a `shaft`, a factor on what its sections say. */
  readonly cortex: number;
  /** Share of full cancellous density, 0 to 1; with a `shaft`, a factor. */
  readonly spongy: number;
  readonly shaft?: BoneRows | undefined;
}

/** A growth plate: a thin gap across a bone. */
export interface GrowthPlate {
  readonly centre: Vector;
  readonly normal: Vector;
  readonly radius: number;
}

/** One bone. */
export interface Bone {
  readonly name: string;
  readonly pieces: readonly BonePiece[];
  /** Width of the fillet between its pieces, mm. */
  readonly blend: number;
  /** Length of one step of integration through it, mm. */
  readonly step: number;
  /** Drawn only while the patient grows. */
  readonly plates: readonly GrowthPlate[];
}

/** A place for a tumour on a bone. */
export interface Place {
  readonly bone: string;
  /** On the bone's axis. */
  readonly point: Vector;
  /** Unit vector along the bone, towards the nearest joint. */
  readonly towardsJoint: Vector;
  /** Half the width of the bone there, mm. */
  readonly halfWidth: number;
  /** How far it is to the end of the bone, mm. */
  readonly toEnd: number;
}

/** Soft tissue: a shape whose inside attenuates like water times `density`; air in the lung is negative. */
export interface SoftPart {
  readonly shape: Shape;
  readonly density: number;
}

/** What is drawn as sharply as bone: metal and cement (as bone mineral), vessels and gas (as soft tissue, gas negative). */
export interface FinePart {
  readonly shape: Shape;
  /** Millimetres of compact bone's mineral, or of water, that one millimetre of it attenuates like. */
  readonly density: number;
  readonly like: "mineral" | "soft";
}

/** A part of the body that is drawn together. */
export interface Skeleton {
  readonly bones: readonly Bone[];
  readonly soft: readonly SoftPart[];
  readonly fine?: readonly FinePart[];
  readonly places: ReadonlyMap<string, Place>;
}

/** What of the patient changes every bone. */
export interface Build {
  /** Factor on the thickness of compact bone. */
  readonly cortex: number;
  /** Factor on the radius of the limbs' soft tissue. */
  readonly soft: number;
}

/** A piece with the same compact and cancellous bone everywhere. */
export const solid = (shape: Shape, cortex = 1.2, spongy = 1): BonePiece => ({
  shape,
  cortex,
  spongy,
  shaft: undefined,
});

/** A piece whose compact and cancellous bone follow a shaft's sections. */
export const shaftPiece = (shape: Shaft, cortexFactor: number): BonePiece => ({
  shape,
  cortex: cortexFactor,
  spongy: 1,
  shaft: shape,
});

/** A bone from its pieces. */
export const bone = (
  name: string,
  pieces: readonly BonePiece[],
  options: { readonly blend?: number; readonly step?: number; readonly plates?: readonly GrowthPlate[] } = {},
): Bone => ({ name, pieces, blend: options.blend ?? 6, step: options.step ?? 1.8, plates: options.plates ?? [] });

/** Places along a shaft: name, distance along the axis, and the joint that is nearer. */
export const placesOnShaft = (
  boneName: string,
  shape: Shaft,
  points: readonly (readonly [name: string, at: number, end: number])[],
): [string, Place][] =>
  points.map(([name, at, end]) => [
    name,
    {
      bone: boneName,
      point: shape.axisPoint(at),
      towardsJoint: end >= at ? shape.axis : [-shape.axis[0], -shape.axis[1], -shape.axis[2]],
      halfWidth: shape.halfWidth(at),
      toEnd: Math.abs(end - at),
    },
  ]);
