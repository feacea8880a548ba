/** Protocol data units into bytes (PS3.8 section 9.3). Numbers are big-endian. */

import { implementationClassUid, implementationVersion } from "../../dicom/write-part10.ts";
import {
  type AnsweredContext,
  APPLICATION_CONTEXT,
  type AssociateReject,
  PDU_HEADER_BYTES,
  PDU_TYPES,
  type PresentationDataValue,
  type ProposedContext,
  type RoleSelection,
  type UserInformation,
} from "./pdu.ts";

/** Length of a PDV before its bytes: its length, the context and the control header. */
export const PDV_HEADER_BYTES = 6;

const uint16 = (value: number): Buffer => {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
};

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const ascii = (text: string): Buffer => Buffer.from(text, "latin1");

/** 16 characters, padded with spaces. */
const aeTitle = (title: string): Buffer => ascii(title.padEnd(16).slice(0, 16));

const item = (type: number, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(type, 0), uint16(content.length), content]);
};

const pdu = (type: number, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(type, 0), uint32(content.length), content]);
};

const role = ({ sopClass, isUser, isProvider }: RoleSelection): Buffer =>
  item(0x54, uint16(sopClass.length), ascii(sopClass), Buffer.of(Number(isUser), Number(isProvider)));

const userInformation = ({ maximumLength, roles }: UserInformation): Buffer =>
  item(
    0x50,
    item(0x51, uint32(maximumLength)),
    item(0x52, ascii(implementationClassUid)),
    ...roles.map(role),
    item(0x55, ascii(implementationVersion)),
  );

/** Who speaks to whom. */
export interface AeTitles {
  readonly calledAeTitle: string;
  readonly callingAeTitle: string;
}

const opening = ({ calledAeTitle, callingAeTitle }: AeTitles): Buffer =>
  Buffer.concat([
    uint16(1), // protocol version
    Buffer.alloc(2),
    aeTitle(calledAeTitle),
    aeTitle(callingAeTitle),
    Buffer.alloc(32),
    item(0x10, ascii(APPLICATION_CONTEXT)),
  ]);

/** An A-ASSOCIATE-RQ (PS3.8 table 9-11). */
export const encodeAssociateRequest = (
  request: AeTitles & { readonly contexts: readonly ProposedContext[]; readonly user: UserInformation },
): Buffer => {
  const contexts = request.contexts.map(({ id, abstractSyntax, transferSyntaxes }) =>
    item(
      0x20,
      Buffer.of(id, 0, 0, 0),
      item(0x30, ascii(abstractSyntax)),
      ...transferSyntaxes.map((uid) => item(0x40, ascii(uid))),
    ),
  );
  return pdu(PDU_TYPES.associateRequest, opening(request), ...contexts, userInformation(request.user));
};

/** An A-ASSOCIATE-AC (PS3.8 table 9-17). */
export const encodeAssociateAccept = (
  accept: AeTitles & { readonly contexts: readonly AnsweredContext[]; readonly user: UserInformation },
): Buffer => {
  const contexts = accept.contexts.map(({ id, result, transferSyntax }) =>
    item(0x21, Buffer.of(id, 0, result, 0), item(0x40, ascii(transferSyntax))),
  );
  return pdu(PDU_TYPES.associateAccept, opening(accept), ...contexts, userInformation(accept.user));
};

/** An A-ASSOCIATE-RJ (PS3.8 table 9-21). */
export const encodeAssociateReject = ({ result, source, reason }: Omit<AssociateReject, "kind">): Buffer =>
  pdu(PDU_TYPES.associateReject, Buffer.of(0, result, source, reason));

/** An A-RELEASE-RQ. */
export const encodeReleaseRequest = (): Buffer => pdu(PDU_TYPES.releaseRequest, Buffer.alloc(4));

/** An A-RELEASE-RP. */
export const encodeReleaseResponse = (): Buffer => pdu(PDU_TYPES.releaseResponse, Buffer.alloc(4));

/** An A-ABORT. */
export const encodeAbort = ({ source, reason }: { readonly source: number; readonly reason: number }): Buffer =>
  pdu(PDU_TYPES.abort, Buffer.of(0, 0, source, reason));

/** A P-DATA-TF with one value, in two pieces: what goes before its bytes, and these. */
export const encodeData = ({ contextId, isCommand, isLast, bytes }: PresentationDataValue): [Buffer, Uint8Array] => {
  const head = Buffer.alloc(PDU_HEADER_BYTES + PDV_HEADER_BYTES);
  head[0] = PDU_TYPES.data;
  head.writeUInt32BE(bytes.length + PDV_HEADER_BYTES, 2);
  head.writeUInt32BE(bytes.length + 2, 6);
  head[10] = contextId;
  head[11] = Number(isCommand) | (Number(isLast) << 1);
  return [head, bytes];
};
