/** The attributes of a radiograph that Osteon keeps, by their DICOM keyword. */
import type { DataSet } from "./data-set.ts";
import { type FieldShapes, readFieldShapes } from "./field-shapes.ts";
import { TAGS } from "./tags.ts";

/** What a file says of its radiograph; absent or empty attributes are left out. Holds patient data: never in an error. */
export interface RadiographAttributes {
  readonly PatientID?: string;
  /** M, F or O. */
  readonly PatientSex?: string;
  /** As written, e.g. 045Y. */
  readonly PatientAge?: string;
  /** As written, YYYYMMDD. */
  readonly PatientBirthDate?: string;
  readonly StudyInstanceUID?: string;
  readonly SeriesInstanceUID?: string;
  readonly SOPInstanceUID?: string;
  readonly SOPClassUID?: string;
  readonly Modality?: string;
  readonly BodyPartExamined?: string;
  readonly ViewPosition?: string;
  readonly Laterality?: string;
  readonly ImageLaterality?: string;
  /** As written, YYYYMMDD. */
  readonly StudyDate?: string;
  /** As written, YYYYMMDD. */
  readonly AcquisitionDate?: string;
  readonly Manufacturer?: string;
  /** Millimetres between rows, then between columns, in the patient. */
  readonly PixelSpacing?: readonly [number, number];
  /** Millimetres between rows, then between columns, on the detector. */
  readonly ImagerPixelSpacing?: readonly [number, number];
  readonly PhotometricInterpretation?: string;
  readonly PresentationIntentType?: string;
  readonly TransferSyntaxUID?: string;
  readonly Rows?: number;
  readonly Columns?: number;
  readonly BitsStored?: number;
  readonly NumberOfFrames?: number;
  /** YES or NO. */
  readonly BurnedInAnnotation?: string;
  /** How a secondary capture was made, e.g. DF for a digitised film (PS3.3 C.8.6.1). */
  readonly ConversionType?: string;
  /** Where the rows and then the columns lead, e.g. L and F (PS3.3 C.7.6.1.1.1). */
  readonly PatientOrientation?: readonly string[];
  /** Left out where the file names none. */
  readonly fieldShapes?: FieldShapes;
}

const TEXTS = [
  "PatientID",
  "PatientSex",
  "PatientAge",
  "PatientBirthDate",
  "StudyInstanceUID",
  "SeriesInstanceUID",
  "SOPInstanceUID",
  "SOPClassUID",
  "Modality",
  "BodyPartExamined",
  "ViewPosition",
  "Laterality",
  "ImageLaterality",
  "StudyDate",
  "AcquisitionDate",
  "Manufacturer",
  "PhotometricInterpretation",
  "PresentationIntentType",
  "BurnedInAnnotation",
  "ConversionType",
] as const satisfies readonly (keyof RadiographAttributes & keyof typeof TAGS)[];

const WORDS = ["Rows", "Columns", "BitsStored"] as const;
const SPACINGS = ["PixelSpacing", "ImagerPixelSpacing"] as const;

/**
 * Reads the attributes of a data set, text decoded by its `SpecificCharacterSet`.
 *
 * @param transferSyntaxUid the syntax of the file, which the data set does not hold
 * @example
 * readAttributes(dataSet, "1.2.840.10008.1.2.1").BodyPartExamined; // "KNEE"
 */
export const readAttributes = (dataSet: DataSet, transferSyntaxUid: string): RadiographAttributes => {
  const characterSets = dataSet.texts(TAGS.SpecificCharacterSet);
  const found: Record<string, unknown> = { TransferSyntaxUID: transferSyntaxUid };
  for (const keyword of TEXTS) found[keyword] = dataSet.text(TAGS[keyword], characterSets);
  for (const keyword of WORDS) found[keyword] = dataSet.word(TAGS[keyword]);
  for (const keyword of SPACINGS) {
    const spacing = dataSet.decimals(TAGS[keyword]).slice(0, 2);
    if (spacing.length === 2 && spacing.every((mm) => mm > 0)) found[keyword] = spacing;
  }
  const frames = dataSet.decimals(TAGS.NumberOfFrames)[0];
  if (frames !== undefined) found.NumberOfFrames = Math.trunc(frames);
  const orientation = dataSet.texts(TAGS.PatientOrientation);
  if (orientation.some((direction) => direction !== "")) found.PatientOrientation = orientation;
  const shapes = readFieldShapes(dataSet);
  if (shapes.shutters.length + shapes.collimators.length > 0 || shapes.shutterOverlayGroup !== undefined) {
    found.fieldShapes = shapes;
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined)) as RadiographAttributes;
};
