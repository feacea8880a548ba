/** What a network is trained towards: which targets a batch brings, and the loss on them. */

import type { Value } from "../engine/graph.ts";
import { type CrossEntropyOptions, crossEntropy } from "./losses.ts";

/** The loss of a network's outputs. It declares the targets as inputs of the graph by the names that a batch gives them. */
export type Objective<Output extends string = string> = (outputs: Readonly<Record<Output, Value>>) => Value;

/** Cross-entropy of `logits` [N, K] against the target `labels`, int64 [N]. */
export const classification =
  (options: CrossEntropyOptions = {}): Objective<"logits"> =>
  ({ logits }) =>
    crossEntropy(logits, logits.graph.input("labels", [logits.shape[0]!], "int64"), options);

/**
 * Any loss of `logits` [N, K, H, W] against the target `masks`, float32 of the same shape.
 *
 * @example
 * const objective = segmentation((logits, masks) => diceLoss(logits, masks));
 */
export const segmentation =
  (loss: (logits: Value, masks: Value) => Value): Objective<"logits"> =>
  ({ logits }) =>
    loss(logits, logits.graph.input("masks", logits.shape));
