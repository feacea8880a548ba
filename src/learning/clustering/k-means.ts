/**
 * K-means on the tensor engine (nearest-centre.ts). Initial centres, empty clusters and the number of iterations are those of
 * FAISS, which DeepCluster runs (Caron et al., 2018, clustering.py). The same seed gives the same clusters, however many cores
 * there are (row-batches.ts).
 */

import { OsteonError } from "../../errors.ts";
import type { Matrix } from "../../numeric/matrix.ts";
import { Random } from "../../numeric/random.ts";
import { NearestCentre } from "./nearest-centre.ts";
import { reseedEmptyClusters } from "./reseed-empty-clusters.ts";
import { type Seeding, seedCentres } from "./seed-centres.ts";

/** How rows are clustered. */
export interface KMeansOptions {
  readonly clusters: number;
  readonly seed: number;
  /** 20 by default, as in DeepCluster. */
  readonly iterations?: number;
  /** How often it begins anew with other centres, of which the clusters of the smallest objective are kept: FAISS's nredo; 1. */
  readonly restarts?: number;
  /** How the first centres are drawn, `random` by default, as in FAISS; or the first centres. */
  readonly seeding?: Seeding | Matrix<Float32Array>;
  readonly signal?: AbortSignal;
  readonly onIteration?: (done: number, total: number) => void;
}

/** Rows in clusters. */
export interface Clustering {
  /** [clusters, columns]; the mean of each cluster's rows as they were assigned before the last assignment. */
  readonly centres: Matrix<Float32Array>;
  /** The cluster of each row. */
  readonly assignment: Int32Array;
  /** The squared distance of each row to its centre. */
  readonly distances: Float64Array;
  /** The sum of squared distances at each iteration's assignment, then at the last one. */
  readonly objectives: readonly number[];
  /** How often a cluster was empty and got half of another. */
  readonly reseeded: number;
}

/**
 * Clusters the rows of a matrix.
 *
 * @throws OsteonError `bad-input` for more clusters than rows or fewer than one, or a value that is no finite number;
 *   `interrupted` when the signal stops it
 */
export const kMeans = async (rows: Matrix<Float32Array>, options: KMeansOptions): Promise<Clustering> => {
  const { clusters, seed, restarts = 1 } = options;
  check(rows, clusters);
  const nearest = await NearestCentre.create(rows, clusters);
  try {
    let best = await clusterOnce(rows, { ...options, nearest, restart: 0 });
    for (let restart = 1; restart < restarts; restart++) {
      const own = new Random(seed, "k-means", "restart", restart).uint32();
      const next = await clusterOnce(rows, { ...options, seed: own, nearest, restart });
      if (next.objectives.at(-1)! < best.objectives.at(-1)!) best = next;
    }
    return best;
  } finally {
    await nearest.release();
  }
};

const clusterOnce = async (
  rows: Matrix<Float32Array>,
  options: KMeansOptions & { readonly nearest: NearestCentre; readonly restart: number },
): Promise<Clustering> => {
  const { clusters, seed, iterations = 20, seeding = "random", restarts = 1, nearest, restart } = options;
  const random = new Random(seed, "k-means", "centres");
  let centres = typeof seeding === "string" ? seedCentres(rows, { clusters, seeding, random }) : seeding;
  const objectives: number[] = [];
  let reseeded = 0;
  for (let iteration = 0; iteration < iterations; iteration++) {
    if (options.signal?.aborted) {
      throw new OsteonError("interrupted", "The clustering was interrupted; start it again.");
    }
    const { assignment, distances } = await nearest.of(centres);
    objectives.push(sum(distances));
    const means = meansOf(rows, assignment, centres);
    reseeded += reseedEmptyClusters(means.centres, means.sizes, new Random(seed, "k-means", "empty", iteration));
    centres = means.centres;
    options.onIteration?.(restart * iterations + iteration + 1, restarts * iterations);
  }
  const { assignment, distances } = await nearest.of(centres);
  objectives.push(sum(distances));
  return { centres, assignment, distances, objectives, reseeded };
};

const check = ({ rows, values }: Matrix, clusters: number): void => {
  if (!(Number.isInteger(clusters) && clusters >= 1 && clusters <= rows)) {
    throw new OsteonError("bad-input", `${rows} rows cannot be put in ${clusters} clusters; ask for 1 to ${rows}.`);
  }
  if (!values.every(Number.isFinite)) {
    throw new OsteonError("bad-input", "Something that is no finite number cannot be clustered.");
  }
};

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);

/** The mean of each cluster's rows; an empty cluster keeps the centre it had. */
const meansOf = (
  rows: Matrix<Float32Array>,
  assignment: Int32Array,
  before: Matrix<Float32Array>,
): { centres: Matrix<Float32Array>; sizes: Float64Array } => {
  const { columns } = rows;
  const sums = new Float64Array(before.rows * columns);
  const sizes = new Float64Array(before.rows);
  for (let i = 0; i < rows.rows; i++) {
    const cluster = assignment[i]!;
    sizes[cluster]! += 1;
    for (let j = 0, to = cluster * columns, from = i * columns; j < columns; j++) sums[to++]! += rows.values[from++]!;
  }
  const values = Float32Array.from(sums, (total, at) => {
    const size = sizes[Math.floor(at / columns)]!;
    return size > 0 ? total / size : before.values[at]!;
  });
  return { centres: { rows: before.rows, columns, values }, sizes };
};
