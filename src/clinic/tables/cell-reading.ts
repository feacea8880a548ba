/** What reading one cell gives: the value, if there is one, and every rule that had a hand in it. */
import type { CellRule } from "../findings.ts";

/** One value that was read, or none. */
export interface CellReading<T> {
  readonly value?: T;
  /** In the order they were applied; none where the cell says it as the vocabulary does. */
  readonly rules: readonly CellRule[];
}

/** A value without a word on it. */
export const plain = <T>(value: T): CellReading<T> => ({ value, rules: [] });
