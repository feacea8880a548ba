/**
 * What is done to an attribute: the row of table E.1-1, the chosen options and the object's class become one treatment
 * (PS3.15 section E.1.1, section E.3). The choices that the standard leaves: docs/decisions/011-de-identification.md.
 */
import type { ConfidentialityRow, ProfileAction } from "./confidentiality-table.ts";
import { type ProfileOption, profileOptions } from "./profile-options.ts";

/**
 * `keep` as it is; `remove` the attribute; `empty` its value; `dummy` in its place; `uid` replaced by a keyed one; `shift` the date, keep
 * the time; `clean` free text; `clean-device` keep unless it names somebody.
 */
export type Treatment = "keep" | "remove" | "empty" | "dummy" | "uid" | "shift" | "clean" | "clean-device";

/** What decides. */
export interface TreatmentContext {
  readonly options: ReadonlySet<ProfileOption>;
  readonly sopClassUid: string;
}

/** Projection radiographs: CR, DX, IO, mammography, XA, RF and secondary capture (PS3.4 annex B.5), by the beginning of the UID. */
const radiographClasses = [
  "1.2.840.10008.5.1.4.1.1.1",
  "1.2.840.10008.5.1.4.1.1.1.1",
  "1.2.840.10008.5.1.4.1.1.1.1.1",
  "1.2.840.10008.5.1.4.1.1.1.2",
  "1.2.840.10008.5.1.4.1.1.1.2.1",
  "1.2.840.10008.5.1.4.1.1.1.3",
  "1.2.840.10008.5.1.4.1.1.1.3.1",
  "1.2.840.10008.5.1.4.1.1.7",
  "1.2.840.10008.5.1.4.1.1.12.1",
  "1.2.840.10008.5.1.4.1.1.12.2",
];

/** The types of attributes with compound actions in the IODs of radiographs (PS3.3 annex A.2 to A.26): 3 removed, 2 emptied. */
const radiographTypes: Readonly<Record<string, 2 | 3>> = {
  AcquisitionDate: 3,
  AcquisitionDateTime: 3,
  AcquisitionTime: 3,
  AcquisitionDeviceProcessingDescription: 3,
  ContentDate: 2,
  ContentTime: 2,
  ContrastBolusAgent: 2,
  DateOfLastDetectorCalibration: 3,
  TimeOfLastDetectorCalibration: 3,
  DetectorID: 3,
  DeviceSerialNumber: 3,
  InstanceCreationDate: 3,
  InstanceCreationTime: 3,
  InstitutionCodeSequence: 3,
  InstitutionName: 3,
  OperatorIdentificationSequence: 3,
  OperatorsName: 3,
  ProtocolName: 3,
  ReferencedPerformedProcedureStepSequence: 3,
  ReferencedStudySequence: 3,
  RequestedProcedureDescription: 3,
  SeriesDate: 3,
  SeriesTime: 3,
  StationName: 3,
};

/** Removed by the table, and required of animals' files (type 2C, PS3.3 C.7.1.1): empty they satisfy both. */
const emptiedInstead: ReadonlySet<string> = new Set(["ResponsiblePerson", "ResponsibleOrganization"]);

const simple: Readonly<Record<string, Treatment>> = { X: "remove", Z: "empty", D: "dummy", U: "uid" };

/** The strictest of a compound action suits an attribute of any type; a known type takes what removes most. */
const basicTreatment = (row: ConfidentialityRow, sopClassUid: string): Treatment => {
  const action: ProfileAction = row.basicProfile;
  if (action === "X/Z/U*") return "keep"; // a sequence: kept, with the UIDs in its items replaced
  if (emptiedInstead.has(row.keyword)) return "empty";
  const choices = action.split("/");
  const type = radiographClasses.includes(sopClassUid) ? radiographTypes[row.keyword] : undefined;
  if (type === 3 && choices.includes("X")) return "remove";
  if (type !== undefined && choices.includes("Z")) return "empty";
  return simple[choices.at(-1)!]!;
};

/**
 * The treatment of an attribute in the table.
 *
 * @example
 * treatmentOf(findConfidentialityRow(0x00080020), { options: new Set(["retain-longitudinal"]), sopClassUid }); // "shift"
 */
export const treatmentOf = (row: ConfidentialityRow, { options, sopClassUid }: TreatmentContext): Treatment => {
  const says = (option: ProfileOption): "K" | "C" | undefined =>
    options.has(option) ? row.options[profileOptions[option].column] : undefined;
  // Shifted before kept: an unshifted date of the device beside shifted ones would tell the shift.
  if (says("retain-longitudinal"))
    return ["DA", "DT", "TM"].includes(row.vr) ? "shift" : basicTreatment(row, sopClassUid);
  const device = says("retain-device");
  const patient = says("retain-patient-characteristics");
  if (device === "K" || patient === "K") return "keep";
  if (device === "C") return "clean-device";
  if (patient === "C" || says("clean-descriptors")) return "clean";
  return basicTreatment(row, sopClassUid);
};

/** What becomes of a value that cannot be shifted, cleaned or kept: as if no option had been chosen. */
export const fallbackTreatment = (row: ConfidentialityRow | undefined, sopClassUid: string): Treatment =>
  row ? basicTreatment(row, sopClassUid) : "remove";
