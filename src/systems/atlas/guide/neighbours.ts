/** The radiographs that are most like each radiograph, of other patients: what they are says what it is. */

import { matmulTransposedB } from "../../../engine/ops.ts";
import { floatTensor } from "../../../engine/tensor.ts";
import { OsteonError } from "../../../errors.ts";
import { RowBatches } from "../../../learning/clustering/row-batches.ts";
import type { GuideData } from "./guide-data.ts";

/** For each row its nearest rows, the nearest first. */
export interface Neighbours {
  /** How many each row has at most. */
  readonly most: number;
  /** [rows, most]; -1 where there are fewer. */
  readonly rows: Int32Array;
  /** The cosine to each of them, 0 where there is none. */
  readonly cosines: Float32Array;
}

/** Neighbours of two kinds, as a large cluster holds all the nearest ones of its radiographs. */
export interface AllNeighbours {
  /** In whichever cluster. */
  readonly near: Neighbours;
  /** In other clusters than the own, as they were made: the parts of a split are not heard about each other. */
  readonly beyond: Neighbours;
}

/** How neighbours are looked for. */
export interface NeighbourOptions {
  /** How many of each kind. */
  readonly most: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Looks for the neighbours of every row. A patient's radiographs resemble each other and stand in one cluster for that: so they
 * say nothing of each other here.
 *
 * @throws OsteonError `interrupted` when the signal stops it
 */
export const findNeighbours = async (
  { features, patients, madeIn }: Pick<GuideData, "features" | "patients" | "madeIn">,
  { most, signal, onProgress }: NeighbourOptions,
): Promise<AllNeighbours> => {
  const { rows: n, columns, values } = features;
  const [near, beyond] = [noneOf(n, most), noneOf(n, most)];
  const batches = await RowBatches.create(features, (x, graph) => ({
    cosines: matmulTransposedB(x, graph.input("all", [n, columns])),
  }));
  try {
    for await (const { first, count, outputs } of batches.run({ all: floatTensor([n, columns], values) })) {
      if (signal?.aborted) throw new OsteonError("interrupted", "The guide was interrupted; start it again.");
      const cosines = outputs.cosines!.data as Float32Array;
      for (let i = 0; i < count; i++) {
        const row = first + i;
        const own = cosines.subarray(i * n, (i + 1) * n);
        const isOther = (other: number): boolean => patients[other] !== patients[row];
        keepNearest(near, row, { cosines: own, isOther });
        keepNearest(beyond, row, {
          cosines: own,
          isOther: (other) => madeIn[other] !== madeIn[row] && isOther(other),
        });
      }
      onProgress?.(first + count, n);
    }
  } finally {
    await batches.release();
  }
  return { near, beyond };
};

const noneOf = (rows: number, most: number): Neighbours => ({
  most,
  rows: new Int32Array(rows * most).fill(-1),
  cosines: new Float32Array(rows * most),
});

/** Keeps the rows of the largest cosines by insertion: few of many, so nearly all are passed over by one comparison. */
const keepNearest = (
  { most, rows, cosines: kept }: Neighbours,
  row: number,
  { cosines, isOther }: { readonly cosines: Float32Array; readonly isOther: (row: number) => boolean },
): void => {
  const start = row * most;
  let filled = 0;
  for (let other = 0; other < cosines.length; other++) {
    const cosine = cosines[other]!;
    if (filled === most && cosine <= kept[start + most - 1]!) continue;
    if (!isOther(other)) continue;
    let at = start + Math.min(filled, most - 1);
    while (at > start && kept[at - 1]! < cosine) {
      kept[at] = kept[at - 1]!;
      rows[at] = rows[at - 1]!;
      at--;
    }
    kept[at] = cosine;
    rows[at] = other;
    if (filled < most) filled++;
  }
};
