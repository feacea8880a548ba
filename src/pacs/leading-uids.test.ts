import fc from "fast-check";
import { expect, test } from "vitest";
import { computedRadiography, smallRadiograph, smallRadiographUid } from "../../scripts/small-radiograph.ts";
import { EXPLICIT_LITTLE_ENDIAN, IMPLICIT_LITTLE_ENDIAN } from "../dicom/transfer-syntaxes.ts";
import { readLeadingUids } from "./leading-uids.ts";

const dataSetOf = (file: Uint8Array): Uint8Array =>
  file.subarray(132 + 12 + new DataView(file.buffer, file.byteOffset).getUint32(140, true));

test("an object says who it is in its first bytes", () => {
  const dataSet = dataSetOf(smallRadiograph({ number: 7 }));
  const uids = { SOPClassUID: computedRadiography, SOPInstanceUID: smallRadiographUid(7) };
  expect(readLeadingUids(dataSet.subarray(0, 200), EXPLICIT_LITTLE_ENDIAN)).toEqual(uids);
  expect(readLeadingUids(dataSet.subarray(0, 60), EXPLICIT_LITTLE_ENDIAN)).toBeUndefined();
  expect(readLeadingUids(dataSet, IMPLICIT_LITTLE_ENDIAN)).toBeUndefined();
});

test("whatever the bytes are, nothing is thrown", () => {
  const dataSet = dataSetOf(smallRadiograph({ number: 7 })).subarray(0, 300);
  const changes = fc.array(fc.tuple(fc.nat(299), fc.nat(255)), { maxLength: 5 });
  fc.assert(
    fc.property(changes, fc.nat(300), fc.boolean(), fc.boolean(), (list, length, explicit, littleEndian) => {
      const bytes = Uint8Array.from(dataSet);
      for (const [at, byte] of list) bytes[at] = byte;
      const found = readLeadingUids(bytes.subarray(0, length), { explicit, littleEndian });
      expect(found === undefined || typeof found.SOPInstanceUID === "string").toBe(true);
    }),
    { numRuns: 2000 },
  );
});
