/** Losses on logits, with PyTorch's names, defaults and normalisation. Each is a scalar to be minimised. */

import type { Value } from "../engine/graph.ts";
import {
  add,
  divide,
  isPositive,
  logSoftmax,
  maximum,
  multiply,
  negate,
  oneHot,
  power,
  reduceMean,
  reduceSum,
  scale,
  sigmoid,
  softplus,
  subtract,
} from "../engine/ops.ts";

/** Options of the cross-entropy. */
export interface CrossEntropyOptions {
  /** One weight per class, K in all; each 1 by default. */
  readonly weight?: readonly number[];
  /** Share of the target spread evenly over all classes, in [0, 1); 0 by default. */
  readonly labelSmoothing?: number;
}

/**
 * torch.nn.CrossEntropyLoss(reduction="mean"): the weighted mean divides by the summed weights of the targets, not by N.
 *
 * @param logits [N, K]
 * @param labels [N], int64 in [0, K)
 * @returns a scalar; not a number where a label is K or more, which PyTorch refuses
 */
export const crossEntropy = (
  logits: Value,
  labels: Value,
  { weight, labelSmoothing = 0 }: CrossEntropyOptions = {},
): Value => {
  const { graph } = logits;
  const classes = logits.shape[1]!;
  const weights = graph.constant(weight ?? new Array<number>(classes).fill(1), [1, classes]);
  const chosen = oneHot(labels, classes); // [N, K], a row of zeros for a label that is none
  const target = multiply(chosen, weights);
  const spread = graph.constant([labelSmoothing / classes], [1, 1]);
  const blended = add(scale(target, 1 - labelSmoothing), multiply(weights, spread));
  const total = reduceSum(multiply(blended, logSoftmax(logits)), [0, 1]);
  const loss = divide(negate(total), reduceSum(target, [0, 1]));
  // The root of 0, or of a negative number: a graph cannot throw, but a loss that is no number is seen.
  const missing = subtract(reduceSum(chosen, [0, 1]), graph.scalar(labels.shape[0]!));
  return add(loss, power(missing, 0.5));
};

const everyAxis = (x: Value): number[] => x.shape.map((_, axis) => axis);

const oneMinus = (x: Value): Value => subtract(x.graph.scalar(1), x);

/** Options of the binary cross-entropy. */
export interface BinaryCrossEntropyOptions {
  /** Weight of the positives; 1 by default, above it favours recall. */
  readonly posWeight?: number;
}

/**
 * torch.nn.BCEWithLogitsLoss(reduction="mean"), stable for logits of any size.
 *
 * @param logits any shape
 * @param targets the same shape, in [0, 1]
 */
export const binaryCrossEntropy = (
  logits: Value,
  targets: Value,
  { posWeight = 1 }: BinaryCrossEntropyOptions = {},
): Value => reduceMean(elementwiseCrossEntropy(logits, targets, posWeight), everyAxis(logits));

/** (1 - t) x + (1 + (w - 1) t) log(1 + exp(-x)) */
const elementwiseCrossEntropy = (logits: Value, targets: Value, posWeight: number): Value => {
  const missed = softplus(negate(logits));
  const weighted =
    posWeight === 1 ? missed : multiply(add(scale(targets, posWeight - 1), logits.graph.scalar(1)), missed);
  return add(multiply(oneMinus(targets), logits), weighted);
};

/** Options of the Dice loss, with the defaults of segmentation_models.pytorch. */
export interface DiceOptions {
  /** Added to numerator and denominator; 0 by default. */
  readonly smooth?: number;
  /** The least denominator; 1e-7 by default. */
  readonly eps?: number;
}

/**
 * Dice loss of sigmoid outputs (Milletari et al., 2016) as segmentation_models.pytorch counts it: per class over the batch
 * and all pixels, then the mean over the classes. A class without one true pixel in the batch adds nothing.
 *
 * @param logits [N, K, H, W]
 * @param targets [N, K, H, W], 0 or 1
 */
export const diceLoss = (logits: Value, targets: Value, { smooth = 0, eps = 1e-7 }: DiceOptions = {}): Value => {
  const { graph } = logits;
  const probabilities = sigmoid(logits);
  const perClass = (x: Value): Value => reduceSum(x, [0, 2, 3]); // [K]
  const intersection = perClass(multiply(probabilities, targets));
  const truth = perClass(targets);
  const cardinality = add(perClass(probabilities), truth);
  const score = divide(
    add(scale(intersection, 2), graph.scalar(smooth)),
    maximum(add(cardinality, graph.scalar(smooth)), graph.scalar(eps)),
  );
  const isThere = graph.untaped(() => isPositive(truth));
  return reduceMean(multiply(oneMinus(score), isThere), [0]);
};

/** Options of the focal loss, with the defaults of Lin et al. and torchvision. */
export interface FocalOptions {
  /** Weight of the positives, 1 - alpha that of the negatives; 0.25 by default, below 0 all weigh 1. */
  readonly alpha?: number;
  /** How much sure elements count less: the power of 1 - p; 2 by default, 0 is cross-entropy. */
  readonly gamma?: number;
}

/**
 * Sigmoid focal loss (Lin et al., 2017), the mean over all elements: torchvision.ops.sigmoid_focal_loss.
 *
 * @param logits any shape
 * @param targets the same shape, 0 or 1
 */
export const focalLoss = (logits: Value, targets: Value, { alpha = 0.25, gamma = 2 }: FocalOptions = {}): Value => {
  const crossEntropies = elementwiseCrossEntropy(logits, targets, 1);
  const probabilities = sigmoid(logits);
  // 1 - p of the true side
  const doubt = add(multiply(oneMinus(probabilities), targets), multiply(probabilities, oneMinus(targets)));
  const focused = multiply(crossEntropies, power(doubt, gamma));
  const balance = alpha < 0 ? undefined : add(scale(targets, 2 * alpha - 1), logits.graph.scalar(1 - alpha));
  return reduceMean(balance ? multiply(focused, balance) : focused, everyAxis(logits));
};
