/** An open association: DIMSE messages in and out over its presentation contexts (PS3.7 section 6, PS3.8 annex F). */

import { once } from "node:events";
import type { Socket } from "node:net";
import { type CommandSet, decodeCommandSet, encodeCommandSet, hasDataSet } from "./command-set.ts";
import { encodeData, encodeReleaseRequest, encodeReleaseResponse, PDV_HEADER_BYTES } from "./encode-pdu.ts";
import { ABORT_REASONS, type PresentationDataValue, ProtocolError } from "./pdu.ts";
import { abortConnection, maximumDataLength, type PduStream, PeerSilent } from "./pdu-stream.ts";

/** A presentation context that both sides agreed on. */
export interface AcceptedContext {
  readonly id: number;
  readonly abstractSyntax: string;
  readonly transferSyntax: string;
}

/** A message as it arrives. */
export interface DimseMessage {
  readonly context: AcceptedContext;
  readonly command: CommandSet;
  /** The parts of the data set, to be read before the next message; undefined where there is none. */
  readonly data: AsyncIterable<Uint8Array> | undefined;
}

/** The peer closed the connection without a release. */
export class PeerLeft extends Error {
  override readonly name = "PeerLeft";
}

/** The peer aborted the association, as one that was told it may not do what it asked. */
export class PeerAborted extends Error {
  override readonly name = "PeerAborted";
}

/** No command of the standard is longer. */
const maximumCommandBytes = 65_536;
/** Parts may be empty, and never end. */
const maximumCommandParts = 1024;
/** How long a peer may leave unread what is sent to it. */
const sendPatienceMs = 60_000;

/** What an association is made of. */
export interface AssociationParts {
  readonly socket: Socket;
  readonly stream: PduStream;
  readonly contexts: readonly AcceptedContext[];
  /** The longest data PDU that the peer receives; 0 sets no limit. */
  readonly peerMaximumLength: number;
}

/** Sends and receives messages. Not for concurrent use in one direction. */
export class Association {
  readonly contexts: readonly AcceptedContext[];
  readonly #socket: Socket;
  readonly #stream: PduStream;
  readonly #fragmentBytes: number;
  readonly #values: PresentationDataValue[] = [];
  /** The context of a data set whose last part is still to come. */
  #unreadContext: number | undefined;
  #isOver = false;
  #nextId = 1;

  constructor({ socket, stream, contexts, peerMaximumLength }: AssociationParts) {
    this.#socket = socket;
    this.#stream = stream;
    this.contexts = contexts;
    const limit = peerMaximumLength === 0 ? maximumDataLength : Math.min(peerMaximumLength, maximumDataLength);
    this.#fragmentBytes = Math.max(limit - PDV_HEADER_BYTES, 2) & ~1;
  }

  /** A number for a message of this side. */
  nextMessageId(): number {
    const id = this.#nextId;
    this.#nextId = id === 0xffff ? 1 : id + 1;
    return id;
  }

  /** The context for a SOP class, undefined where the peer did not accept it. */
  contextFor(abstractSyntax: string): AcceptedContext | undefined {
    return this.contexts.find((context) => context.abstractSyntax === abstractSyntax);
  }

  /** Sends a command, and a data set after it. */
  async send({ id }: AcceptedContext, command: CommandSet, dataSet?: Uint8Array): Promise<void> {
    await this.#sendFragments(id, true, encodeCommandSet(command));
    if (dataSet) await this.#sendFragments(id, false, dataSet);
  }

  async #sendFragments(contextId: number, isCommand: boolean, bytes: Uint8Array): Promise<void> {
    for (let start = 0; start === 0 || start < bytes.length; start += this.#fragmentBytes) {
      const part = bytes.subarray(start, start + this.#fragmentBytes);
      const isLast = start + part.length === bytes.length;
      const [head, body] = encodeData({ contextId, isCommand, isLast, bytes: part });
      this.#socket.cork();
      this.#socket.write(head);
      const isRoom = this.#socket.write(body);
      this.#socket.uncork();
      if (!isRoom) await drained(this.#socket);
    }
  }

  /**
   * The next message; undefined where the peer released the association or closed the connection. What was left unread of
   * the message before is passed over.
   *
   * @param idleMs how long to wait for it
   * @throws ProtocolError, PeerLeft, PeerAborted, PeerSilent, or the connection's own error
   */
  async receive(idleMs?: number): Promise<DimseMessage | undefined> {
    if (this.#unreadContext !== undefined) for await (const _ of this.#dataSet(this.#unreadContext));
    const parts: Uint8Array[] = [];
    let bytes = 0;
    for (;;) {
      const value = await this.#value(parts.length === 0 ? idleMs : undefined);
      if (!value) {
        if (parts.length === 0) return undefined;
        throw new PeerLeft("The peer left in the middle of a command.");
      }
      if (!value.isCommand) throw new ProtocolError("A data set came without its command.", ABORT_REASONS.unexpected);
      bytes += value.bytes.length;
      if (bytes > maximumCommandBytes || parts.length > maximumCommandParts)
        throw new ProtocolError("A command is too long.");
      parts.push(value.bytes);
      if (!value.isLast) continue;
      const context = this.contexts.find(({ id }) => id === value.contextId);
      if (!context) throw new ProtocolError("A message came on a presentation context that was not accepted.");
      const command = decodeCommandSet(Buffer.concat(parts));
      if (!hasDataSet(command)) return { context, command, data: undefined };
      this.#unreadContext = context.id;
      return { context, command, data: this.#dataSet(context.id) };
    }
  }

  async *#dataSet(contextId: number): AsyncGenerator<Uint8Array> {
    for (;;) {
      const value = await this.#value();
      if (!value) throw new PeerLeft("The peer left in the middle of a data set.");
      if (value.isCommand || value.contextId !== contextId) {
        throw new ProtocolError("A data set is interrupted by something else.", ABORT_REASONS.unexpected);
      }
      if (value.isLast) this.#unreadContext = undefined;
      if (value.bytes.length > 0) yield value.bytes;
      if (value.isLast) return;
    }
  }

  async #value(idleMs?: number): Promise<PresentationDataValue | undefined> {
    while (this.#values.length === 0) {
      if (this.#isOver) return undefined;
      const pdu = await this.#stream.next(idleMs);
      if (pdu?.kind === "data") {
        this.#values.push(...pdu.values);
        continue;
      }
      this.#isOver = true;
      if (pdu === undefined) return undefined;
      if (pdu.kind === "release-request") {
        this.#socket.end(encodeReleaseResponse());
        return undefined;
      }
      if (pdu.kind === "abort") throw new PeerAborted("The peer aborted the association.");
      throw new ProtocolError("A PDU came that has no place here.", ABORT_REASONS.unexpected);
    }
    return this.#values.shift();
  }

  /** Ends the association as the standard asks: what the peer still sends is passed over until it agrees. */
  async release(patienceMs = 5000): Promise<void> {
    if (this.#isOver || this.#socket.destroyed) return;
    this.#isOver = true;
    try {
      this.#socket.write(encodeReleaseRequest());
      const end = performance.now() + patienceMs;
      for (let left = patienceMs; left > 0; left = end - performance.now()) {
        const pdu = await this.#stream.next(left);
        if (pdu?.kind === "data") continue;
        if (pdu?.kind === "release-request")
          this.#socket.write(encodeReleaseResponse()); // both at once
        else break;
      }
    } catch {
      // The work is done; how the peer takes the farewell changes nothing.
    } finally {
      this.#socket.destroy();
    }
  }

  /** Ends the association at once. */
  abort(error?: unknown): void {
    this.#isOver = true;
    abortConnection(this.#socket, error);
  }
}

const drained = async (socket: Socket): Promise<void> => {
  if (socket.destroyed) throw new PeerLeft("The connection ended while something was sent.");
  const controller = new AbortController();
  const { signal } = controller;
  const timer = setTimeout(() => socket.destroy(new PeerSilent("The peer does not read.")), sendPatienceMs);
  try {
    await Promise.race([
      once(socket, "drain", { signal }),
      once(socket, "close", { signal }).then(() => {
        throw new PeerLeft("The connection ended while something was sent.");
      }),
    ]);
  } finally {
    clearTimeout(timer);
    controller.abort();
  }
};
