/**
 * A server for C-STORE and C-ECHO (PS3.4 annexes A and B): what allowed peers send lies whole in a folder before they are told
 * so. What a peer does wrong ends its own association and nothing else.
 */

import { statfs } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { OsteonError } from "../../errors.ts";
import type { ReceivedInstance } from "../instance-file.ts";
import { VERIFICATION } from "../storage-classes.ts";
import { acceptAssociation, type Refusal, type RefusedSender } from "./accept-association.ts";
import type { AllowedPeer } from "./ae-title.ts";
import { type Association, type DimseMessage, PeerAborted, PeerLeft } from "./association.ts";
import { COMMANDS, NO_DATA_SET } from "./command-set.ts";
import { ProtocolError } from "./pdu.ts";
import { abortConnection, PduStream, PeerSilent } from "./pdu-stream.ts";
import { receiveInstance, type StoreOutcome } from "./receive-instance.ts";
import { STATUS } from "./status.ts";

/** Something that happened, told without patient data. */
export type StorageEvent =
  | { readonly kind: "refused"; readonly refusal: Refusal; readonly sender: RefusedSender }
  | { readonly kind: "not-stored"; readonly status: number; readonly comment: string }
  | { readonly kind: "broken"; readonly why: "protocol" | "silent" | "aborted" | "connection" };

/** What a server is told. */
export interface StorageServerOptions {
  readonly aeTitle: string;
  readonly allowed: readonly AllowedPeer[];
  /** The address to listen on. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Where instances go. */
  readonly folder: string;
  /** Called for each instance that is whole on the disk, before the sender is told. */
  readonly onInstance?: (instance: ReceivedInstance) => void;
  readonly onEvent?: (event: StorageEvent) => void;
  readonly limits?: Partial<StorageLimits>;
}

/** Bounds of a server. */
export interface StorageLimits {
  /** Associations at once. */
  readonly associations: number;
  /** Connections at once, those that have not asked for an association among them. */
  readonly connections: number;
  /** How long a connection may take to ask for an association, in milliseconds. */
  readonly requestMs: number;
  /** How long an association may be silent. */
  readonly idleMs: number;
  /** How long one PDU may take to arrive. */
  readonly pduMs: number;
  /** Below this much room on the disk nothing is taken. */
  readonly freeBytes: number;
}

/** Room for one instance of the largest size. */
export const minimumFreeBytes = 512 * 2 ** 20;

export const defaultLimits: StorageLimits = {
  associations: 16,
  connections: 64,
  requestMs: 30_000,
  idleMs: 300_000,
  pduMs: 60_000,
  freeBytes: minimumFreeBytes,
};

/** A server that listens. */
export interface StorageServer {
  readonly port: number;
  /** Takes no new association and lets the open ones finish what they send, for a while. */
  close(patienceMs?: number): Promise<void>;
}

/**
 * Starts a storage server.
 *
 * @throws OsteonError `bad-usage` where the port is taken or may not be used
 */
export const startStorageServer = async (options: StorageServerOptions): Promise<StorageServer> => {
  const work = new StorageWork(options);
  const server = createServer({ noDelay: true }, (socket) => work.serve(socket));
  server.maxConnections = work.limits.connections;
  await listen(server, options);
  const { port } = server.address() as { port: number };
  return {
    port,
    close: async (patienceMs = 10_000) => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await work.finish(patienceMs);
      await closed;
    },
  };
};

const listen = (server: Server, { host, port }: StorageServerOptions): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const sentences: Readonly<Record<string, string>> = {
        EADDRINUSE: `Port ${port} is taken by another program; name another with --port.`,
        EACCES: `Port ${port} may not be used by this user; name one above 1023 with --port.`,
        EADDRNOTAVAIL: `This machine has no address ${host}; name another with --host.`,
        ENOTFOUND: `The host ${host} is not known; name another with --host.`,
      };
      const sentence = sentences[cause.code ?? ""];
      reject(sentence ? new OsteonError("bad-usage", sentence, { host, port }, cause) : cause);
    });
    server.listen(port, host, () => {
      server.removeAllListeners("error");
      server.on("error", () => {}); // a connection that could not be taken is its peer's trouble
      resolve();
    });
  });

class StorageWork {
  readonly limits: StorageLimits;
  readonly #options: StorageServerOptions;
  readonly #sockets = new Set<Socket>();
  readonly #idle = new Set<Association>();
  #associations = 0;
  #isClosing = false;

  constructor(options: StorageServerOptions) {
    this.#options = options;
    this.limits = { ...defaultLimits, ...options.limits };
  }

  /** Serves one connection to its end. Never throws. */
  async serve(socket: Socket): Promise<void> {
    socket.on("error", () => {}); // told where it is read from
    this.#sockets.add(socket);
    socket.once("close", () => this.#sockets.delete(socket));
    const stream = new PduStream(socket, this.limits);
    let isCounted = false;
    try {
      const acceptance = await acceptAssociation(socket, stream, {
        ...this.#options,
        requestMs: this.limits.requestMs,
        isFull: () => this.#isClosing || this.#associations >= this.limits.associations,
      });
      if (acceptance?.ok === false) {
        const { refusal, sender } = acceptance;
        this.#tell({ kind: "refused", refusal, sender });
      }
      if (!acceptance?.ok) return;
      isCounted = true;
      this.#associations += 1;
      await this.#answerAll(acceptance.association, acceptance.callingAeTitle);
    } catch (error) {
      this.#tell({ kind: "broken", why: kindOf(error) });
      abortConnection(socket, error);
    } finally {
      if (isCounted) this.#associations -= 1;
      setTimeout(() => socket.destroy(), 2000).unref(); // the peer has had time to hear the end
    }
  }

  async #answerAll(association: Association, sender: string): Promise<void> {
    for (;;) {
      if (this.#isClosing) return association.release();
      this.#idle.add(association);
      const message = await association.receive().finally(() => this.#idle.delete(association));
      if (!message) return;
      await this.#answer(association, message, sender);
    }
  }

  async #answer(association: Association, message: DimseMessage, sender: string): Promise<void> {
    const { context, command } = message;
    if (command.CommandField === COMMANDS.cancel) return; // neither operation here can be cancelled
    const isStore = command.CommandField === COMMANDS.store;
    const isEcho = command.CommandField === COMMANDS.echo && context.abstractSyntax === VERIFICATION;
    if (command.CommandField & COMMANDS.response)
      throw new ProtocolError("An answer came to a question that was not asked.");
    let outcome: StoreOutcome = { status: isEcho ? STATUS.success : STATUS.unrecognisedOperation };
    if (isStore && context.abstractSyntax !== VERIFICATION) outcome = await this.#store(message, sender);
    await association.send(context, {
      CommandField: command.CommandField | COMMANDS.response,
      MessageIDBeingRespondedTo: command.MessageID ?? 0,
      CommandDataSetType: NO_DATA_SET,
      Status: outcome.status,
      ...(command.AffectedSOPClassUID === undefined ? {} : { AffectedSOPClassUID: command.AffectedSOPClassUID }),
      ...(isStore ? { AffectedSOPInstanceUID: command.AffectedSOPInstanceUID ?? "" } : {}),
      ...(outcome.comment === undefined ? {} : { ErrorComment: outcome.comment.slice(0, 64) }),
    });
  }

  async #store(message: DimseMessage, sender: string): Promise<StoreOutcome> {
    const { folder, onInstance } = this.#options;
    const refuse = (): Promise<boolean> => isDiskShort(folder, this.limits.freeBytes);
    const outcome = await receiveInstance(message, { folder, sender, refuse });
    if (outcome.instance) onInstance?.(outcome.instance);
    else this.#tell({ kind: "not-stored", status: outcome.status, comment: outcome.comment ?? "" });
    return outcome;
  }

  #tell(event: StorageEvent): void {
    this.#options.onEvent?.(event);
  }

  /** Ends: associations that are between two messages at once, others when they are, or after the patience. */
  async finish(patienceMs: number): Promise<void> {
    this.#isClosing = true;
    for (const association of this.#idle) association.abort();
    const end = performance.now() + patienceMs;
    while (this.#sockets.size > 0 && performance.now() < end && this.#associations > 0) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    for (const socket of this.#sockets) socket.destroy();
  }
}

/** Whether the disk of a folder has less room than that. */
export const isDiskShort = async (folder: string, freeBytes: number): Promise<boolean> => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize < freeBytes;
};

const kindOf = (error: unknown): Extract<StorageEvent, { kind: "broken" }>["why"] => {
  if (error instanceof ProtocolError) return "protocol";
  if (error instanceof PeerSilent) return "silent";
  return error instanceof PeerAborted || error instanceof PeerLeft ? "aborted" : "connection";
};
