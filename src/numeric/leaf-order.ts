/**
 * Rows in a line so that neighbours are alike: the leaves of the average-linkage tree (UPGMA, Sokal and Michener, 1958), at each
 * joint turned so that the two ends that meet are as near as they can be.
 */

import { type Matrix, rowOf } from "./matrix.ts";

/** The numbers of the rows in that order. Takes time and memory in proportion to the square of their number. */
export const leafOrder = (rows: Matrix): number[] => {
  const between = distancesBetween(rows);
  const joints = averageLinkage(rows.rows, between.slice());
  const lines = new Map<number, number[]>(Array.from({ length: rows.rows }, (_, i) => [i, [i]]));
  for (const { kept, gone } of joints) {
    lines.set(
      kept,
      joined(lines.get(kept)!, lines.get(gone)!, (a, b) => between[a * rows.rows + b]!),
    );
    lines.delete(gone);
  }
  return [...lines.values()].flat();
};

const distancesBetween = (rows: Matrix): Float64Array => {
  const n = rows.rows;
  const between = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const row = rowOf(rows, i);
    for (let j = 0; j < i; j++) {
      const other = rowOf(rows, j);
      let square = 0;
      for (let k = 0; k < row.length; k++) square += (row[k]! - other[k]!) ** 2;
      between[i * n + j] = between[j * n + i] = Math.sqrt(square);
    }
  }
  return between;
};

interface Joint {
  readonly kept: number;
  readonly gone: number;
  readonly distance: number;
}

/** The joints from the nearest to the farthest, by chains of nearest neighbours (Murtagh, 1983); `between` is used up. */
const averageLinkage = (n: number, between: Float64Array): Joint[] => {
  const sizes = new Float64Array(n).fill(1);
  const joints: Joint[] = [];
  const chain: number[] = [];
  while (joints.length < n - 1) {
    if (chain.length === 0) chain.push(sizes.findIndex((size) => size > 0));
    const last = chain.at(-1)!;
    const nearest = nearestTo(last, { before: chain.at(-2), sizes, between });
    if (nearest !== chain.at(-2)) {
      chain.push(nearest);
      continue;
    }
    chain.length -= 2;
    const [kept, gone] = [Math.min(last, nearest), Math.max(last, nearest)];
    joints.push({ kept, gone, distance: between[kept * n + gone]! });
    for (let other = 0; other < n; other++) {
      if (sizes[other] === 0) continue;
      const sum = sizes[kept]! * between[kept * n + other]! + sizes[gone]! * between[gone * n + other]!;
      between[kept * n + other] = between[other * n + kept] = sum / (sizes[kept]! + sizes[gone]!);
    }
    sizes[kept]! += sizes[gone]!;
    sizes[gone] = 0;
  }
  return joints.sort((a, b) => a.distance - b.distance); // stable: of equal ones, the one that was found first
};

/** The nearest cluster; where the one before in the chain is as near as any, that one, so that the chain ends. */
const nearestTo = (
  cluster: number,
  {
    before,
    sizes,
    between,
  }: { readonly before: number | undefined; readonly sizes: Float64Array; readonly between: Float64Array },
): number => {
  const n = sizes.length;
  let nearest = before ?? -1;
  for (let other = 0; other < n; other++) {
    if (sizes[other] === 0 || other === cluster) continue;
    if (nearest === -1 || between[cluster * n + other]! < between[cluster * n + nearest]!) nearest = other;
  }
  return nearest;
};

/** Two lines end to end, the four ways that there are tried. */
const joined = (a: number[], b: number[], distance: (a: number, b: number) => number): number[] => {
  const ends = [
    { at: distance(a.at(-1)!, b[0]!), line: () => [...a, ...b] },
    { at: distance(a.at(-1)!, b.at(-1)!), line: () => [...a, ...b.toReversed()] },
    { at: distance(a[0]!, b[0]!), line: () => [...a.toReversed(), ...b] },
    { at: distance(a[0]!, b.at(-1)!), line: () => [...b, ...a] },
  ];
  return ends.reduce((best, way) => (way.at < best.at ? way : best)).line();
};
