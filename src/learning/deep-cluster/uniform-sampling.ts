/** Pseudo-labels in equal shares: without it a few large clusters would be all that the network learns (Caron et al., 2018, 3.3). */

import { OsteonError } from "../../errors.ts";
import type { Random } from "../../numeric/random.ts";

/**
 * The pictures of one epoch, as facebookresearch/deepcluster (util.py, UnifLabelSampler) draws them: as many of each cluster that has
 * any, again and again from one that has too few, shuffled, and cut to the number that is wanted.
 *
 * @param assignment the cluster of each picture
 * @param wanted how many; as many as there are pictures by default
 * @returns the pictures' positions
 * @throws OsteonError `bad-input` where there are no pictures
 */
export const drawUniformly = (
  assignment: ArrayLike<number>,
  random: Random,
  wanted = assignment.length,
): Uint32Array => {
  const members = new Map<number, number[]>();
  for (let i = 0; i < assignment.length; i++) {
    const cluster = members.get(assignment[i]!);
    if (cluster) cluster.push(i);
    else members.set(assignment[i]!, [i]);
  }
  if (members.size === 0) throw new OsteonError("bad-input", "There are no pictures to draw from.");
  const perCluster = Math.floor(wanted / members.size) + 1;
  const drawn: number[] = [];
  for (const [cluster, pictures] of [...members].sort(([a], [b]) => a - b)) {
    const own = random.fork("cluster", cluster);
    if (pictures.length <= perCluster) {
      for (let i = 0; i < perCluster; i++) drawn.push(pictures[own.integer(pictures.length)]!);
    } else {
      for (const place of own.permutation(pictures.length).subarray(0, perCluster)) drawn.push(pictures[place]!);
    }
  }
  const order = random.fork("order").permutation(drawn.length);
  return Uint32Array.from({ length: wanted }, (_, i) => drawn[order[i]!]!);
};
