import { expect, test } from "vitest";
import { EarlyStopping } from "./early-stopping.ts";
import { cosineLr, stepLr, warmUp } from "./schedules.ts";

test("the step schedule falls by gamma after every stepSize steps", () => {
  const lr = stepLr({ lr: 0.1, stepSize: 30 });
  expect([0, 29, 30, 60].map(lr)).toEqual([0.1, 0.1, 0.1 * 0.1, 0.1 * 0.1 ** 2]);
});

test("the cosine schedule gives PyTorch's values", () => {
  // torch.optim.lr_scheduler.CosineAnnealingLR(T_max=4, eta_min=0.01) from 0.1
  const lr = cosineLr({ lr: 0.1, steps: 4, etaMin: 0.01 });
  const expected = [0.1, 0.0868198, 0.055, 0.0231802, 0.01];
  for (const [step, value] of expected.entries()) expect(lr(step)).toBeCloseTo(value, 6);
  expect(lr(9)).toBeCloseTo(0.01, 12);
});

test("a warmed-up cosine rises, peaks and falls to nothing", () => {
  const lr = warmUp(cosineLr({ lr: 0.1, steps: 100 }), 10);
  expect(lr(0)).toBeLessThan(0.02);
  expect(lr(10)).toBeCloseTo(0.0976, 3);
  expect(lr(99)).toBeLessThan(1e-4);
});

test("no warm-up changes nothing", () => {
  expect(warmUp(stepLr({ lr: 1, stepSize: 5 }), 0)(0)).toBe(1);
});

test("early stopping waits its patience out and remembers the best epoch", () => {
  const stopping = new EarlyStopping({ patience: 2 });
  const told = [0.5, 0.4, 0.45, Number.NaN].map((loss) => [stopping.update(loss), stopping.isOver]);
  expect(told).toEqual([
    [true, false],
    [true, false],
    [false, false],
    [false, true],
  ]);
  expect(stopping.best).toEqual({ value: 0.4, epoch: 1 });
});

test("a score must rise by more than minDelta to count", () => {
  const stopping = new EarlyStopping({ patience: 1, minDelta: 0.1, mode: "max" });
  expect([0.5, 0.55, 0.7].map((score) => stopping.update(score))).toEqual([true, false, true]);
});
