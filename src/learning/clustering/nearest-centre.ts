/**
 * The nearest centre of every row, a batch of rows at a time on the tensor engine: one matrix product and one ArgMax. Many rows are
 * shared out among threads, each with a session of one thread: what becomes of a batch does not depend on who works on it.
 */

import { availableParallelism } from "node:os";
import { argMax, gemm, reduceMax } from "../../engine/ops.ts";
import { floatTensor } from "../../engine/tensor.ts";
import { dot, type Matrix, rowOf } from "../../numeric/matrix.ts";
import { type Prepare, preparation } from "../prefetch.ts";
import { PreparingThread } from "../preparing-thread.ts";
import { batchRows, RowBatches } from "./row-batches.ts";

/** Rows with their nearest centre. */
export interface Assignment {
  readonly assignment: Int32Array;
  /** Squared. */
  readonly distances: Float64Array;
}

/** The largest score of each row, and of which centre it is. */
interface Scores {
  readonly nearest: Int32Array<ArrayBuffer>;
  readonly scores: Float32Array<ArrayBuffer>;
}

type Scorer = (centres: Matrix<Float32Array>) => Scores | Promise<Scores>;

/** Rows beside so many centres, worked on by one thread or by several. */
interface SharedOut {
  readonly scorers: readonly Scorer[];
  readonly release: () => Promise<unknown>;
}

/** Products and sums of one round below which starting threads takes longer than they save. */
const fewestForThreads = 1e9;

/** More wait for memory. */
const mostThreads = 8;

/** The nearest of some centres to each of some rows, for one set of centres after another. */
export class NearestCentre {
  readonly #squares: Float64Array;
  readonly #shared: SharedOut;

  private constructor(squares: Float64Array, shared: SharedOut) {
    this.#squares = squares;
    this.#shared = shared;
  }

  /** @param threads that share the work; they do not change the result */
  static async create(
    rows: Matrix<Float32Array>,
    clusters: number,
    threads = rows.rows * rows.columns * clusters < fewestForThreads
      ? 1
      : Math.min(availableParallelism(), mostThreads),
  ): Promise<NearestCentre> {
    const squares = Float64Array.from({ length: rows.rows }, (_, i) => squareOf(rowOf(rows, i)));
    return new NearestCentre(
      squares,
      threads === 1 ? await inOneThread(rows, clusters) : inThreads(rows, clusters, threads),
    );
  }

  async of(centres: Matrix<Float32Array>): Promise<Assignment> {
    const assignment = new Int32Array(this.#squares.length);
    const distances = new Float64Array(this.#squares.length);
    let row = 0;
    for (const { nearest, scores } of await Promise.all(this.#shared.scorers.map((score) => score(centres)))) {
      assignment.set(nearest, row);
      for (const score of scores) {
        distances[row] = Math.max(0, this.#squares[row]! - 2 * score);
        row++;
      }
    }
    return { assignment, distances };
  }

  async release(): Promise<void> {
    await this.#shared.release();
  }
}

const inOneThread = async (rows: Matrix<Float32Array>, clusters: number): Promise<SharedOut> => {
  const batches = await scoringBatches(rows, clusters);
  return { scorers: [(centres) => scoresOf(batches, rows.rows, centres)], release: () => batches.release() };
};

/** Each thread has whole batches that follow each other, so the batches are those of one thread. */
const inThreads = (rows: Matrix<Float32Array>, clusters: number, most: number): SharedOut => {
  const share = Math.ceil(Math.ceil(rows.rows / batchRows) / most) * batchRows;
  const threads: PreparingThread<Matrix<Float32Array>, Scores>[] = [];
  for (let first = 0; first < rows.rows; first += share) {
    const count = Math.min(share, rows.rows - first);
    const values = rows.values.slice(first * rows.columns, (first + count) * rows.columns);
    const own = { rows: { rows: count, columns: rows.columns, values }, clusters };
    threads.push(new PreparingThread(preparation(import.meta.url, makeScores, own)));
  }
  return {
    scorers: threads.map((thread) => (centres) => thread.keepingProcessAlive(thread.ask(centres))),
    release: () => Promise.all(threads.map((thread) => thread.close())),
  };
};

/** In a thread: the scores of its rows for the centres it is asked about. */
export const makeScores = ({
  rows,
  clusters,
}: {
  readonly rows: Matrix<Float32Array>;
  readonly clusters: number;
}): Prepare<Matrix<Float32Array>, Scores> => {
  const compiling = scoringBatches(rows, clusters);
  return async (centres) => {
    const value = await scoresOf(await compiling, rows.rows, centres);
    return { value, transfer: [value.nearest.buffer, value.scores.buffer] };
  };
};

/**
 * |x - c|^2 is |x|^2 - 2 (x c - |c|^2 / 2): so the nearest centre has the largest x c - |c|^2 / 2; of several, the first.
 */
const scoringBatches = (rows: Matrix<Float32Array>, clusters: number): Promise<RowBatches> =>
  RowBatches.create(rows, (x, graph) => {
    const centres = graph.input("centres", [clusters, rows.columns]);
    const scores = gemm(x, centres, { transB: true, bias: graph.input("halves", [clusters]) });
    return { nearest: argMax(scores), score: reduceMax(scores, [1]) };
  });

const scoresOf = async (batches: RowBatches, rows: number, centres: Matrix<Float32Array>): Promise<Scores> => {
  const halves = Float32Array.from({ length: centres.rows }, (_, i) => -squareOf(rowOf(centres, i)) / 2);
  const feeds = {
    centres: floatTensor([centres.rows, centres.columns], centres.values),
    halves: floatTensor([centres.rows], halves),
  };
  const nearest = new Int32Array(rows);
  const scores = new Float32Array(rows);
  for await (const { first, count, outputs } of batches.run(feeds)) {
    const found = outputs.nearest!.data as BigInt64Array;
    for (let i = 0; i < count; i++) nearest[first + i] = Number(found[i]);
    scores.set(outputs.score!.data as Float32Array, first);
  }
  return { nearest, scores };
};

const squareOf = (row: Float32Array): number => dot(row, row);
