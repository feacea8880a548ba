/**
 * How many numbers a file may bring into memory. A few bytes can declare many large tensors: views that repeat one number, or
 * a thousand names for one array. An honest file holds about one byte or more per number.
 */

import { OsteonError } from "../errors.ts";

/** Numbers per byte of the file that are still believed: a bool tensor under four names, a float under sixteen. */
const believed = 4;

/** So many numbers are read from any file, however small. */
const always = 65_536;

/** Counts numbers, or other units of work, against what a file of this length may ask for. */
export class ValueBudget {
  #left: number;

  /** @param length bytes of the file */
  constructor(length: number) {
    this.#left = believed * length + always;
  }

  /** @throws OsteonError `bad-input` when the file asks for more than the budget; called before memory is taken */
  take(count: number): void {
    this.#left -= count;
    if (this.#left >= 0) return;
    throw new OsteonError("bad-input", "The file declares far more than its bytes can hold; it is not read.");
  }
}
