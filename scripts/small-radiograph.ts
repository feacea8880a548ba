/** Small Computed Radiography objects of nobody, each with a picture of its own; for tests and benches of the network. */

import { type DicomElement, writePart10 } from "../src/dicom/write-part10.ts";
import { Random } from "../src/numeric/random.ts";

/** Which object. */
export interface SmallRadiographOptions {
  /** Draws the picture and names the object. */
  readonly number: number;
  /** The study and its one series; the object's own by default. */
  readonly study?: number;
  readonly side?: number;
  readonly patientName?: string;
  readonly patientId?: string;
  readonly modality?: string;
  readonly studyDate?: string;
  /** Further elements. */
  readonly more?: readonly DicomElement[];
}

const root = "1.2.826.0.1.3680043.10.1177.4"; // below a UID that is given away for examples and tests
export const computedRadiography = "1.2.840.10008.5.1.4.1.1.1";

/** The SOPInstanceUID of an object by its number. */
export const smallRadiographUid = (number: number): string => `${root}.3.${number}`;

/** The StudyInstanceUID of a study by its number. */
export const smallStudyUid = (study: number): string => `${root}.1.${study}`;

/** The DICOM file of one object, 12 bits, Explicit VR Little Endian. */
export const smallRadiograph = (options: SmallRadiographOptions): Uint8Array => {
  const { number, study = number, side = 64, modality = "CR", studyDate = "20200131", more = [] } = options;
  const { patientName = `Study^${study}`, patientId = `P${study}` } = options;
  const random = new Random(number, "small radiograph");
  const pixels = Uint16Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [(i % side) / side - 0.5, Math.floor(i / side) / side - 0.5];
    return Math.max(0, Math.min(4095, 2400 * Math.exp(-8 * (x * x + y * y)) + random.normal(600, 40)));
  });
  const text = (tag: number, vr: string, value: string): DicomElement => ({ tag, vr, value });
  const word = (tag: number, value: number): DicomElement => ({ tag, vr: "US", value });
  return writePart10({
    sopClassUid: computedRadiography,
    sopInstanceUid: smallRadiographUid(number),
    elements: [
      text(0x00080005, "CS", "ISO_IR 192"),
      text(0x00080020, "DA", studyDate),
      text(0x00080030, "TM", "120000"),
      text(0x00080050, "SH", ""),
      text(0x00080060, "CS", modality),
      text(0x00080090, "PN", ""),
      text(0x00100010, "PN", patientName),
      text(0x00100020, "LO", patientId),
      text(0x00100030, "DA", ""),
      text(0x00100040, "CS", ""),
      text(0x0020000d, "UI", smallStudyUid(study)),
      text(0x0020000e, "UI", `${root}.2.${study}`),
      text(0x00200010, "SH", String(study)),
      text(0x00200011, "IS", "1"),
      text(0x00200013, "IS", String(number)),
      word(0x00280002, 1),
      text(0x00280004, "CS", "MONOCHROME2"),
      word(0x00280010, side),
      word(0x00280011, side),
      word(0x00280100, 16),
      word(0x00280101, 12),
      word(0x00280102, 11),
      word(0x00280103, 0),
      { tag: 0x7fe00010, vr: "OW", value: pixels },
      ...more,
    ],
  });
};
