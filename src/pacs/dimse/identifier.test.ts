import { expect, test } from "vitest";
import { decodeIdentifier, encodeIdentifier } from "./identifier.ts";
import { ProtocolError } from "./pdu.ts";

const implicit = "1.2.840.10008.1.2";
const explicit = "1.2.840.10008.1.2.1";

test.each([
  ["ASCII without a character set", "Smith^John", undefined],
  ["Latin 1, which older archives know", "Müller^Jörg", "ISO_IR 100"],
  ["Unicode where it must be", "Łukasz^Żak", "ISO_IR 192"],
])("writes %s", (_, PatientName, SpecificCharacterSet) => {
  for (const syntax of [implicit, explicit]) {
    const bytes = encodeIdentifier({ PatientName, StudyInstanceUID: "1.2.3", ModalitiesInStudy: "" }, syntax);
    expect(bytes.length % 2).toBe(0);
    expect(decodeIdentifier(bytes, syntax)).toEqual({
      PatientName,
      StudyInstanceUID: "1.2.3",
      ...(SpecificCharacterSet ? { SpecificCharacterSet } : {}),
    });
  }
});

test("elements are in the order of their tags, whatever order the keys are in", () => {
  const one = encodeIdentifier({ StudyInstanceUID: "1.2", PatientID: "X", QueryRetrieveLevel: "STUDY" }, explicit);
  const other = encodeIdentifier({ QueryRetrieveLevel: "STUDY", PatientID: "X", StudyInstanceUID: "1.2" }, explicit);
  expect(one).toEqual(other);
  expect(one.readUInt16LE(0)).toBe(0x0008);
});

test("damaged identifiers are the archive's fault, in a sentence without their content", () => {
  const bytes = encodeIdentifier({ PatientName: "Secret^Name" }, explicit);
  expect(() => decodeIdentifier(bytes.subarray(0, bytes.length - 3), explicit)).toThrow(ProtocolError);
  expect(() => decodeIdentifier(bytes.subarray(0, bytes.length - 3), explicit)).toThrow("An identifier is damaged.");
});
