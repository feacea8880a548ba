/** What a data set says at its beginning of which object it is, before the rest of it has arrived (PS3.5 section 7.1). */

import type { ElementCoding } from "../dicom/data-set.ts";
import { TAGS } from "../dicom/tags.ts";

/** The identity of an object. */
export interface LeadingUids {
  readonly SOPClassUID: string;
  readonly SOPInstanceUID: string;
}

/** A data set that says who it is says so within its first bytes. */
export const leadingBytes = 65_536;

const longVrs = new Set(["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"]);

/**
 * The SOP class and instance of a data set, from its first bytes; undefined where they are not there, or where the bytes are no
 * data set of this coding.
 *
 * @param start of the data set, at most {@link leadingBytes} of it
 */
export const readLeadingUids = (
  start: Uint8Array,
  { explicit, littleEndian }: ElementCoding,
): LeadingUids | undefined => {
  const view = new DataView(start.buffer, start.byteOffset, start.byteLength);
  let SOPClassUID: string | undefined;
  for (let position = 0; position + 8 <= start.length; ) {
    const tag = view.getUint16(position, littleEndian) * 65536 + view.getUint16(position + 2, littleEndian);
    if (tag > TAGS.SOPInstanceUID) return undefined;
    const vr = explicit ? String.fromCharCode(start[position + 4]!, start[position + 5]!) : "";
    if (explicit && !/^[A-Z]{2}$/.test(vr)) return undefined;
    const isLong = !explicit || longVrs.has(vr);
    const at = explicit && isLong ? position + 8 : explicit ? position + 6 : position + 4;
    if (at + 4 > start.length) return undefined;
    const length = isLong ? view.getUint32(at, littleEndian) : view.getUint16(at, littleEndian);
    const value = at + (isLong ? 4 : 2);
    if (value + length > start.length) return undefined;
    const text = (): string =>
      String.fromCharCode(...start.subarray(value, value + Math.min(length, 66))).replace(/[\0 ]+$/, "");
    if (tag === TAGS.SOPClassUID) SOPClassUID = text();
    if (tag === TAGS.SOPInstanceUID)
      return SOPClassUID === undefined ? undefined : { SOPClassUID, SOPInstanceUID: text() };
    position = value + length;
  }
  return undefined;
};
