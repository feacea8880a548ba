/** The requestor's side of opening an association (PS3.8 sections 7.1 and 9.2). */

import { connect, type Socket } from "node:net";
import { OsteonError } from "../../errors.ts";
import { interrupted, Transient } from "../back-off.ts";
import { type AcceptedContext, Association, PeerAborted, PeerLeft } from "./association.ts";
import { encodeAssociateRequest } from "./encode-pdu.ts";
import { type AssociateReject, type ProposedContext, ProtocolError, type RoleSelection } from "./pdu.ts";
import { abortConnection, maximumDataLength, PduStream, PeerSilent } from "./pdu-stream.ts";
import { rejectionMeaning } from "./status.ts";

/** A DICOM node, and who we are to it. */
export interface DicomPeer {
  readonly host: string;
  readonly port: number;
  /** Its AE title. */
  readonly calledAeTitle: string;
  /** Ours. */
  readonly callingAeTitle: string;
}

/** A SOP class and the transfer syntaxes of one presentation context. */
export type ContextWish = Omit<ProposedContext, "id">;

/** What an association is asked for. */
export interface AssociationWish {
  readonly contexts: readonly ContextWish[];
  /** For C-GET: SOP classes of which we are the provider. */
  readonly roles?: readonly RoleSelection[];
  readonly signal?: AbortSignal | undefined;
  readonly limits?: Partial<RequestLimits>;
}

/** How long to wait, in milliseconds. */
export interface RequestLimits {
  readonly connectMs: number;
  /** For the answer to the association request. */
  readonly acceptMs: number;
  /** For each next message. */
  readonly answerMs: number;
  /** For the rest of a PDU that has begun. */
  readonly pduMs: number;
}

export const defaultRequestLimits: RequestLimits = {
  connectMs: 10_000,
  acceptMs: 30_000,
  answerMs: 300_000,
  pduMs: 60_000,
};

/** At most this many presentation contexts go into one association: odd numbers up to 255. */
export const maximumContexts = 128;

/** How a node is named in sentences. */
export const peerName = ({ calledAeTitle, host, port }: DicomPeer): string => `${calledAeTitle} at ${host}:${port}`;

/**
 * Opens an association.
 *
 * @throws Transient where the node cannot be reached or is busy; OsteonError `unreachable` where it refuses for good or answers
 *   with no DICOM, `interrupted` by the signal
 */
export const requestAssociation = async (peer: DicomPeer, wish: AssociationWish): Promise<Association> => {
  const { signal } = wish;
  const limits = { ...defaultRequestLimits, ...wish.limits };
  if (signal?.aborted) throw interrupted();
  const socket = await connectTo(peer, limits.connectMs);
  const onAbort = (): void => abortConnection(socket);
  signal?.addEventListener("abort", onAbort);
  socket.once("close", () => signal?.removeEventListener("abort", onAbort));
  try {
    return await negotiate(socket, peer, { ...wish, limits });
  } catch (error) {
    abortConnection(socket, error);
    if (signal?.aborted) throw interrupted();
    throw peerError(error, peer);
  }
};

const connectTo = ({ host, port, ...peer }: DicomPeer, connectMs: number): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const name = peerName({ host, port, ...peer });
    const socket = connect({ host, port, noDelay: true });
    const unreachable = (why: string, cause?: unknown): void =>
      reject(
        new Transient(new OsteonError("unreachable", `${name} cannot be reached: ${why}.`, { host, port }, cause)),
      );
    const timer = setTimeout(() => {
      unreachable(`no answer within ${connectMs / 1000} seconds; check the address and the firewall`);
      socket.destroy();
    }, connectMs);
    socket.once("connect", () => {
      clearTimeout(timer);
      resolve(socket);
    });
    socket.on("error", (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      unreachable(connectionTrouble(error), error); // after the connection stands, it is told where it is read from
    });
  });

/** What is wrong with a connection, as the end of a sentence. */
export const connectionTrouble = (error: unknown): string => {
  const code = error instanceof PeerLeft ? "ECONNRESET" : ((error as NodeJS.ErrnoException)?.code ?? "unknown error");
  const sentences: Readonly<Record<string, string>> = {
    ECONNREFUSED: "nothing listens there; check the port and whether the server runs",
    ENOTFOUND: "the host is not known; check its name",
    EAI_AGAIN: "the host's name cannot be looked up now",
    ECONNRESET: "it closed the connection",
    EPIPE: "it closed the connection",
    EHOSTUNREACH: "there is no way to this host; check the network",
    ENETUNREACH: "there is no way to this host; check the network",
    ETIMEDOUT: "it does not answer; check the address and the firewall",
  };
  return sentences[code] ?? code;
};

const negotiate = async (
  socket: Socket,
  { calledAeTitle, callingAeTitle }: DicomPeer,
  { contexts: wishes, roles = [], limits }: AssociationWish & { readonly limits: RequestLimits },
): Promise<Association> => {
  if (wishes.length > maximumContexts) throw new RangeError(`${wishes.length} presentation contexts are too many.`);
  const proposed = wishes.map((wish, i): ProposedContext => ({ id: 2 * i + 1, ...wish }));
  const user = { maximumLength: maximumDataLength, roles };
  const stream = new PduStream(socket, { idleMs: limits.answerMs, pduMs: limits.pduMs });
  socket.write(encodeAssociateRequest({ calledAeTitle, callingAeTitle, contexts: proposed, user }));
  const answer = await stream.next(limits.acceptMs);
  if (answer?.kind === "associate-reject") throw new Rejected(answer);
  if (answer?.kind === "abort") throw new PeerAborted("The peer aborted the association.");
  if (answer === undefined) throw new PeerLeft("The peer left without an answer.");
  if (answer.kind !== "associate-accept") throw new ProtocolError("The answer is no association answer.");
  const contexts = answer.contexts.flatMap(({ id, result, transferSyntax }): AcceptedContext[] => {
    const context = proposed.find((one) => one.id === id);
    if (!context || result !== 0 || !context.transferSyntaxes.includes(transferSyntax)) return [];
    return [{ id, abstractSyntax: context.abstractSyntax, transferSyntax }];
  });
  return new Association({ socket, stream, contexts, peerMaximumLength: answer.user.maximumLength });
};

class Rejected extends Error {
  readonly answer: AssociateReject;

  constructor(answer: AssociateReject) {
    super("The association was rejected.");
    this.answer = answer;
  }
}

/** An error of an association as one for the user: a {@link Transient} one where another try may succeed. */
export const peerError = (error: unknown, peer: DicomPeer): unknown => {
  if (error instanceof OsteonError || error instanceof Transient) return error;
  const name = peerName(peer);
  const told = (sentence: string): OsteonError => new OsteonError("unreachable", sentence, {}, error);
  if (error instanceof Rejected) {
    const refusal = told(`${name} refused the association: ${rejectionMeaning(error.answer)}.`);
    return error.answer.result === 2 ? new Transient(refusal) : refusal;
  }
  if (error instanceof ProtocolError) return told(`${name} does not speak DICOM as it should: ${error.message}`);
  if (error instanceof PeerSilent) return new Transient(told(`${name} did not answer in time.`));
  if (error instanceof PeerAborted) {
    const advice = `have the AE title ${peer.callingAeTitle} and what it may do checked there`;
    return new Transient(told(`${name} aborted the association; ${advice}.`), { attempts: 3 });
  }
  if (error instanceof RangeError) return error;
  return new Transient(told(`The connection to ${name} was lost: ${connectionTrouble(error)}.`));
};
