/** Attributes of queries (PS3.4 annex C.6, PS3.18 section 10.6) by DICOM keyword, and what a search for radiographs is told. */

/** Tag (group times 65536 plus element) and VR. */
export const queryAttributes = {
  SpecificCharacterSet: [0x00080005, "CS"],
  SOPClassUID: [0x00080016, "UI"],
  SOPInstanceUID: [0x00080018, "UI"],
  StudyDate: [0x00080020, "DA"],
  StudyTime: [0x00080030, "TM"],
  AccessionNumber: [0x00080050, "SH"],
  QueryRetrieveLevel: [0x00080052, "CS"],
  InstanceAvailability: [0x00080056, "CS"],
  Modality: [0x00080060, "CS"],
  ModalitiesInStudy: [0x00080061, "CS"],
  StudyDescription: [0x00081030, "LO"],
  SeriesDescription: [0x0008103e, "LO"],
  PatientName: [0x00100010, "PN"],
  PatientID: [0x00100020, "LO"],
  PatientBirthDate: [0x00100030, "DA"],
  PatientSex: [0x00100040, "CS"],
  BodyPartExamined: [0x00180015, "CS"],
  StudyInstanceUID: [0x0020000d, "UI"],
  SeriesInstanceUID: [0x0020000e, "UI"],
  SeriesNumber: [0x00200011, "IS"],
  InstanceNumber: [0x00200013, "IS"],
} as const satisfies Readonly<Record<string, readonly [tag: number, vr: string]>>;

/** A keyword that a query may hold. */
export type QueryKeyword = keyof typeof queryAttributes;

/** The levels of the query model, from the top. */
export type QueryLevel = "PATIENT" | "STUDY" | "SERIES" | "IMAGE";

/** What is searched for: a value matches, an empty one is asked for. */
export type QueryKeys = Readonly<Partial<Record<QueryKeyword, string>>>;

/** One answer: what the archive says of a patient, study, series or image. Holds patient data: never in an error. */
export type QueryAnswer = Readonly<Partial<Record<QueryKeyword, string>>>;

/** Which studies an import wants. */
export interface StudyQuery {
  /** Matched at the level of studies. */
  readonly keys: QueryKeys;
  /** Modalities of the series that are wanted; undefined takes every modality of radiography. */
  readonly modalities?: readonly string[];
}

/** Keys at the level of studies that a search may name. */
export const studyKeys = [
  "StudyInstanceUID",
  "StudyDate",
  "AccessionNumber",
  "StudyDescription",
  "PatientID",
  "PatientName",
  "PatientBirthDate",
  "PatientSex",
] as const satisfies readonly QueryKeyword[];

/** One instance of an archive. */
export interface InstanceReference {
  readonly StudyInstanceUID: string;
  readonly SeriesInstanceUID: string;
  readonly SOPInstanceUID: string;
  /** Where the archive tells. */
  readonly SOPClassUID?: string;
}
