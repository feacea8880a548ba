/** Bodies of several parts (RFC 2046 section 5.1, PS3.18 section 8.6.1.2), read as they arrive. */

/** A part; its body is read before the next part is asked for. */
export interface BodyPart {
  /** Values by lower-case name. */
  readonly headers: ReadonlyMap<string, string>;
  readonly body: AsyncIterable<Uint8Array>;
}

/** The body ended before its last boundary, or is none of several parts. */
export class MultipartError extends Error {
  override readonly name = "MultipartError";
}

const maximumHeaderBytes = 16_384;
const maximumPreambleBytes = 65_536;

/** The boundary that a Content-Type names, undefined where it is not of several parts. */
export const boundaryOf = (contentType: string): string | undefined => {
  if (!/^\s*multipart\//i.test(contentType)) return undefined;
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]{1,200})"|([^\s;"]{1,200}))/i.exec(contentType) ?? [];
  return quoted ?? bare;
};

/** Bytes that have arrived and are not yet used. */
class Input {
  readonly #chunks: AsyncIterator<Uint8Array>;
  held: Buffer = Buffer.from("\r\n"); // so that a boundary at the very start is found like any other
  /** Whether the mark at the end of a part is still to come. */
  isInPart = false;

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  async more(): Promise<void> {
    const { done, value } = await this.#chunks.next();
    if (done) throw new MultipartError("The answer ended before its last part was whole.");
    this.held = this.held.length === 0 ? asBuffer(value) : Buffer.concat([this.held, value]);
  }

  use(count: number): Buffer {
    const used = this.held.subarray(0, count);
    this.held = this.held.subarray(count);
    return used;
  }

  /** Bytes up to a mark, which is used up too. */
  async until(mark: string, most: number): Promise<Buffer> {
    for (;;) {
      const at = this.held.indexOf(mark, 0, "latin1");
      if (at > most || (at === -1 && this.held.length > most + mark.length)) {
        throw new MultipartError("The answer's parts are not separated as they should be.");
      }
      if (at !== -1) return this.use(at + mark.length).subarray(0, at);
      await this.more();
    }
  }

  /** Bytes up to a mark, as they come. */
  async *streamUntil(mark: Buffer): AsyncGenerator<Uint8Array> {
    for (;;) {
      const at = this.held.indexOf(mark);
      if (at !== -1) {
        const last = this.use(at + mark.length).subarray(0, at);
        this.isInPart = false;
        if (last.length > 0) yield last;
        return;
      }
      const safe = this.held.length - mark.length + 1; // what comes after may be the beginning of the mark
      if (safe > 0) yield this.use(safe);
      await this.more();
    }
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}

const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const parseHeaders = (text: string): Map<string, string> =>
  new Map(
    text
      .split("\r\n")
      .filter((line) => line.includes(":"))
      .map((line) => [line.slice(0, line.indexOf(":")).trim().toLowerCase(), line.slice(line.indexOf(":") + 1).trim()]),
  );

/**
 * The parts of a body one after another. Memory holds a chunk, not a part; what is left unread of a part is passed over.
 *
 * @throws MultipartError where the body ends too early, and what the chunks throw
 * @example
 * for await (const { body } of readMultipart(response.body, boundary)) for await (const bytes of body) await file.write(bytes);
 */
export async function* readMultipart(chunks: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<BodyPart> {
  const input = new Input(chunks);
  const mark = Buffer.from(`\r\n--${boundary}`, "latin1");
  try {
    await input.until(mark.toString("latin1"), maximumPreambleBytes);
    for (;;) {
      while (input.held.length < 2) await input.more();
      if (input.held.toString("latin1", 0, 2) === "--") return;
      await input.until("\r\n", 200); // white space may stand behind a boundary
      while (input.held.length < 2) await input.more();
      const isBare = input.held.toString("latin1", 0, 2) === "\r\n";
      const headers = isBare ? input.use(2).subarray(0, 0) : await input.until("\r\n\r\n", maximumHeaderBytes);
      input.isInPart = true;
      yield { headers: parseHeaders(headers.toString("latin1")), body: input.streamUntil(mark) };
      if (input.isInPart) for await (const _ of input.streamUntil(mark)); // what was left unread
    }
  } finally {
    await input.close();
  }
}
