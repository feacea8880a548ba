/**
 * PDUs one after another from a connection. What is held in memory is one PDU of a bounded length; a peer that says nothing,
 * or sends a PDU byte by byte, is left after a while.
 */

import type { Socket } from "node:net";
import { decodePdu } from "./decode-pdu.ts";
import { encodeAbort } from "./encode-pdu.ts";
import { ABORT_REASONS, PDU_HEADER_BYTES, PDU_TYPES, type Pdu, ProtocolError } from "./pdu.ts";

/** The longest data PDU that this side receives, as it tells its peers; the largest that dcmtk sends. */
export const maximumDataLength = 131_072;
/** 128 presentation contexts with 20 transfer syntaxes each, and an identity of the user. */
const maximumAssociateLength = 2 ** 19;

/** The connection was silent, or slow in the middle of a PDU, for too long. */
export class PeerSilent extends Error {
  override readonly name = "PeerSilent";
}

/** How long to wait, in milliseconds. */
export interface Patience {
  /** For the first byte of the next PDU. */
  readonly idleMs: number;
  /** For the rest of a PDU that has begun. */
  readonly pduMs: number;
}

/** Reads PDUs from a socket. */
export class PduStream {
  readonly #socket: Socket;
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #patience: Patience;
  #held: Buffer[] = [];
  #heldBytes = 0;

  constructor(socket: Socket, patience: Patience) {
    this.#socket = socket;
    this.#patience = patience;
    this.#chunks = socket.iterator({ destroyOnReturn: false });
  }

  /**
   * The next PDU; undefined where the peer closed the connection between two PDUs.
   *
   * @param idleMs how long to wait for its first byte, by default as the stream was told
   * @throws ProtocolError for what is no PDU, longer than allowed, or cut short; PeerSilent; the connection's own error
   */
  async next(idleMs = this.#patience.idleMs): Promise<Pdu | undefined> {
    if (this.#heldBytes === 0 && !(await this.#more(idleMs))) return undefined;
    const end = performance.now() + this.#patience.pduMs;
    const header = await this.#take(PDU_HEADER_BYTES, end);
    const type = header[0]!;
    const length = header.readUInt32BE(2);
    if (length > lengthLimit(type)) throw new ProtocolError("A PDU is longer than allowed.");
    return decodePdu(type, await this.#take(length, end));
  }

  async #take(count: number, end: number): Promise<Buffer> {
    while (this.#heldBytes < count) {
      const isMore = await this.#more(Math.max(end - performance.now(), 1));
      if (!isMore) throw new ProtocolError("The connection ended inside a PDU.", ABORT_REASONS.notSpecified);
    }
    const all = this.#held.length === 1 ? this.#held[0]! : Buffer.concat(this.#held);
    this.#held = count < this.#heldBytes ? [all.subarray(count)] : [];
    this.#heldBytes -= count;
    return all.subarray(0, count);
  }

  /** Waits for a chunk; false at the end of the connection. */
  async #more(ms: number): Promise<boolean> {
    const timer = setTimeout(() => this.#socket.destroy(new PeerSilent("The peer was silent for too long.")), ms);
    try {
      const { done, value } = await this.#chunks.next();
      if (done) return false;
      this.#held.push(value);
      this.#heldBytes += value.length;
      return true;
    } finally {
      clearTimeout(timer);
    }
  }
}

const lengthLimit = (type: number): number => {
  if (type === PDU_TYPES.data) return maximumDataLength;
  return type === PDU_TYPES.associateRequest || type === PDU_TYPES.associateAccept ? maximumAssociateLength : 64;
};

/** Tells the peer why the association ends, and closes the connection, whatever state it is in. */
export const abortConnection = (socket: Socket, error?: unknown): void => {
  if (socket.destroyed) return;
  const isProtocol = error instanceof ProtocolError;
  const abort = encodeAbort(isProtocol ? { source: 2, reason: error.reason } : { source: 0, reason: 0 });
  socket.end(abort);
  setTimeout(() => socket.destroy(), 1000).unref();
};
