/** Losses, with PyTorch's names, defaults and normalisation. */

import type { Value } from "../engine/graph.ts";
import { add, divide, logSoftmax, multiply, negate, oneHot, reduceSum, scale } from "../engine/ops.ts";

/** Options of the cross-entropy. */
export interface CrossEntropyOptions {
  /** One weight per class; all 1 by default. */
  readonly weight?: readonly number[];
  /** Share of the target spread evenly over all classes, in [0, 1). */
  readonly labelSmoothing?: number;
}

/**
 * torch.nn.CrossEntropyLoss(reduction="mean"): the weighted mean divides by the summed weights of the targets, not by N.
 *
 * @param logits [N, K]
 * @param labels [N], integers in [0, K)
 * @returns a scalar
 */
export const crossEntropy = (
  logits: Value,
  labels: Value,
  { weight, labelSmoothing = 0 }: CrossEntropyOptions = {},
): Value => {
  const { graph } = logits;
  const classes = logits.shape[1]!;
  const weights = graph.constant(weight ?? new Array<number>(classes).fill(1), [1, classes]);
  const target = multiply(oneHot(labels, classes), weights); // [N, K]
  const spread = graph.constant([labelSmoothing / classes], [1, 1]);
  const blended = add(scale(target, 1 - labelSmoothing), multiply(weights, spread));
  const total = reduceSum(multiply(blended, logSoftmax(logits)), [0, 1]);
  return divide(negate(total), reduceSum(target, [0, 1]));
};
