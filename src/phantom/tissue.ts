/** How much bone mineral there is at a depth below a bone's surface. */

/** Mineral of full cancellous bone, as a share of compact bone. */
export const cancellousMineral = 0.2;

/** A step from 0 (value far below zero) to 1, linear over `width` millimetres. */
export const edge = (value: number, width: number): number => {
  const t = 0.5 + value / width;
  return t < 0 ? 0 : Math.min(t, 1);
};

/** What of a bone lies at a point. */
export interface BoneDepth {
  /** Signed distance to the surface, negative inside, mm. */
  readonly distance: number;
  /** Thickness of the compact bone, mm. */
  readonly cortex: number;
  /** Share of full cancellous density, 0 to 1. */
  readonly spongy: number;
  /** Length over which edges are softened, mm. */
  readonly step: number;
}

/** Mineral as a share of compact bone, 0 to 1. */
export const boneMineral = (depth: BoneDepth): number => {
  const inside = edge(-depth.distance, depth.step);
  if (inside === 0) return 0;
  const inner = edge(-depth.distance - depth.cortex, Math.max(depth.step, 0.35 * depth.cortex));
  return inside - inner * (1 - depth.spongy * cancellousMineral);
};
