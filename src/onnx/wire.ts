/** The protobuf wire format, as far as ONNX needs it: variable-length integers, 32-bit floats and length-delimited fields. */

import { OsteonError } from "../errors.ts";

/** How a field's payload lies on the wire. */
export const WireType = { varint: 0, fixed64: 1, lengthDelimited: 2, fixed32: 5 } as const;

const utf8 = new TextEncoder();

/** From so many bytes on, a payload is referred to until the end instead of being copied into every message around it. */
const largePayload = 4096;

/** Collects protobuf fields; `finish` puts them together. */
export class WireWriter {
  /** What is complete. */
  readonly #pieces: Uint8Array[] = [];
  #sealed = 0;
  /** What follows it, of which `#length` bytes are in use. */
  #bytes = new Uint8Array(256);
  #length = 0;

  /** Bytes written so far. */
  get length(): number {
    return this.#sealed + this.#length;
  }

  #reserve(extra: number): void {
    if (this.#length + extra <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + extra));
    grown.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = grown;
  }

  #append(pieces: readonly Uint8Array[]): void {
    if (this.#length > 0) this.#pieces.push(this.#bytes.subarray(0, this.#length));
    this.#pieces.push(...pieces);
    this.#sealed += this.#length + pieces.reduce((sum, { length }) => sum + length, 0);
    this.#bytes = new Uint8Array(256);
    this.#length = 0;
  }

  /** One base-128 integer; negative values take ten bytes, as int64 does. */
  varint(value: number | bigint): void {
    this.#reserve(10);
    if (typeof value === "number" && value >= 0 && value < 0x80000000) {
      let rest = value;
      while (rest > 0x7f) {
        this.#bytes[this.#length++] = (rest & 0x7f) | 0x80;
        rest >>>= 7;
      }
      this.#bytes[this.#length++] = rest;
      return;
    }
    let rest = BigInt.asUintN(64, BigInt(value));
    while (rest > 0x7fn) {
      this.#bytes[this.#length++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.#bytes[this.#length++] = Number(rest);
  }

  tag(field: number, type: number): void {
    this.varint(field * 8 + type);
  }

  float32(value: number): void {
    this.#reserve(4);
    new DataView(this.#bytes.buffer).setFloat32(this.#length, value, true);
    this.#length += 4;
  }

  /** A length-delimited payload, which must not change before `finish`. */
  bytes(value: Uint8Array): void {
    this.varint(value.length);
    if (value.length >= largePayload) {
      this.#append([value]);
      return;
    }
    this.#reserve(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  /** A message inside this one. */
  message(inner: WireWriter): void {
    if (inner.#pieces.length === 0) {
      this.bytes(inner.#bytes.subarray(0, inner.#length));
      return;
    }
    this.varint(inner.length);
    this.#append([...inner.#pieces, inner.#bytes.subarray(0, inner.#length)]);
  }

  string(value: string): void {
    this.bytes(utf8.encode(value));
  }

  /** What was written so far, as a copy. */
  finish(): Uint8Array {
    const whole = new Uint8Array(this.length);
    let at = 0;
    for (const piece of [...this.#pieces, this.#bytes.subarray(0, this.#length)]) {
      whole.set(piece, at);
      at += piece.length;
    }
    return whole;
  }
}

/** Walks protobuf fields; every length is checked against the buffer before it is used. */
export class WireReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #position = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get atEnd(): boolean {
    return this.#position >= this.#bytes.length;
  }

  varint(): bigint {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.#bytes[this.#position++];
      if (byte === undefined) throw truncated(this.#position);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return BigInt.asUintN(64, value);
    }
    throw new OsteonError("bad-input", "The ONNX file holds an integer of more than 64 bits; it is corrupt.");
  }

  /** A variable-length integer as a signed 64-bit number; exact up to 2^53. */
  integer(): number {
    return Number(BigInt.asIntN(64, this.varint()));
  }

  /** The next field's number and wire type. */
  tag(): { field: number; type: number } {
    const tag = this.integer();
    return { field: Math.floor(tag / 8), type: tag & 7 };
  }

  float32(): number {
    if (this.#position + 4 > this.#bytes.length) throw truncated(this.#position);
    this.#position += 4;
    return this.#view.getFloat32(this.#position - 4, true);
  }

  bytes(): Uint8Array {
    const length = this.integer();
    if (length < 0 || this.#position + length > this.#bytes.length) throw truncated(this.#position);
    this.#position += length;
    return this.#bytes.subarray(this.#position - length, this.#position);
  }

  string(): string {
    return new TextDecoder().decode(this.bytes());
  }

  /** Passes over a field that the reader does not know. */
  skip(type: number): void {
    if (type === WireType.varint) this.varint();
    else if (type === WireType.fixed64) this.#position += 8;
    else if (type === WireType.lengthDelimited) this.bytes();
    else if (type === WireType.fixed32) this.#position += 4;
    else throw new OsteonError("bad-input", `The ONNX file uses protobuf wire type ${type}, which ONNX never does.`);
    if (this.#position > this.#bytes.length) throw truncated(this.#position);
  }
}

const truncated = (position: number): OsteonError =>
  new OsteonError(
    "bad-input",
    `The ONNX file ends in the middle of a field, after ${position} bytes; it is truncated.`,
  );
