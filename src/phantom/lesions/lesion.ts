/**
 * What a tumour is to the renderer: a change of the bone's surface and of the tissue at a point, in the lesion's own frame:
 * `along` the bone towards the nearest joint, `out` of the bone, `around` across both; millimetres from its centre.
 */
import type { Random } from "../../numeric/random.ts";
import type { Noise } from "../noise.ts";

/** What the lesion's maker may know of the place it grows in. */
export interface LesionSite {
  readonly random: Random;
  readonly noise: Noise;
  /** Half the width of the bone, mm. */
  readonly halfWidth: number;
  /** Distance from the place on the axis to the end of the bone, mm. */
  readonly toEnd: number;
  /** From the bone's axis to its surface in the direction `out`, mm. */
  readonly toSurface: number;
  /** Whether the bone is short or flat, so that a lesion must be small or may be round. */
  readonly kind: "long" | "small" | "flat";
}

/** The tissue at one point; a lesion changes `mineral`, `trabecular`, `soft` and `member`. */
export interface Sample {
  along: number;
  out: number;
  around: number;
  /** Distance to the bone's surface as it was before the tumour, negative inside, mm. */
  bare: number;
  /** Distance to the surface with the tumour's growth. */
  distance: number;
  cortex: number;
  spongy: number;
  step: number;
  /** Share of compact bone's mineral, 0 to 1. */
  mineral: number;
  /** How much of the trabecular pattern shows, 0 to 1. */
  trabecular: number;
  /** Tumour tissue denser than the soft tissue it displaces, 0 to 1. */
  soft: number;
  /** Whether the point belongs to the tumour, 0 to 1: what the mask shows. */
  member: number;
}

/** A tumour ready to be drawn. */
export interface Lesion {
  /** Where its centre lies from the place on the axis: along, out, around. */
  readonly centre: readonly [along: number, out: number, around: number];
  /** Nothing changes farther than this from the centre, mm. */
  readonly reach: number;
  /** The bone's surface with the tumour; `sample.bare` is the surface without. */
  reshape?(sample: Sample): number;
  /** At least how far it is to tissue the tumour changes outside the bone, mm; without it there is none outside `reshape`. */
  clearance?(sample: Sample): number;
  /** How far the bone's axis is bent outwards at a distance along it, mm. */
  bow?(along: number): number;
  /** Changes the tissue. */
  change(sample: Sample): void;
}

/** A rounded lump: positive inside, in millimetres; `rough` millimetres of irregular outline, `grain` its wave length. */
export const lump = (
  noise: Noise,
  half: readonly [along: number, out: number, around: number],
  outline: { readonly rough: number; readonly grain: number },
): ((along: number, out: number, around: number) => number) => {
  const [a, b, c] = half;
  const smallest = Math.min(a, b, c);
  const { rough, grain } = outline;
  return (along, out, around) => {
    const x = along / a;
    const y = out / b;
    const z = around / c;
    const k0 = Math.sqrt(x * x + y * y + z * z);
    if (k0 < 1e-6) return smallest;
    const k1 = Math.sqrt((x * x) / (a * a) + (y * y) / (b * b) + (z * z) / (c * c));
    const inside = (k0 * (1 - k0)) / k1;
    return inside < -3 * rough ? inside : inside + rough * noise.at(along / grain, out / grain, around / grain);
  };
};
