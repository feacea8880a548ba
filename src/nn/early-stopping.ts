/** Ends a training that no longer gets better. */

/** Options of early stopping. */
export interface EarlyStoppingOptions {
  /** Epochs without a better value before it stops. */
  readonly patience: number;
  /** By how much a value must be better to count; 0 by default. */
  readonly minDelta?: number;
  /** `min` for a loss (default), `max` for a score. */
  readonly mode?: "min" | "max";
}

/**
 * Follows one value from epoch to epoch.
 *
 * @example
 * const stopping = new EarlyStopping({ patience: 5 });
 * for (const loss of [0.9, 0.7, 0.8]) if (stopping.update(loss)) console.log("the best so far");
 * console.log(stopping.best.epoch, stopping.isOver);
 */
export class EarlyStopping {
  readonly #options: Required<EarlyStoppingOptions>;
  #best: number;
  #bestEpoch = -1;
  #epoch = -1;

  constructor({ patience, minDelta = 0, mode = "min" }: EarlyStoppingOptions) {
    this.#options = { patience, minDelta, mode };
    this.#best = mode === "min" ? Infinity : -Infinity;
  }

  /** The best value so far, and the epoch, counted from 0, that gave it; -1 before the first. */
  get best(): { readonly value: number; readonly epoch: number } {
    return { value: this.#best, epoch: this.#bestEpoch };
  }

  /** Whether the value is the best so far: the moment to keep the weights. NaN never is. */
  update(value: number): boolean {
    this.#epoch += 1;
    const { minDelta, mode } = this.#options;
    const isBetter = mode === "min" ? value < this.#best - minDelta : value > this.#best + minDelta;
    if (isBetter) [this.#best, this.#bestEpoch] = [value, this.#epoch];
    return isBetter;
  }

  /** Whether as many epochs as one has patience for went by without a better value. */
  get isOver(): boolean {
    return this.#epoch - Math.max(this.#bestEpoch, -1) >= this.#options.patience;
  }
}
