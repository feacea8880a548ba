/** The nearest centre of every row, a batch of rows at a time on the tensor engine: one matrix product and one ArgMax. */

import { argMax, gemm, reduceMax } from "../../engine/ops.ts";
import { floatTensor } from "../../engine/tensor.ts";
import { dot, type Matrix, rowOf } from "../../numeric/matrix.ts";
import { RowBatches } from "./row-batches.ts";

/** Rows with their nearest centre. */
export interface Assignment {
  readonly assignment: Int32Array;
  /** Squared. */
  readonly distances: Float64Array;
}

/**
 * The nearest centre of every row. |x - c|^2 is |x|^2 - 2 (x c - |c|^2 / 2): so the nearest centre has the largest x c -
 * |c|^2 / 2; of several, the first.
 */
export class NearestCentre {
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
