/** A drawn radiograph as a Computed Radiography Image object (PS3.3 section A.2) of a patient who does not exist. */
import { writePart10 } from "../dicom/write-part10.ts";
import type { PhantomRadiograph } from "./draw-radiograph.ts";
import { phantomUid } from "./identifiers.ts";
import type { PhantomPatient } from "./patient.ts";

const computedRadiographyImageStorage = "1.2.840.10008.5.1.4.1.1.1";

/** DICOM's words for the body parts (PS3.16 annex L, table L-1). */
const bodyParts: Readonly<Record<string, string>> = {
  Clavicula: "CLAVICLE",
  Femur: "LEG",
  Forearm: "FOREARM",
  "Lower leg": "LEG",
  "Lumbar spine": "LSPINE",
};

/** Which radiograph of which centre. */
export interface RadiographFileOptions {
  readonly seed: number;
  readonly patient: PhantomPatient;
  readonly examinationIndex: number;
  readonly radiograph: PhantomRadiograph;
}

const dicomDate = (iso: string): string => iso.replaceAll("-", "");

/** The radiograph's SOPInstanceUID, which also names its mask. */
export const sopInstanceUidOf = (options: Omit<RadiographFileOptions, "radiograph">): string =>
  phantomUid(options.seed, options.patient.id, "image", options.examinationIndex);

/** The DICOM file of one radiograph. */
export const radiographFile = (options: RadiographFileOptions): Uint8Array => {
  const { seed, patient, examinationIndex, radiograph } = options;
  const examination = patient.examinations[examinationIndex]!;
  const study = (kind: string): string => phantomUid(seed, patient.id, kind, examination.study);
  const top = 2 ** radiograph.bitsStored;
  const birthYear = Number(patient.diagnosisDate.slice(0, 4)) - patient.ageYears;
  const spacing = radiograph.pixelSpacingMm.toFixed(6);
  const text = (tag: number, vr: string, value: string) => ({ tag, vr, value });
  const number = (tag: number, value: number) => ({ tag, vr: "US", value });
  return writePart10({
    sopClassUid: computedRadiographyImageStorage,
    sopInstanceUid: sopInstanceUidOf(options),
    elements: [
      text(0x00080005, "CS", "ISO_IR 192"), // SpecificCharacterSet
      { tag: 0x00080008, vr: "CS", value: ["ORIGINAL", "PRIMARY"] }, // ImageType
      text(0x00080020, "DA", dicomDate(examination.date)), // StudyDate
      text(0x00080021, "DA", dicomDate(examination.date)), // SeriesDate
      text(0x00080030, "TM", "120000"), // StudyTime
      text(0x00080050, "SH", ""), // AccessionNumber
      text(0x00080060, "CS", "CR"), // Modality
      text(0x00080070, "LO", "Osteon phantom"), // Manufacturer
      text(0x00080080, "LO", patient.origin === "external" ? "External phantom practice" : "Phantom tumour centre"), // InstitutionName
      text(0x00080090, "PN", ""), // ReferringPhysicianName
      text(0x00100010, "PN", `Phantom^${patient.id}`), // PatientName
      text(0x00100020, "LO", patient.id), // PatientID
      text(0x00100030, "DA", `${birthYear}0101`), // PatientBirthDate
      text(0x00100040, "CS", patient.sex), // PatientSex
      text(0x00101010, "AS", `${String(patient.ageYears).padStart(3, "0")}Y`), // PatientAge
      text(0x00120062, "CS", "YES"), // PatientIdentityRemoved
      text(0x00120063, "LO", "Synthetic: no such person"), // DeidentificationMethod
      text(0x00180015, "CS", bodyParts[patient.region] ?? patient.region.toUpperCase()), // BodyPartExamined
      { tag: 0x00181164, vr: "DS", value: [spacing, spacing] }, // ImagerPixelSpacing
      text(0x00185101, "CS", { AP: "AP", lateral: "LL", oblique: "LAO" }[examination.view]), // ViewPosition
      text(0x0020000d, "UI", study("study")), // StudyInstanceUID
      text(0x0020000e, "UI", study("series")), // SeriesInstanceUID
      text(0x00200010, "SH", String(examination.study)), // StudyID
      text(0x00200011, "IS", "1"), // SeriesNumber
      text(0x00200013, "IS", String(examinationIndex + 1)), // InstanceNumber
      text(0x00200020, "CS", ""), // PatientOrientation
      text(0x00200060, "CS", patient.side ? (patient.side === "left" ? "L" : "R") : ""), // Laterality
      number(0x00280002, 1), // SamplesPerPixel
      text(0x00280004, "CS", radiograph.photometric), // PhotometricInterpretation
      number(0x00280010, radiograph.height), // Rows
      number(0x00280011, radiograph.width), // Columns
      number(0x00280100, 16), // BitsAllocated
      number(0x00280101, radiograph.bitsStored), // BitsStored
      number(0x00280102, radiograph.bitsStored - 1), // HighBit
      number(0x00280103, 0), // PixelRepresentation
      text(0x00280301, "CS", "NO"), // BurnedInAnnotation
      text(0x00281050, "DS", String(top / 2)), // WindowCenter
      text(0x00281051, "DS", String(top)), // WindowWidth
      { tag: 0x7fe00010, vr: "OW", value: radiograph.stored }, // PixelData
    ],
  });
};
