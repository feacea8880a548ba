/** Bytes into protocol data units (PS3.8 section 9.3). Every length is checked before it is followed. */

import { isUid } from "../storage-classes.ts";
import {
  ABORT_REASONS,
  type AnsweredContext,
  PDU_TYPES,
  type Pdu,
  type PresentationDataValue,
  type ProposedContext,
  ProtocolError,
  type RoleSelection,
  type UserInformation,
} from "./pdu.ts";

const need = (condition: boolean, what: string): void => {
  if (!condition) throw new ProtocolError(what);
};

interface Item {
  readonly type: number;
  readonly content: Buffer;
}

/** Items and sub-items one after another: type, reserved byte, 16-bit length, content. */
const items = (bytes: Buffer): Item[] => {
  const found: Item[] = [];
  let position = 0;
  while (position < bytes.length) {
    need(bytes.length - position >= 4, "An item is cut short.");
    const length = bytes.readUInt16BE(position + 2);
    need(bytes.length - position - 4 >= length, "An item is longer than the PDU that holds it.");
    found.push({ type: bytes[position]!, content: bytes.subarray(position + 4, position + 4 + length) });
    position += 4 + length;
  }
  return found;
};

const uid = (bytes: Buffer): string => bytes.toString("latin1").replace(/[\0 ]+$/, "");

/** A UID that will be used; whatever else stands there becomes the empty text, which no table knows. */
const usableUid = (bytes: Buffer): string => {
  const text = uid(bytes);
  return isUid(text) ? text : "";
};

const aeTitle = (bytes: Buffer): string => bytes.toString("latin1").trim();

const roleSelection = (content: Buffer): RoleSelection => {
  need(content.length >= 4, "A role selection is cut short.");
  const length = content.readUInt16BE(0);
  need(content.length >= length + 4, "A role selection is cut short.");
  const sopClass = usableUid(content.subarray(2, 2 + length));
  return { sopClass, isUser: content[2 + length] === 1, isProvider: content[3 + length] === 1 };
};

const userInformation = (all: readonly Item[]): UserInformation => {
  const parts = all.filter(({ type }) => type === 0x50).flatMap(({ content }) => items(content));
  const maximum = parts.find(({ type }) => type === 0x51)?.content;
  need(maximum === undefined || maximum.length >= 4, "The maximum length is cut short.");
  const roles = parts.filter(({ type }) => type === 0x54).map(({ content }) => roleSelection(content));
  return { maximumLength: maximum?.readUInt32BE(0) ?? 0, roles };
};

const proposedContext = (content: Buffer): ProposedContext => {
  need(content.length >= 4, "A presentation context is cut short.");
  const parts = items(content.subarray(4));
  const abstract = parts.filter(({ type }) => type === 0x30);
  need(abstract.length === 1, "A presentation context names not one SOP class.");
  const transferSyntaxes = parts.filter(({ type }) => type === 0x40).map((part) => usableUid(part.content));
  return { id: content[0]!, abstractSyntax: usableUid(abstract[0]!.content), transferSyntaxes };
};

const answeredContext = (content: Buffer): AnsweredContext => {
  need(content.length >= 4, "A presentation context is cut short.");
  const syntax = items(content.subarray(4)).find(({ type }) => type === 0x40);
  return { id: content[0]!, result: content[2]!, transferSyntax: syntax ? usableUid(syntax.content) : "" };
};

const association = (body: Buffer) => {
  need(body.length >= 68, "The association PDU is cut short.");
  const all = items(body.subarray(68));
  const context = all.find(({ type }) => type === 0x10);
  return {
    all,
    protocolVersion: body.readUInt16BE(0),
    calledAeTitle: aeTitle(body.subarray(4, 20)),
    callingAeTitle: aeTitle(body.subarray(20, 36)),
    applicationContext: context ? uid(context.content) : "",
    user: userInformation(all),
  };
};

const associateRequest = (body: Buffer): Pdu => {
  const { all, ...rest } = association(body);
  const contexts = all.filter(({ type }) => type === 0x20).map(({ content }) => proposedContext(content));
  need(contexts.length <= 128, "The association has more than 128 presentation contexts.");
  need(
    contexts.every(({ id }) => id % 2 === 1) && new Set(contexts.map(({ id }) => id)).size === contexts.length,
    "Presentation contexts have even or repeated numbers.",
  );
  return { kind: "associate-request", ...rest, contexts };
};

const associateAccept = (body: Buffer): Pdu => {
  const { all, protocolVersion: _, ...rest } = association(body);
  const contexts = all.filter(({ type }) => type === 0x21).map(({ content }) => answeredContext(content));
  return { kind: "associate-accept", ...rest, contexts };
};

const dataUnit = (body: Buffer): Pdu => {
  const values: PresentationDataValue[] = [];
  let position = 0;
  while (position < body.length) {
    need(body.length - position >= 6, "A presentation data value is cut short.");
    const length = body.readUInt32BE(position);
    need(length >= 2 && length <= body.length - position - 4, "A presentation data value has a wrong length.");
    const control = body[position + 5]!;
    values.push({
      contextId: body[position + 4]!,
      isCommand: (control & 1) === 1,
      isLast: (control & 2) === 2,
      bytes: body.subarray(position + 6, position + 4 + length),
    });
    position += 4 + length;
  }
  need(values.length > 0, "A data PDU is empty.");
  return { kind: "data", values };
};

/**
 * Takes one PDU apart. The bytes of data values are not copied.
 *
 * @throws ProtocolError for an unknown type and for lengths that do not fit
 */
export const decodePdu = (type: number, body: Buffer): Pdu => {
  switch (type) {
    case PDU_TYPES.associateRequest:
      return associateRequest(body);
    case PDU_TYPES.associateAccept:
      return associateAccept(body);
    case PDU_TYPES.associateReject:
      need(body.length >= 4, "A rejection is cut short.");
      return { kind: "associate-reject", result: body[1]!, source: body[2]!, reason: body[3]! };
    case PDU_TYPES.data:
      return dataUnit(body);
    case PDU_TYPES.releaseRequest:
      return { kind: "release-request" };
    case PDU_TYPES.releaseResponse:
      return { kind: "release-response" };
    case PDU_TYPES.abort:
      return { kind: "abort", source: body[2] ?? 0, reason: body[3] ?? 0 };
    default:
      throw new ProtocolError("The PDU is of no known type.", ABORT_REASONS.unrecognised);
  }
};
