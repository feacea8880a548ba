/** Values without meaning that a VR allows (action D of PS3.15 section E.1.1). Verification knows them again. */

const dummies: Readonly<Record<string, string>> = {
  AE: "REMOVED",
  AS: "000Y",
  CS: "REMOVED",
  DA: "19000101",
  DS: "0",
  DT: "19000101000000",
  IS: "0",
  LO: "REMOVED",
  LT: "REMOVED",
  PN: "REMOVED",
  SH: "REMOVED",
  ST: "REMOVED",
  TM: "000000",
  UC: "REMOVED",
  UR: "urn:removed",
  UT: "REMOVED",
};

const zeros: Readonly<Record<string, number>> = {
  ...{ AT: 4, FD: 8, FL: 4, OB: 2, OD: 8, OF: 4, OL: 4, OV: 8, OW: 2, SL: 4, SS: 2, SV: 8, UL: 4, UN: 2, US: 2, UV: 8 },
};

/**
 * The dummy of a VR, never a sequence or a UID.
 *
 * @example
 * dummyValue("DA"); // the bytes of "19000101"
 */
export const dummyValue = (vr: string): Uint8Array => {
  const text = dummies[vr];
  return text === undefined ? new Uint8Array(zeros[vr] ?? 2) : new TextEncoder().encode(text);
};
