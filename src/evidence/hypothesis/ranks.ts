/** Ranks with ties, as the rank tests need them. */

/** The ranks of values, and how many share each tied rank. */
export interface Ranks {
  /** From 1; tied values share their mean rank. */
  readonly ranks: readonly number[];
  /** The sum of t^3 - t over the groups of t tied values. */
  readonly tieSum: number;
}

/** Ranks values in increasing order. */
export const rank = (values: readonly number[]): Ranks => {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Array<number>(values.length);
  let tieSum = 0;
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + 1 + end) / 2;
    tieSum += (end - start) ** 3 - (end - start);
    start = end;
  }
  return { ranks, tieSum };
};
