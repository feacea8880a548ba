/** How far two models agree on the same inputs, row by row of their outputs: one in floats and its integer form, say. */

import type { Tensor } from "../../engine/tensor.ts";
import { OsteonError } from "../../errors.ts";

const rowsOf = ({ shape, data }: Tensor): readonly number[][] => {
  const length = data.length / shape[0]!;
  const values = Array.from(data as ArrayLike<number>);
  return Array.from({ length: shape[0]! }, (_, row) => values.slice(row * length, (row + 1) * length));
};

const pairsOf = (a: Tensor, b: Tensor): readonly (readonly [number[], number[]])[] => {
  if (a.shape.join() !== b.shape.join()) {
    const shapes = `[${a.shape.join(", ")}] with [${b.shape.join(", ")}]`;
    throw new OsteonError("shape-mismatch", `Outputs of different shapes cannot be compared: ${shapes}.`);
  }
  const others = rowsOf(b);
  return rowsOf(a).map((row, i) => [row, others[i]!] as const);
};

const product = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * b[i]!, 0);

/**
 * The cosine between the two outputs of each row: float tensors [N, ...] to N numbers in [-1, 1], 1 for the same direction;
 * NaN for a row of zeros.
 *
 * @throws OsteonError `shape-mismatch` when the shapes differ
 */
export const rowCosines = (a: Tensor, b: Tensor): readonly number[] =>
  pairsOf(a, b).map(([left, right]) => product(left, right) / Math.sqrt(product(left, left) * product(right, right)));

/**
 * The share of rows, in [0, 1], whose largest value is at the same place in both: how often two classifiers name the same
 * class, for logits [N, K].
 *
 * @throws OsteonError `shape-mismatch` when the shapes differ
 */
export const sameLargest = (a: Tensor, b: Tensor): number => {
  const pairs = pairsOf(a, b);
  const placeOfLargest = (row: readonly number[]): number =>
    row.reduce((best, value, i) => (value > row[best]! ? i : best), 0);
  return pairs.filter(([left, right]) => placeOfLargest(left) === placeOfLargest(right)).length / pairs.length;
};
