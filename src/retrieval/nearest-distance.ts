/** How far a vector lies from the vectors that are known: a density that follows an archive of many kinds, where a mean does not. */

import type { Matrix, Reals } from "../numeric/matrix.ts";

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
  const { rows, columns, values } = references;
  const nearest: number[] = []; // squared, ascending
  let farthest = Number.POSITIVE_INFINITY;
  for (let row = 0; row < rows; row++) {
    if (isSkipped(row)) continue;
    let square = 0;
    // Most rows are known to be too far long before their end.
    for (let j = 0, at = row * columns; j < columns && square < farthest; j++, at++) {
      const difference = values[at]! - vector[j]!;
      square += difference * difference;
    }
    if (!(square < farthest)) continue;
    const place = nearest.findIndex((other) => square < other);
    nearest.splice(place === -1 ? nearest.length : place, 0, square);
    nearest.length = Math.min(nearest.length, countedNeighbours);
    if (nearest.length === countedNeighbours) farthest = nearest.at(-1)!;
  }
  if (nearest.length === 0) return Number.POSITIVE_INFINITY;
  return nearest.reduce((sum, square) => sum + Math.sqrt(square), 0) / nearest.length;
};
