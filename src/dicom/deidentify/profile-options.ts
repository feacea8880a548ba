/** The options of the Basic Application Level Confidentiality Profile that can be chosen (PS3.15 section E.3) and their codes. */

/** What may be kept or cleaned instead of removed. */
export type ProfileOption =
  | "clean-descriptors"
  | "retain-longitudinal"
  | "retain-device"
  | "retain-patient-characteristics";

/** The letters of table E.1-1's option columns, as in confidentiality-rows.ts. */
export type OptionColumn = "P" | "U" | "V" | "I" | "H" | "F" | "M" | "D" | "S" | "G";

/** A coded concept of CID 7050 De-identification Method (PS3.16). */
export interface MethodCode {
  readonly value: string;
  readonly meaning: string;
}

/** Every option, with the column of the table that it chooses and its code. */
export const profileOptions: Readonly<
  Record<ProfileOption, { readonly column: OptionColumn; readonly code: MethodCode }>
> = {
  "clean-descriptors": { column: "D", code: { value: "113105", meaning: "Clean Descriptors Option" } },
  "retain-longitudinal": {
    column: "M",
    code: { value: "113107", meaning: "Retain Longitudinal Temporal Information Modified Dates Option" },
  },
  "retain-patient-characteristics": {
    column: "H",
    code: { value: "113108", meaning: "Retain Patient Characteristics Option" },
  },
  "retain-device": { column: "V", code: { value: "113109", meaning: "Retain Device Identity Option" } },
};

/** The profile itself, always used. */
export const basicProfileCode: MethodCode = {
  value: "113100",
  meaning: "Basic Application Confidentiality Profile",
};

/** Burned-in text was looked for, and masked where there was any. */
export const cleanPixelDataCode: MethodCode = { value: "113101", meaning: "Clean Pixel Data Option" };

/** Whether a word names an option. */
export const isProfileOption = (word: string): word is ProfileOption => Object.hasOwn(profileOptions, word);
