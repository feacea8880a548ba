/**
 * K-means on the tensor engine: the nearest centre of a batch of rows is one matrix product and one ArgMax. Initial centres,
 * empty clusters and the number of iterations are those of FAISS, which DeepCluster runs (Caron et al., 2018, clustering.py).
 * The same seed gives the same clusters, however many cores there are (row-batches.ts).
 */

import { argMax, gemm, reduceMax } from "../../engine/ops.ts";
import { floatTensor } from "../../engine/tensor.ts";
import { OsteonError } from "../../errors.ts";
import { dot, type Matrix, rowOf } from "../../numeric/matrix.ts";
import { Random } from "../../numeric/random.ts";
import { reseedEmptyClusters } from "./reseed-empty-clusters.ts";
import { RowBatches } from "./row-batches.ts";
import { type Seeding, seedCentres } from "./seed-centres.ts";

/** How rows are clustered. */
export interface KMeansOptions {
  readonly clusters: number;
  readonly seed: number;
  /** 20 by default, as in DeepCluster. */
  readonly iterations?: number;
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
  const { clusters, seed, iterations = 20, seeding = "random" } = options;
  check(rows, clusters);
  const random = new Random(seed, "k-means", "centres");
  let centres = typeof seeding === "string" ? seedCentres(rows, { clusters, seeding, random }) : seeding;
  const nearest = await NearestCentre.create(rows, clusters);
  const objectives: number[] = [];
  let reseeded = 0;
  try {
    for (let iteration = 0; iteration < iterations; iteration++) {
      if (options.signal?.aborted)
        throw new OsteonError("interrupted", "The clustering was interrupted; start it again.");
      const { assignment, distances } = await nearest.of(centres);
      objectives.push(sum(distances));
      const means = meansOf(rows, assignment, centres);
      reseeded += reseedEmptyClusters(means.centres, means.sizes, new Random(seed, "k-means", "empty", iteration));
      centres = means.centres;
      options.onIteration?.(iteration + 1, iterations);
    }
    const { assignment, distances } = await nearest.of(centres);
    objectives.push(sum(distances));
    return { centres, assignment, distances, objectives, reseeded };
  } finally {
    await nearest.release();
  }
};

const check = ({ rows, values }: Matrix, clusters: number): void => {
  if (!(Number.isInteger(clusters) && clusters >= 1 && clusters <= rows)) {
    throw new OsteonError("bad-input", `${rows} rows cannot be put in ${clusters} clusters; ask for 1 to ${rows}.`);
  }
  if (!values.every(Number.isFinite)) {
    throw new OsteonError("bad-input", "Something that is no finite number cannot be clustered.");
  }
};

interface Assignment {
  readonly assignment: Int32Array;
  readonly distances: Float64Array;
}

/**
 * The nearest centre of every row. |x - c|^2 is |x|^2 - 2 (x c - |c|^2 / 2): so the nearest centre has the largest x c -
 * |c|^2 / 2; of several, the first.
 */
class NearestCentre {
  readonly #squares: Float64Array;
  readonly #batches: RowBatches;

  private constructor(squares: Float64Array, batches: RowBatches) {
    this.#squares = squares;
    this.#batches = batches;
  }

  static async create(rows: Matrix<Float32Array>, clusters: number): Promise<NearestCentre> {
    const batches = await RowBatches.create(rows, (x, graph) => {
      const centres = graph.input("centres", [clusters, rows.columns]);
      const scores = gemm(x, centres, { transB: true, bias: graph.input("halves", [clusters]) });
      return { nearest: argMax(scores), score: reduceMax(scores, [1]) };
    });
    return new NearestCentre(
      Float64Array.from({ length: rows.rows }, (_, i) => squareOf(rowOf(rows, i))),
      batches,
    );
  }

  async of(centres: Matrix<Float32Array>): Promise<Assignment> {
    const halves = Float32Array.from({ length: centres.rows }, (_, i) => -squareOf(rowOf(centres, i)) / 2);
    const feeds = {
      centres: floatTensor([centres.rows, centres.columns], centres.values),
      halves: floatTensor([centres.rows], halves),
    };
    const assignment = new Int32Array(this.#squares.length);
    const distances = new Float64Array(this.#squares.length);
    for await (const { first, count, outputs } of this.#batches.run(feeds)) {
      const [nearest, score] = [outputs.nearest!.data as BigInt64Array, outputs.score!.data as Float32Array];
      for (let i = 0; i < count; i++) {
        assignment[first + i] = Number(nearest[i]);
        distances[first + i] = Math.max(0, this.#squares[first + i]! - 2 * score[i]!);
      }
    }
    return { assignment, distances };
  }

  release(): Promise<void> {
    return this.#batches.release();
  }
}

const squareOf = (row: Float32Array): number => dot(row, row);

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
