/**
 * Buffers that file after file is read into: memory that is new for each file makes the collector of garbage run every few
 * of them.
 */

/** Most buffers that are kept for later. */
const mostKept = 16;

/** Lends memory, and takes it back. */
export class ByteBuffers {
  readonly #kept: ArrayBuffer[] = [];

  /** Bytes with any content, in a buffer that may be larger. */
  take(length: number): Uint8Array<ArrayBuffer> {
    const fits = this.#kept.findIndex(({ byteLength }) => byteLength >= length && byteLength <= 4 * length + 65536);
    const buffer = fits >= 0 ? this.#kept.splice(fits, 1)[0]! : new ArrayBuffer(Math.ceil((length * 5) / 4));
    return new Uint8Array(buffer, 0, length);
  }

  /** Takes back what nobody reads or writes any more. */
  give({ buffer }: Uint8Array<ArrayBuffer>): void {
    if (buffer.byteLength === 0 || buffer.byteLength > 2 ** 26) return; // moved to another thread, or too large to hoard
    this.#kept.push(buffer);
    if (this.#kept.length > mostKept) this.#kept.shift();
  }
}
