/** Protocol data units of the DICOM upper layer (PS3.8 section 9.3), taken apart. */

/** PDU types (PS3.8 section 9.3.1). */
export const PDU_TYPES = {
  associateRequest: 1,
  associateAccept: 2,
  associateReject: 3,
  data: 4,
  releaseRequest: 5,
  releaseResponse: 6,
  abort: 7,
} as const;

/** The DICOM application context (PS3.7 annex A.2.1). */
export const APPLICATION_CONTEXT = "1.2.840.10008.3.1.1.1";

/** The header of a PDU: type, reserved byte, length. */
export const PDU_HEADER_BYTES = 6;

/** A SOP class with the transfer syntaxes in which the requestor can speak of it. */
export interface ProposedContext {
  /** Odd, 1 to 255. */
  readonly id: number;
  readonly abstractSyntax: string;
  readonly transferSyntaxes: readonly string[];
}

/** Accepted is 0; 3 the SOP class is not supported, 4 none of the transfer syntaxes is (PS3.8 table 9-18). */
export type ContextResult = 0 | 1 | 2 | 3 | 4;

/** The acceptor's word on a proposed context. */
export interface AnsweredContext {
  readonly id: number;
  readonly result: number;
  readonly transferSyntax: string;
}

/** Who is user and who is provider of a SOP class, where that is not the usual way (PS3.7 annex D.3.3.4). */
export interface RoleSelection {
  readonly sopClass: string;
  readonly isUser: boolean;
  readonly isProvider: boolean;
}

/** What both sides tell of themselves (PS3.7 annex D.3.3). */
export interface UserInformation {
  /** The longest P-DATA-TF PDU that this side receives, in bytes after the header; 0 sets no limit. */
  readonly maximumLength: number;
  readonly roles: readonly RoleSelection[];
}

interface AssociateNames {
  readonly calledAeTitle: string;
  readonly callingAeTitle: string;
  readonly applicationContext: string;
  readonly user: UserInformation;
}

/** A-ASSOCIATE-RQ. */
export interface AssociateRequest extends AssociateNames {
  readonly kind: "associate-request";
  readonly protocolVersion: number;
  readonly contexts: readonly ProposedContext[];
}

/** A-ASSOCIATE-AC. */
export interface AssociateAccept extends AssociateNames {
  readonly kind: "associate-accept";
  readonly contexts: readonly AnsweredContext[];
}

/** A-ASSOCIATE-RJ (PS3.8 table 9-21). */
export interface AssociateReject {
  readonly kind: "associate-reject";
  /** 1 for good, 2 for now. */
  readonly result: number;
  readonly source: number;
  readonly reason: number;
}

/** A part of a command or of a data set (PS3.8 annex E). */
export interface PresentationDataValue {
  readonly contextId: number;
  readonly isCommand: boolean;
  readonly isLast: boolean;
  readonly bytes: Uint8Array;
}

/** P-DATA-TF. */
export interface DataUnit {
  readonly kind: "data";
  readonly values: readonly PresentationDataValue[];
}

/** A-ABORT (PS3.8 table 9-26): source 0 is the peer's application, 2 its protocol machine. */
export interface Abort {
  readonly kind: "abort";
  readonly source: number;
  readonly reason: number;
}

/** Any PDU. */
export type Pdu =
  | AssociateRequest
  | AssociateAccept
  | AssociateReject
  | DataUnit
  | { readonly kind: "release-request" }
  | { readonly kind: "release-response" }
  | Abort;

/** Why this side's protocol machine ends an association (PS3.8 table 9-26). */
export const ABORT_REASONS = { notSpecified: 0, unrecognised: 1, unexpected: 2, invalidValue: 6 } as const;

/** The peer broke the protocol. The sentence names no content of the PDU. */
export class ProtocolError extends Error {
  override readonly name = "ProtocolError";
  readonly reason: number;

  constructor(message: string, reason: number = ABORT_REASONS.invalidValue) {
    super(message);
    this.reason = reason;
  }
}
