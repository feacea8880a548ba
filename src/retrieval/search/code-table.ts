/**
 * What a search needs of stored codes, in memory that threads share: for each position the code, a number that stands for its
 * patient, whether it was taken out, and where in the file its names are, which are read for the few that an answer names.
 */

import { CodeMemory, type CodeRoom, type SharedCodeMemory } from "./code-memory.ts";

/** What is sent to another thread; nothing is copied. */
export interface SharedCodeTable {
  readonly codes: SharedCodeMemory;
  readonly patients: Float64Array;
  readonly places: Uint32Array;
  readonly removed: Int32Array;
}

/** Rows to add; `words` holds their codes one after another. */
export interface CodeRows {
  readonly words: Uint32Array;
  readonly patients: Float64Array;
  readonly places: Uint32Array;
}

/** Columns of equal length that one thread adds to while others read. */
export class CodeTable {
  readonly codes: CodeMemory;
  /** The number of each position's patient, as `patientNumber` gives it. */
  readonly patients: Float64Array;
  /** Where each position's record begins in the file, in units of 16 bytes. */
  readonly places: Uint32Array;
  readonly #removed: Int32Array;

  private constructor(shared: SharedCodeTable) {
    this.codes = CodeMemory.open(shared.codes);
    this.patients = shared.patients;
    this.places = shared.places;
    this.#removed = shared.removed;
  }

  /** Room costs nothing until it is used, as in {@link CodeMemory}. */
  static withRoom(room: CodeRoom): CodeTable {
    const codes = CodeMemory.withRoom(room);
    const { capacity } = codes;
    return new CodeTable({
      codes: codes.share(),
      patients: new Float64Array(new SharedArrayBuffer(capacity * 8)),
      places: new Uint32Array(new SharedArrayBuffer(capacity * 4)),
      removed: new Int32Array(new SharedArrayBuffer(Math.ceil(capacity / 32) * 4)),
    });
  }

  /** The table that another thread shared. */
  static open(shared: SharedCodeTable): CodeTable {
    return new CodeTable(shared);
  }

  /** For other threads. */
  share(): SharedCodeTable {
    return { codes: this.codes.share(), patients: this.patients, places: this.places, removed: this.#removed };
  }

  /** Adds rows; other threads see them whole or not yet. */
  append({ words, patients, places }: CodeRows): void {
    const { count } = this.codes;
    this.codes.write(words);
    this.patients.set(patients, count);
    this.places.set(places, count);
    this.codes.publish(patients.length);
  }

  /** Takes a row out of every thread's answers; its position stays. */
  remove(position: number): void {
    Atomics.or(this.#removed, position >>> 5, 1 << (position & 31));
  }

  isRemoved(position: number): boolean {
    return ((this.#removed[position >>> 5]! >>> (position & 31)) & 1) === 1;
  }
}
