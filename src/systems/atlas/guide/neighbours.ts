/** The radiographs that are most like each radiograph, of other patients: what they are says what it is. */

import { matmulTransposedB } from "../../../engine/ops.ts";
import { floatTensor } from "../../../engine/tensor.ts";
import { OsteonError } from "../../../errors.ts";
import { RowBatches } from "../../../learning/clustering/row-batches.ts";
import type { Matrix } from "../../../numeric/matrix.ts";

/** For each row its nearest rows, the nearest first. */
export interface Neighbours {
  /** How many each row has at most. */
  readonly most: number;
  /** [rows, most]; -1 where there are fewer. */
  readonly rows: Int32Array;
  /** The cosine to each of them, 0 where there is none. */
  readonly cosines: Float32Array;
}

/** How neighbours are looked for. */
export interface NeighbourOptions {
  readonly most: number;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/**
 * Looks for the neighbours of every row. A patient's radiographs resemble each other and stand in one cluster for that: so they
 * say nothing of each other here.
 *
 * @param features rows of length 1
 * @param patients of each row
 * @throws OsteonError `interrupted` when the signal stops it
 */
export const findNeighbours = async (
  features: Matrix<Float32Array>,
  patients: readonly string[],
  { most, signal, onProgress }: NeighbourOptions,
): Promise<Neighbours> => {
  const { rows: n, columns, values } = features;
  const found: Neighbours = { most, rows: new Int32Array(n * most).fill(-1), cosines: new Float32Array(n * most) };
  const batches = await RowBatches.create(features, (x, graph) => ({
    cosines: matmulTransposedB(x, graph.input("all", [n, columns])),
  }));
  try {
    for await (const { first, count, outputs } of batches.run({ all: floatTensor([n, columns], values) })) {
      if (signal?.aborted) throw new OsteonError("interrupted", "The guide was interrupted; start it again.");
      const cosines = outputs.cosines!.data as Float32Array;
      for (let i = 0; i < count; i++) {
        const row = first + i;
        keepNearest(found, row, {
          cosines: cosines.subarray(i * n, (i + 1) * n),
          isOther: (other) => patients[other] !== patients[row],
        });
      }
      onProgress?.(first + count, n);
    }
  } finally {
    await batches.release();
  }
  return found;
};

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
