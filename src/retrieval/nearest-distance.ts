/** How far a vector lies from the vectors that are known: a density that follows an archive of many kinds, where a mean does not. */

import { type Matrix, type Reals, rowOf } from "../numeric/matrix.ts";

/** Neighbours whose distances are averaged: a single one may be a picture that is there by mistake. */
export const countedNeighbours = 5;

/**
 * The mean Euclidean distance to the nearest {@link countedNeighbours} rows, or to all of fewer; infinite without any.
 *
 * @param isSkipped rows that are not to be found, such as those of the vector's own patient
 */
export const nearestDistance = (
  references: Matrix,
  vector: Reals,
  isSkipped: (row: number) => boolean = () => false,
): number => {
  const nearest: number[] = []; // squared, ascending
  for (let row = 0; row < references.rows; row++) {
    if (isSkipped(row)) continue;
    const reference = rowOf(references, row);
    let square = 0;
    for (let j = 0; j < reference.length; j++) square += (reference[j]! - vector[j]!) ** 2;
    if (nearest.length === countedNeighbours && !(square < nearest.at(-1)!)) continue;
    const place = nearest.findIndex((other) => square < other);
    nearest.splice(place === -1 ? nearest.length : place, 0, square);
    nearest.length = Math.min(nearest.length, countedNeighbours);
  }
  if (nearest.length === 0) return Number.POSITIVE_INFINITY;
  return nearest.reduce((sum, square) => sum + Math.sqrt(square), 0) / nearest.length;
};
