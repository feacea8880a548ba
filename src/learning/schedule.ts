/** Learning rates over a training run. */

/** A linear rise over the first share of the steps, then a half cosine to zero (Loshchilov and Hutter, 2017). */
export interface CosineSchedule {
  readonly lr: number;
  readonly steps: number;
  /** Share of the steps that warm up, in [0, 1). */
  readonly warmup?: number;
}

/** The learning rate of a step, counted from 0. */
export const cosineLr = (step: number, { lr, steps, warmup = 0.05 }: CosineSchedule): number => {
  const rising = Math.max(1, Math.floor(steps * warmup));
  return lr * Math.min(1, (step + 1) / rising) * 0.5 * (1 + Math.cos((Math.PI * step) / steps));
};
