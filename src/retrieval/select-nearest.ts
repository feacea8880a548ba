/** The k nearest of many, at most one of each group: the selection that every search ends with. */

/** What to select from. */
export interface Selection {
  /** How many to find; fewer come back where there are not as many. */
  readonly k: number;
  /** Distance of each position; smaller is nearer. */
  readonly distances: ArrayLike<number>;
  /** Order among positions of equal distance: negative when `i` goes first. */
  readonly breakTie: (i: number, j: number) => number;
  /** The positions to look at; all by default. */
  readonly candidates?: Uint32Array;
  /** Of positions with one key the nearest alone is kept; null leaves a position out. Each stands for itself by default. */
  readonly groupOf?: (i: number) => string | null;
}

/**
 * Positions of the nearest, nearest first. One pass; a list of k is kept in order.
 *
 * @example
 * selectNearest({ k: 2, distances: [3, 1, 2], breakTie: (i, j) => i - j }); // [1, 2]
 */
export const selectNearest = ({ k, distances, breakTie, candidates, groupOf }: Selection): number[] => {
  const best: { readonly position: number; readonly group: string | null }[] = [];
  const count = candidates?.length ?? distances.length;
  let farthest = Number.POSITIVE_INFINITY;
  const isBefore = (i: number, j: number): boolean =>
    distances[i] < distances[j] || (distances[i] === distances[j] && breakTie(i, j) < 0);
  for (let c = 0; c < count; c++) {
    const position = candidates ? candidates[c] : c;
    if (distances[position] > farthest) continue;
    if (best.length === k && !isBefore(position, best[k - 1].position)) continue;
    const group = groupOf ? groupOf(position) : null;
    if (groupOf && group === null) continue;
    const sibling = groupOf ? best.findIndex((entry) => entry.group === group) : -1;
    if (sibling >= 0) {
      if (!isBefore(position, best[sibling].position)) continue;
      best.splice(sibling, 1);
    } else if (best.length === k) best.pop();
    let at = best.length;
    while (at > 0 && isBefore(position, best[at - 1].position)) at--;
    best.splice(at, 0, { position, group });
    if (best.length === k) farthest = distances[best[k - 1].position];
  }
  return best.map(({ position }) => position);
};
