/** Command sets of DIMSE messages (PS3.7 section 6.3 and annex E): group 0000 in Implicit VR Little Endian. */

import { ProtocolError } from "./pdu.ts";

/** Command fields (PS3.7 annex E.1); an answer has the highest bit set. */
export const COMMANDS = {
  store: 0x0001,
  get: 0x0010,
  find: 0x0020,
  move: 0x0021,
  echo: 0x0030,
  cancel: 0x0fff,
  response: 0x8000,
} as const;

/** Value of CommandDataSetType where no data set follows (PS3.7 annex E.2). */
export const NO_DATA_SET = 0x0101;

const numbers = {
  CommandField: 0x0100,
  MessageID: 0x0110,
  MessageIDBeingRespondedTo: 0x0120,
  Priority: 0x0700,
  CommandDataSetType: 0x0800,
  Status: 0x0900,
  NumberOfRemainingSuboperations: 0x1020,
  NumberOfCompletedSuboperations: 0x1021,
  NumberOfFailedSuboperations: 0x1022,
  NumberOfWarningSuboperations: 0x1023,
  MoveOriginatorMessageID: 0x1031,
} as const;

const texts = {
  AffectedSOPClassUID: 0x0002,
  MoveDestination: 0x0600,
  ErrorComment: 0x0902,
  AffectedSOPInstanceUID: 0x1000,
  MoveOriginatorApplicationEntityTitle: 0x1030,
} as const;

/** A command by DICOM keyword. */
export type CommandSet = { readonly CommandField: number } & {
  readonly [keyword in Exclude<keyof typeof numbers, "CommandField">]?: number;
} & { readonly [keyword in keyof typeof texts]?: string };

const numberOf = new Map<number, string>(Object.entries(numbers).map(([keyword, element]) => [element, keyword]));
const textOf = new Map<number, string>(Object.entries(texts).map(([keyword, element]) => [element, keyword]));

const isPaddedWithZero = (keyword: string): boolean => keyword.endsWith("UID");

const encodeValue = (keyword: string, value: number | string): Buffer => {
  if (typeof value === "number") {
    const bytes = Buffer.alloc(2);
    bytes.writeUInt16LE(value);
    return bytes;
  }
  const bytes = Buffer.from(value, "latin1");
  if (bytes.length % 2 === 0) return bytes;
  return Buffer.concat([bytes, Buffer.of(isPaddedWithZero(keyword) ? 0 : 0x20)]);
};

const element = (number: number, value: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(number, 2);
  head.writeUInt32LE(value.length, 4);
  return Buffer.concat([head, value]);
};

/** The bytes of a command, its group length first, elements in order. */
export const encodeCommandSet = (command: CommandSet): Buffer => {
  const elements = Object.entries(command)
    .filter((entry): entry is [string, number | string] => entry[1] !== undefined)
    .map(([keyword, value]) => {
      const number = (numbers as Record<string, number>)[keyword] ?? (texts as Record<string, number>)[keyword]!;
      return { number, bytes: element(number, encodeValue(keyword, value)) };
    })
    .sort((a, b) => a.number - b.number);
  const body = Buffer.concat(elements.map(({ bytes }) => bytes));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(body.length);
  return Buffer.concat([element(0, length), body]);
};

/**
 * Takes a command apart; elements it does not know are passed over.
 *
 * @throws ProtocolError where it is cut short, holds another group, or lacks a command field
 */
export const decodeCommandSet = (bytes: Buffer): CommandSet => {
  const found: Record<string, number | string> = {};
  let position = 0;
  while (position < bytes.length) {
    if (bytes.length - position < 8) throw new ProtocolError("A command is cut short.");
    if (bytes.readUInt16LE(position) !== 0) throw new ProtocolError("A command holds elements of another group.");
    const number = bytes.readUInt16LE(position + 2);
    const length = bytes.readUInt32LE(position + 4);
    const value = bytes.subarray(position + 8, position + 8 + length);
    if (value.length < length) throw new ProtocolError("A command is cut short.");
    const numeric = numberOf.get(number);
    if (numeric && length >= 2) found[numeric] = value.readUInt16LE(0);
    const text = textOf.get(number);
    if (text) found[text] = value.toString("latin1").replace(/^ +|[\0 ]+$/g, "");
    position += 8 + length;
  }
  if (typeof found.CommandField !== "number") throw new ProtocolError("A command has no command field.");
  return found as unknown as CommandSet;
};

/** Whether a data set follows the command. */
export const hasDataSet = ({ CommandDataSetType }: CommandSet): boolean =>
  CommandDataSetType !== undefined && CommandDataSetType !== NO_DATA_SET;
