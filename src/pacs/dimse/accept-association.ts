/** The acceptor's side of opening an association (PS3.8 sections 7.1 and 9.2). */

import type { Socket } from "node:net";
import { storageClasses, VERIFICATION } from "../storage-classes.ts";
import { type AllowedPeer, isAllowed } from "./ae-title.ts";
import { type AcceptedContext, Association } from "./association.ts";
import { encodeAssociateAccept, encodeAssociateReject } from "./encode-pdu.ts";
import { identifierSyntaxes, networkSyntaxes } from "./network-syntaxes.ts";
import {
  ABORT_REASONS,
  type AnsweredContext,
  APPLICATION_CONTEXT,
  type AssociateRequest,
  type ProposedContext,
  ProtocolError,
} from "./pdu.ts";
import { maximumDataLength, type PduStream } from "./pdu-stream.ts";

/** Whom a server speaks with. */
export interface AcceptorRules {
  readonly aeTitle: string;
  readonly allowed: readonly AllowedPeer[];
  /** Whether one association more is too many. */
  readonly isFull: () => boolean;
  /** How long a connection may take to ask for an association, in milliseconds (the ARTIM timer). */
  readonly requestMs: number;
}

/** Why an association was not accepted. */
export type Refusal = "called-ae-title" | "calling-ae-title" | "application-context" | "protocol-version" | "too-many";

/** PS3.8 table 9-21. */
const rejections: Readonly<Record<Refusal, { result: number; source: number; reason: number }>> = {
  "called-ae-title": { result: 1, source: 1, reason: 7 },
  "calling-ae-title": { result: 1, source: 1, reason: 3 },
  "application-context": { result: 1, source: 1, reason: 2 },
  "protocol-version": { result: 1, source: 2, reason: 2 },
  "too-many": { result: 2, source: 3, reason: 2 },
};

/** An AE title from anybody, as a terminal may show it. */
const printable = (title: string): string => title.replace(/[^\x20-\x7e]/g, "?");

/** An association that was asked for: open, or refused. */
export type Acceptance =
  | { readonly ok: true; readonly association: Association; readonly callingAeTitle: string }
  | { readonly ok: false; readonly refusal: Refusal; readonly sender: RefusedSender };

/** Who was refused, as it calls itself and us: what whoever keeps the list of senders has to know. */
export interface RefusedSender {
  readonly callingAeTitle: string;
  readonly calledAeTitle: string;
  readonly address: string;
}

const answer = ({ id, abstractSyntax, transferSyntaxes }: ProposedContext): AnsweredContext => {
  const isEcho = abstractSyntax === VERIFICATION;
  if (!isEcho && !storageClasses.has(abstractSyntax)) return { id, result: 3, transferSyntax: "1.2.840.10008.1.2" };
  const known = isEcho ? identifierSyntaxes : networkSyntaxes;
  const chosen = transferSyntaxes.find((uid) => known.includes(uid)); // in the order of the sender's preference
  return chosen === undefined
    ? { id, result: 4, transferSyntax: "1.2.840.10008.1.2" }
    : { id, result: 0, transferSyntax: chosen };
};

const refusalOf = (request: AssociateRequest, socket: Socket, rules: AcceptorRules): Refusal | undefined => {
  if ((request.protocolVersion & 1) === 0) return "protocol-version";
  if (request.applicationContext !== APPLICATION_CONTEXT) return "application-context";
  if (request.calledAeTitle !== rules.aeTitle) return "called-ae-title";
  const peer = { aeTitle: request.callingAeTitle, address: socket.remoteAddress ?? "" };
  if (!isAllowed(rules.allowed, peer)) return "calling-ae-title";
  return rules.isFull() ? "too-many" : undefined;
};

/**
 * Waits for the request of a new connection and answers it; undefined where the peer left before.
 *
 * @throws ProtocolError where it asks for something else, PeerSilent where it does not ask in time
 */
export const acceptAssociation = async (
  socket: Socket,
  stream: PduStream,
  rules: AcceptorRules,
): Promise<Acceptance | undefined> => {
  const request = await stream.next(rules.requestMs);
  if (request === undefined || request.kind === "abort") return undefined;
  if (request.kind !== "associate-request")
    throw new ProtocolError("The first PDU is no association request.", ABORT_REASONS.unexpected);
  const refusal = refusalOf(request, socket, rules);
  if (refusal) {
    socket.end(encodeAssociateReject(rejections[refusal]));
    const sender = {
      callingAeTitle: printable(request.callingAeTitle),
      calledAeTitle: printable(request.calledAeTitle),
      address: socket.remoteAddress ?? "",
    };
    return { ok: false, refusal, sender };
  }
  const answers = request.contexts.map(answer);
  const { calledAeTitle, callingAeTitle, user } = request;
  socket.write(
    encodeAssociateAccept({
      calledAeTitle,
      callingAeTitle,
      contexts: answers,
      user: { maximumLength: maximumDataLength, roles: [] },
    }),
  );
  const contexts = answers
    .filter(({ result }) => result === 0)
    .map(({ id, transferSyntax }): AcceptedContext => {
      const { abstractSyntax } = request.contexts.find((context) => context.id === id)!;
      return { id, abstractSyntax, transferSyntax };
    });
  const association = new Association({ socket, stream, contexts, peerMaximumLength: user.maximumLength });
  return { ok: true, association, callingAeTitle };
};
