import fc from "fast-check";
import { expect, test } from "vitest";
import { type CommandSet, decodeCommandSet, encodeCommandSet, hasDataSet } from "./command-set.ts";
import { decodePdu } from "./decode-pdu.ts";
import {
  encodeAbort,
  encodeAssociateAccept,
  encodeAssociateReject,
  encodeAssociateRequest,
  encodeData,
  encodeReleaseRequest,
  encodeReleaseResponse,
} from "./encode-pdu.ts";
import { APPLICATION_CONTEXT, PDU_HEADER_BYTES, type Pdu, ProtocolError } from "./pdu.ts";

/** Takes apart what was put together, as it would come over a connection. */
const decoded = (pdu: Buffer): Pdu => {
  expect(pdu.readUInt32BE(2)).toBe(pdu.length - PDU_HEADER_BYTES);
  return decodePdu(pdu[0]!, pdu.subarray(PDU_HEADER_BYTES));
};

const uid = fc.array(fc.nat(99_999), { minLength: 2, maxLength: 8 }).map((parts) => parts.join("."));
const aeTitle = fc.stringMatching(/^[A-Z0-9_]{1,16}$/).filter((title) => title.length <= 16);
const user = fc.record({
  maximumLength: fc.nat(0xffffffff),
  roles: fc.array(fc.record({ sopClass: uid, isUser: fc.boolean(), isProvider: fc.boolean() }), { maxLength: 4 }),
});
const titles = { calledAeTitle: aeTitle, callingAeTitle: aeTitle };

test("an association request says after the journey what it said before", () => {
  const context = fc.record({ abstractSyntax: uid, transferSyntaxes: fc.array(uid, { minLength: 1, maxLength: 5 }) });
  const request = fc.record({ ...titles, user, contexts: fc.array(context, { maxLength: 20 }) });
  fc.assert(
    fc.property(request, ({ contexts, ...rest }) => {
      const numbered = contexts.map((one, i) => ({ id: 2 * i + 1, ...one }));
      expect(decoded(encodeAssociateRequest({ ...rest, contexts: numbered }))).toEqual({
        kind: "associate-request",
        protocolVersion: 1,
        applicationContext: APPLICATION_CONTEXT,
        ...rest,
        contexts: numbered,
      });
    }),
    { numRuns: 50 },
  );
});

test("the other PDUs say after the journey what they said before", () => {
  const accept = {
    calledAeTitle: "ARCHIVE",
    callingAeTitle: "A B",
    user: { maximumLength: 16_384, roles: [] },
    contexts: [{ id: 1, result: 0, transferSyntax: "1.2.840.10008.1.2.1" }],
  };
  expect(decoded(encodeAssociateAccept(accept))).toMatchObject({ kind: "associate-accept", ...accept });
  const reject = { result: 2, source: 3, reason: 2 };
  expect(decoded(encodeAssociateReject(reject))).toEqual({ kind: "associate-reject", ...reject });
  expect(decoded(encodeAbort({ source: 2, reason: 6 }))).toEqual({ kind: "abort", source: 2, reason: 6 });
  expect(decoded(encodeReleaseRequest())).toEqual({ kind: "release-request" });
  expect(decoded(encodeReleaseResponse())).toEqual({ kind: "release-response" });
  const value = { contextId: 7, isCommand: false, isLast: true, bytes: Buffer.from("data") };
  expect(decoded(Buffer.concat(encodeData(value)))).toEqual({ kind: "data", values: [value] });
});

test("whatever the bytes are, they are a PDU or a ProtocolError", () => {
  const valid = encodeAssociateRequest({
    calledAeTitle: "A",
    callingAeTitle: "B",
    contexts: [{ id: 1, abstractSyntax: "1.2", transferSyntaxes: ["1.2.840.10008.1.2"] }],
    user: { maximumLength: 0, roles: [{ sopClass: "1.2", isUser: true, isProvider: false }] },
  }).subarray(PDU_HEADER_BYTES);
  const damaged = fc
    .array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { maxLength: 6 })
    .chain((changes) => fc.nat(valid.length).map((length) => ({ changes, length })))
    .map(({ changes, length }) => {
      const bytes = Buffer.from(valid);
      for (const [at, byte] of changes) bytes[at] = byte;
      return bytes.subarray(0, length);
    });
  const random = fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes));
  fc.assert(
    fc.property(fc.nat(9), fc.oneof(damaged, random), (type, bytes) => {
      try {
        decodePdu(type, bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError);
      }
    }),
    { numRuns: 2000 },
  );
});

test("a command says after the journey what it said before", () => {
  const command: CommandSet = {
    CommandField: 0x0021,
    MessageID: 65_535,
    AffectedSOPClassUID: "1.2.840.10008.5.1.4.1.2.2.2",
    Priority: 0,
    CommandDataSetType: 1,
    MoveDestination: "OSTEON",
  };
  const bytes = encodeCommandSet(command);
  expect(bytes.length % 2).toBe(0);
  expect(bytes.readUInt32LE(8)).toBe(bytes.length - 12); // CommandGroupLength
  expect(decodeCommandSet(bytes)).toEqual(command);
  expect([hasDataSet(command), hasDataSet({ CommandField: 0x0030, CommandDataSetType: 0x0101 })]).toEqual([
    true,
    false,
  ]);
});

test("whatever the bytes are, they are a command or a ProtocolError", () => {
  const valid = encodeCommandSet({ CommandField: 1, MessageID: 1, AffectedSOPInstanceUID: "1.2.3" });
  const change = fc.array(fc.tuple(fc.nat(valid.length - 1), fc.nat(255)), { maxLength: 4 });
  fc.assert(
    fc.property(change, fc.nat(valid.length), (changes, length) => {
      const bytes = Buffer.from(valid);
      for (const [at, byte] of changes) bytes[at] = byte;
      try {
        decodeCommandSet(bytes.subarray(0, length));
      } catch (error) {
        expect(error).toBeInstanceOf(ProtocolError);
      }
    }),
    { numRuns: 1000 },
  );
});
