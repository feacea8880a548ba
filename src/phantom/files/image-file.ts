/** A drawn picture as the DICOM object that its kind calls for (PS3.3 annex A): CR, DX, mammography, XA, RF, CT, US or SC. */
import { type DicomElement, writePart10 } from "../../dicom/write-part10.ts";
import { Random } from "../../numeric/random.ts";
import type { PlateTruth } from "../as-they-come/plate.ts";
import { phantomUid } from "../identifiers.ts";
import type { Picture } from "../picture.ts";
import { unpairedBodyParts } from "./body-parts.ts";
import { fitsSet, inCharacterSet } from "./encode-text.ts";
import { identifiedElements, type PlantedIdentifier } from "./identified-elements.ts";
import type { Identity } from "./identity.ts";
import { type StoredLook, shutterElements, storePicture } from "./store-picture.ts";

/** A kind of object. */
export type ObjectKind = "CR" | "MG" | "PX" | "XA" | "RF" | "CT" | "US" | "SC";

const classes: Readonly<Record<ObjectKind, string>> = {
  CR: "1.2.840.10008.5.1.4.1.1.1",
  MG: "1.2.840.10008.5.1.4.1.1.1.2",
  PX: "1.2.840.10008.5.1.4.1.1.1.1",
  XA: "1.2.840.10008.5.1.4.1.1.12.1",
  RF: "1.2.840.10008.5.1.4.1.1.12.2",
  CT: "1.2.840.10008.5.1.4.1.1.2",
  US: "1.2.840.10008.5.1.4.1.1.6.1",
  SC: "1.2.840.10008.5.1.4.1.1.7",
};

/** Whose picture, of what, when. */
export interface ImageFileOptions {
  readonly seed: number;
  readonly kind: ObjectKind;
  /** Names the file among all of the centre's: UIDs follow from it. */
  readonly name: string;
  readonly patientId: string;
  /** Images of one study have the same. */
  readonly study: number;
  readonly instance: number;
  readonly sex: "F" | "M";
  readonly ageYears: number;
  /** yyyy-mm-dd. */
  readonly date: string;
  /** What was examined; empty where nothing is. */
  readonly bodyPart: string;
  readonly view: string;
  readonly side?: "left" | "right";
  readonly origin: "internal" | "external";
  readonly pixelSpacingMm?: number;
  readonly picture: Picture;
  readonly look: StoredLook;
  readonly truth: PlateTruth;
  /** Whether text is burned in; a clinic's file does not always say so. */
  readonly burnedIn: boolean;
  /** Identifies the patient where present; the file is marked as synthetic and anonymous where absent. */
  readonly identity?: Identity;
  readonly random: Random;
  /** Follows from `name` where absent. */
  readonly sopInstanceUid?: string;
}

/** The file, its SOPInstanceUID and what in it identifies. */
export interface ImageFile {
  readonly file: Uint8Array;
  readonly sopInstanceUid: string;
  readonly planted: readonly PlantedIdentifier[];
  /** Whether the file has a shutter over what the blades covered. */
  readonly shutter: boolean;
}

const text = (tag: number, vr: string, value: string): DicomElement => ({ tag, vr, value });
const dicomDate = (iso: string): string => iso.replaceAll("-", "");

const anatomy = (value: string, scheme: string, meaning: string): readonly (readonly DicomElement[])[] => [
  [text(0x00080100, "SH", value), text(0x00080102, "SH", scheme), text(0x00080104, "LO", meaning)],
];

/** What digital X-ray objects say besides (PS3.3 A.26): intent, acquisition, detector, anatomy. */
const digitalXray = (options: ImageFileOptions, modality: "MG" | "PX"): DicomElement[] => {
  const spacing = (options.pixelSpacingMm ?? 0.2).toFixed(6);
  const isBreast = modality === "MG";
  return [
    text(0x00080068, "CS", "FOR PRESENTATION"), // PresentationIntentType
    text(0x00181508, "CS", isBreast ? "MAMMOGRAPHIC" : "NONE"), // PositionerType
    text(0x00185101, "CS", ""), // ViewPosition
    text(0x00187004, "CS", "DIRECT"), // DetectorType
    { tag: 0x00181164, vr: "DS", value: [spacing, spacing] }, // ImagerPixelSpacing
    text(0x00200062, "CS", isBreast ? (options.side === "left" ? "L" : "R") : "U"), // ImageLaterality
    { tag: 0x00200020, vr: "CS", value: ["A", "F"] }, // PatientOrientation
    {
      tag: 0x00082218, // AnatomicRegionSequence
      vr: "SQ",
      value: isBreast ? anatomy("76752008", "SCT", "Breast") : anatomy("661005", "SCT", "Jaw region"),
    },
    ...(isBreast
      ? [
          text(0x00181114, "DS", "1"), // EstimatedRadiographicMagnificationFactor
          text(0x00281300, "CS", "NO"), // BreastImplantPresent
          text(0x00400318, "CS", "BREAST"), // OrganExposed
        ]
      : []),
    {
      tag: 0x00540220,
      vr: "SQ",
      value: isBreast
        ? // ViewModifierCodeSequence
          [[...anatomy("399368009", "SCT", "medio-lateral oblique")[0]!, { tag: 0x00540222, vr: "SQ", value: [] }]]
        : anatomy("399348003", "SCT", "antero-posterior"),
    }, // ViewCodeSequence
    text(0x00281040, "CS", "LOG"), // PixelIntensityRelationship
    { tag: 0x00281041, vr: "SS", value: -1 }, // PixelIntensityRelationshipSign
    text(0x00281052, "DS", "0"), // RescaleIntercept
    text(0x00281053, "DS", "1"), // RescaleSlope
    text(0x00281054, "LO", "US"), // RescaleType
    text(0x00282110, "CS", "00"), // LossyImageCompression
    text(0x20500020, "CS", options.look.photometric === "MONOCHROME1" ? "INVERSE" : "IDENTITY"), // PresentationLUTShape
    { tag: 0x00400555, vr: "SQ", value: [] }, // AcquisitionContextSequence
  ];
};

/** What each kind says beyond what all say. */
const special = (options: ImageFileOptions): DicomElement[] => {
  const { kind, pixelSpacingMm, view, date } = options;
  const spacing = pixelSpacingMm?.toFixed(6);
  switch (kind) {
    case "CR":
      return [
        text(0x00180015, "CS", options.bodyPart), // BodyPartExamined
        text(0x00185101, "CS", view), // ViewPosition
        ...(spacing ? [{ tag: 0x00181164, vr: "DS", value: [spacing, spacing] }] : []), // ImagerPixelSpacing
      ];
    case "MG":
    case "PX":
      return digitalXray(options, kind);
    case "XA":
    case "RF":
      return [
        text(0x00180060, "DS", "77"), // KVP
        text(0x00181155, "CS", "SC"), // RadiationSetting
        text(0x00181150, "IS", "12"), // ExposureTime
        text(0x00181151, "IS", "180"), // XRayTubeCurrent
        text(0x00181152, "IS", "2"), // Exposure
        text(0x00281040, "CS", "DISP"), // PixelIntensityRelationship
        ...(spacing ? [{ tag: 0x00181164, vr: "DS", value: [spacing, spacing] }] : []),
        ...(kind === "XA" ? [text(0x00181510, "DS", "0"), text(0x00181511, "DS", "0")] : []), // positioner's angles
      ];
    case "CT":
      return [
        { tag: 0x00180050, vr: "DS", value: "" }, // SliceThickness
        text(0x00180060, "DS", "120"),
        text(0x00185100, "CS", "HFS"), // PatientPosition
        text(0x00200052, "UI", phantomUid(options.seed, options.patientId, "frame", options.study)), // FrameOfReferenceUID
        text(0x00201040, "LO", ""), // PositionReferenceIndicator
        { tag: 0x00200032, vr: "DS", value: ["-250", "0", "0"] }, // ImagePositionPatient
        { tag: 0x00200037, vr: "DS", value: ["1", "0", "0", "0", "0", "-1"] }, // ImageOrientationPatient
        { tag: 0x00280030, vr: "DS", value: [spacing ?? "1", spacing ?? "1"] }, // PixelSpacing
        text(0x00281052, "DS", "-1024"),
        text(0x00281053, "DS", "1"),
        text(0x00200012, "IS", "1"), // AcquisitionNumber
      ];
    case "US":
      return [];
    case "SC":
      return [
        text(0x00080064, "CS", options.truth.film || options.truth.scanned ? "DF" : "WSD"), // ConversionType
        text(0x00181012, "DA", dicomDate(date)), // DateOfSecondaryCapture
        text(0x00181016, "LO", "Osteon phantom"), // SecondaryCaptureDeviceManufacturer
      ];
  }
};

/** Writes the object. */
export const imageFile = (options: ImageFileOptions): ImageFile => {
  const { seed, kind, name, patientId, study, instance, sex, ageYears, date, side, picture, look, truth } = options;
  const { identity, random, burnedIn } = options;
  const sopInstanceUid = options.sopInstanceUid ?? phantomUid(seed, name, "image");
  const studyInstanceUid = phantomUid(seed, patientId, "study", study);
  const plant = identity
    ? identifiedElements({
        identity,
        patientId,
        accession: String(10_000_000 + new Random(seed, "accession", patientId, study).integer(89_999_999)),
        studyInstanceUid,
        procedure: options.bodyPart.toLowerCase() || kind,
        rows: picture.height,
        columns: picture.width,
        random: random.fork("plant"),
      })
    : undefined;
  const blades = truth.film ? undefined : truth.collimation;
  const shutter = blades !== undefined && kind === "CR" && random.fork("shutter").chance(0.6);
  const birthYear = Number(date.slice(0, 4)) - ageYears;
  const anonymous = [
    text(0x00080050, "SH", ""), // AccessionNumber
    text(0x00080080, "LO", options.origin === "external" ? "External phantom practice" : "Phantom tumour centre"),
    text(0x00080090, "PN", ""), // ReferringPhysicianName
    text(0x00100010, "PN", `Phantom^${patientId}`),
    text(0x00100020, "LO", patientId),
    text(0x00100030, "DA", `${birthYear}0101`),
    text(0x00120062, "CS", "YES"), // PatientIdentityRemoved
    text(0x00120063, "LO", "Synthetic: no such person"), // DeidentificationMethod
  ];
  const common: DicomElement[] = [
    { tag: 0x00080008, vr: "CS", value: kind === "SC" ? ["DERIVED", "SECONDARY"] : imageType(kind) }, // ImageType
    text(0x00080020, "DA", dicomDate(date)), // StudyDate
    text(0x00080021, "DA", dicomDate(date)), // SeriesDate
    text(0x00080022, "DA", dicomDate(date)), // AcquisitionDate
    text(0x00080023, "DA", dicomDate(date)), // ContentDate
    text(0x00080030, "TM", "120000"), // StudyTime
    text(0x00080032, "TM", "120000"), // AcquisitionTime
    text(0x00080033, "TM", "120000"), // ContentTime
    text(0x00080060, "CS", kind === "SC" ? "OT" : kind), // Modality
    text(0x00080070, "LO", "Osteon phantom"), // Manufacturer
    text(0x00081090, "LO", `Phantom ${kind}`), // ManufacturerModelName
    text(0x00181020, "LO", "1"), // SoftwareVersions
    text(0x00100040, "CS", sex),
    text(0x00101010, "AS", `${String(ageYears).padStart(3, "0")}Y`),
    text(0x0020000d, "UI", studyInstanceUid),
    text(0x0020000e, "UI", phantomUid(seed, patientId, "series", study, kind)),
    text(0x00200010, "SH", String(study)),
    text(0x00200011, "IS", "1"),
    text(0x00200013, "IS", String(instance)),
    ...(kind === "MG" || kind === "PX" ? [] : [text(0x00200020, "CS", "")]), // PatientOrientation
    // Laterality, or ImageLaterality among digitalXray's
    ...(kind === "MG" || kind === "PX" || (kind === "CR" && unpairedBodyParts.has(options.bodyPart))
      ? []
      : [text(0x00200060, "CS", side ? (side === "left" ? "L" : "R") : "")]),
    // a clinic's modality knows of its own text, but nobody tells a scanner of the label on a film
    text(0x00280301, "CS", burnedIn && random.fork("told").chance(0.3) ? "YES" : "NO"),
    ...special(options),
    ...storePicture(picture, look),
    ...(shutter
      ? shutterElements(
          blades.corners,
          Math.abs(blades.angleDegrees) < 1.5 && random.fork("shape").chance(0.5) ? "RECTANGULAR" : "POLYGONAL",
        )
      : []),
  ];
  const elements = [...common, ...(plant ? plant.elements : anonymous)];
  const sets = (["ISO_IR 100", "ISO_IR 148", "ISO_IR 192"] as const).filter((one) => fitsSet(elements, one));
  const set = identity ? random.fork("characters").pick(sets) : "ISO_IR 192";
  return {
    file: writePart10({ sopClassUid: classes[kind], sopInstanceUid, elements: inCharacterSet(elements, set) }),
    sopInstanceUid,
    planted: plant?.planted ?? [],
    shutter,
  };
};

/** The image types that each kind's own rules ask for. */
const imageType = (kind: ObjectKind): string[] => {
  if (kind === "CT") return ["ORIGINAL", "PRIMARY", "LOCALIZER"];
  if (kind === "XA" || kind === "RF") return ["ORIGINAL", "PRIMARY", "SINGLE PLANE"];
  if (kind === "MG" || kind === "PX") return ["ORIGINAL", "PRIMARY", ""];
  return ["ORIGINAL", "PRIMARY"];
};
