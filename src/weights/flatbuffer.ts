/**
 * FlatBuffers, as far as TensorFlow Lite needs them: tables whose fields are found through an index, vectors and texts, each
 * referred to by a distance in bytes. Every place is checked against the file before it is read.
 */

import { OsteonError } from "../errors.ts";
import { ValueBudget } from "./value-budget.ts";

const broken = (): OsteonError =>
  new OsteonError("bad-input", "The TFLite file is corrupt: it points beyond its end; it may be truncated.");

/** The file's bytes. Vectors may be shared, so what is read in all is counted against the file's length. */
class Bytes {
  readonly #file: Uint8Array;
  readonly #view: DataView;
  readonly #budget: ValueBudget;

  constructor(file: Uint8Array) {
    this.#file = file;
    this.#view = new DataView(file.buffer, file.byteOffset, file.byteLength);
    this.#budget = new ValueBudget(file.length);
  }

  /** Whether so many bytes from there are inside, at some cost in work. */
  #check(at: number, bytes: number): number {
    if (at < 0 || at + bytes > this.#file.length) throw broken();
    this.#budget.take(bytes);
    return at;
  }

  uint8(at: number): number {
    return this.#view.getUint8(this.#check(at, 1));
  }

  uint16(at: number): number {
    return this.#view.getUint16(this.#check(at, 2), true);
  }

  int32(at: number): number {
    return this.#view.getInt32(this.#check(at, 4), true);
  }

  uint32(at: number): number {
    return this.#view.getUint32(this.#check(at, 4), true);
  }

  float32(at: number): number {
    return this.#view.getFloat32(this.#check(at, 4), true);
  }

  int64(at: number): number {
    return Number(this.#view.getBigInt64(this.#check(at, 8), true));
  }

  slice(at: number, length: number): Uint8Array {
    this.#check(at, length);
    return this.#file.subarray(at, at + length);
  }
}

interface Vector {
  readonly start: number;
  readonly length: number;
}

/** A table of a FlatBuffer; a field is named by its number in the schema, and one left out has its default. */
export class FlatTable {
  readonly #bytes: Bytes;
  readonly #at: number;

  private constructor(bytes: Bytes, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  /** The table that the file begins with. */
  static root(file: Uint8Array): FlatTable {
    const bytes = new Bytes(file);
    return new FlatTable(bytes, bytes.uint32(0));
  }

  /** Where a field lies, 0 where it is left out. */
  #place(field: number): number {
    const index = this.#at - this.#bytes.int32(this.#at);
    const entry = 4 + 2 * field;
    if (entry + 2 > this.#bytes.uint16(index)) return 0;
    const distance = this.#bytes.uint16(index + entry);
    return distance === 0 ? 0 : this.#at + distance;
  }

  #follow(place: number): number {
    return place + this.#bytes.uint32(place);
  }

  #vector(field: number): Vector {
    const place = this.#place(field);
    if (place === 0) return { start: 0, length: 0 };
    const at = this.#follow(place);
    return { start: at + 4, length: this.#bytes.uint32(at) };
  }

  #each(field: number, width: number, read: (at: number) => number): number[] {
    const { start, length } = this.#vector(field);
    this.#bytes.slice(start, length * width); // inside the file, before there is a list of this length
    return Array.from({ length }, (_, i) => read(start + i * width));
  }

  has(field: number): boolean {
    return this.#place(field) !== 0;
  }

  uint8(field: number): number {
    const place = this.#place(field);
    return place === 0 ? 0 : this.#bytes.uint8(place);
  }

  int32(field: number): number {
    const place = this.#place(field);
    return place === 0 ? 0 : this.#bytes.int32(place);
  }

  uint32(field: number): number {
    const place = this.#place(field);
    return place === 0 ? 0 : this.#bytes.uint32(place);
  }

  table(field: number): FlatTable | undefined {
    const place = this.#place(field);
    return place === 0 ? undefined : new FlatTable(this.#bytes, this.#follow(place));
  }

  tables(field: number): FlatTable[] {
    const { start, length } = this.#vector(field);
    this.#bytes.slice(start, length * 4);
    return Array.from({ length }, (_, i) => new FlatTable(this.#bytes, this.#follow(start + 4 * i)));
  }

  bytes(field: number): Uint8Array {
    const { start, length } = this.#vector(field);
    return this.#bytes.slice(start, length);
  }

  text(field: number): string {
    return new TextDecoder().decode(this.bytes(field));
  }

  int32s(field: number): number[] {
    return this.#each(field, 4, (at) => this.#bytes.int32(at));
  }

  float32s(field: number): number[] {
    return this.#each(field, 4, (at) => this.#bytes.float32(at));
  }

  int64s(field: number): number[] {
    return this.#each(field, 8, (at) => this.#bytes.int64(at));
  }
}
