/**
 * A graph over the rows of a matrix, a batch at a time. Of larger batches a product leaves the processor's cache: one of 40,000
 * rows ran at half the speed. One thread, for a product of more threads may be summed in another order: so what comes out is the
 * same on any machine of one kind, however many cores it has.
 */

import { Graph, type Value } from "../../engine/graph.ts";
import { Session } from "../../engine/session.ts";
import { floatTensor, type Tensor } from "../../engine/tensor.ts";
import type { Matrix } from "../../numeric/matrix.ts";

/** Rows of a batch; the last one has fewer. */
export const batchRows = 1000;

/** What came out of a batch. */
export interface RowBatch {
  readonly first: number;
  readonly count: number;
  readonly outputs: Readonly<Record<string, Tensor>>;
}

/** Builds the graph of one batch; `x` are its rows. */
export type BuildBatch = (x: Value, graph: Graph) => Readonly<Record<string, Value>>;

/** A graph compiled for the rows of one matrix. */
export class RowBatches {
  readonly #rows: Matrix<Float32Array>;
  readonly #sessions: ReadonlyMap<number, Session>;

  private constructor(rows: Matrix<Float32Array>, sessions: ReadonlyMap<number, Session>) {
    this.#rows = rows;
    this.#sessions = sessions;
  }

  static async create(rows: Matrix<Float32Array>, build: BuildBatch): Promise<RowBatches> {
    const sessions = new Map<number, Session>();
    for (const count of new Set([Math.min(batchRows, rows.rows), rows.rows % batchRows])) {
      if (count === 0) continue;
      const graph = new Graph();
      const outputs = build(graph.input("x", [count, rows.columns]), graph);
      sessions.set(count, await Session.create(graph.toModel(outputs), { threads: 1 }));
    }
    return new RowBatches(rows, sessions);
  }

  /** Every batch in order, each with the same further feeds. */
  async *run(feeds: Readonly<Record<string, Tensor>> = {}): AsyncGenerator<RowBatch, void> {
    const { rows, columns, values } = this.#rows;
    for (let first = 0; first < rows; first += batchRows) {
      const count = Math.min(batchRows, rows - first);
      const x = floatTensor([count, columns], values.subarray(first * columns, (first + count) * columns));
      yield { first, count, outputs: await this.#sessions.get(count)!.run({ x, ...feeds }) };
    }
  }

  async release(): Promise<void> {
    for (const session of this.#sessions.values()) await session.release();
  }
}
