/** How often the largest logit is that of the label. */

import type { FloatTensor } from "../engine/tensor.ts";

/**
 * Of several largest logits the first counts.
 *
 * @param logits [N, classes], the rows in the order of the labels
 */
export const countHits = ({ shape, data }: FloatTensor, labels: readonly number[]): number => {
  const classes = shape[1]!;
  return labels.filter((label, i) => {
    const row = data.subarray(i * classes, (i + 1) * classes);
    return row.indexOf(Math.max(...row)) === label;
  }).length;
};
