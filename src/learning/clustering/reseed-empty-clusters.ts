/** What becomes of an empty cluster: it takes half of another, as in FAISS (impl/ClusteringHelpers.cpp, split_clusters). */

import { OsteonError } from "../../errors.ts";
import { type Matrix, rowOf } from "../../numeric/matrix.ts";
import type { Random } from "../../numeric/random.ts";

/** How far two halves of a cluster are moved apart. */
const step = 1 / 1024;

/**
 * Gives each empty cluster half of a larger one: a donor is drawn with a probability that grows with its size, and the two
 * centres are moved apart a little, up and down in turn along the columns. Both arguments are changed in place.
 *
 * @param sizes rows of each cluster; together at least as many as there are clusters
 * @returns how many were empty
 */
export const reseedEmptyClusters = (centres: Matrix<Float32Array>, sizes: Float64Array, random: Random): number => {
  const rows = sizes.reduce((total, size) => total + size, 0);
  let empty = 0;
  for (let cluster = 0; cluster < sizes.length; cluster++) {
    if (sizes[cluster] !== 0) continue;
    const donor = drawDonor(sizes, rows, random);
    const [own, other] = [rowOf(centres, cluster), rowOf(centres, donor)];
    other.forEach((value, j) => {
      const sign = j % 2 === 0 ? 1 : -1;
      own[j] = value * (1 + sign * step);
      other[j] = value * (1 - sign * step);
    });
    sizes[cluster] = sizes[donor]! / 2;
    sizes[donor]! /= 2;
    empty++;
  }
  return empty;
};

/** Walks over the clusters again and again and takes one with the probability (size - 1) / (rows - clusters). */
const drawDonor = (sizes: Float64Array, rows: number, random: Random): number => {
  if (!sizes.some((size) => size > 1)) throw new OsteonError("bad-input", "There are fewer rows than clusters.");
  for (let donor = 0; ; donor = (donor + 1) % sizes.length) {
    if (random.next() < (sizes[donor]! - 1) / (rows - sizes.length)) return donor;
  }
};
