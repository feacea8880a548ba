/** Learning rates over a training run, as functions of the step, counted from 0. */

/** The learning rate of a step. */
export type Schedule = (step: number) => number;

/** torch.optim.lr_scheduler.StepLR: lr * gamma^floor(step / stepSize); gamma is 0.1 by default. */
export const stepLr =
  ({ lr, stepSize, gamma = 0.1 }: { lr: number; stepSize: number; gamma?: number }): Schedule =>
  (step) =>
    lr * gamma ** Math.floor(step / stepSize);

/**
 * torch.optim.lr_scheduler.CosineAnnealingLR: half a cosine from `lr` at step 0 to `etaMin` (0 by
 * default) at `steps`, and `etaMin` from there on (Loshchilov and Hutter, 2017).
 *
 * @example
 * const rate = warmUp(cosineLr({ lr: 0.1, steps: 1000 }), 50);
 */
export const cosineLr =
  ({ lr, steps, etaMin = 0 }: { lr: number; steps: number; etaMin?: number }): Schedule =>
  (step) =>
    etaMin + (lr - etaMin) * 0.5 * (1 + Math.cos((Math.PI * Math.min(step, steps)) / steps));

/** Another schedule, its first `steps` steps scaled by a linear rise to 1. */
export const warmUp =
  (schedule: Schedule, steps: number): Schedule =>
  (step) =>
    schedule(step) * Math.min(1, (step + 1) / Math.max(1, steps));
