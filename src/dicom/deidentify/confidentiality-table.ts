/** Table E.1-1 of DICOM PS3.15 by tag: what the profile and its options do to each attribute. */
import { confidentialityRows } from "./confidentiality-rows.ts";
import type { OptionColumn } from "./profile-options.ts";

/** The actions of the Basic Profile, the compound ones as the standard writes them. */
export type ProfileAction = "X" | "Z" | "D" | "U" | "X/Z" | "X/D" | "Z/D" | "X/Z/D" | "X/Z/U*";

/** One row of the table. */
export interface ConfidentialityRow {
  /** Eight hexadecimal digits, `x` for any; `private` for every odd group. */
  readonly tag: string;
  readonly keyword: string;
  readonly vr: string;
  /** Whether a standard composite IOD has the attribute. */
  readonly isStandard: boolean;
  readonly basicProfile: ProfileAction;
  /** K keep or C clean, for the options that say so. */
  readonly options: Readonly<Partial<Record<OptionColumn, "K" | "C">>>;
}

const readRow = (line: string): ConfidentialityRow => {
  const [tag, keyword, vr, standard, basicProfile, ...options] = line.split(" ");
  return {
    tag: tag!,
    keyword: keyword!,
    vr: vr!,
    isStandard: standard === "Y",
    basicProfile: basicProfile as ProfileAction,
    options: Object.fromEntries(options.map((option) => [option[0]!, option[1]!])),
  };
};

/** All 621 rows, in the order of the standard. */
export const confidentialityTable: readonly ConfidentialityRow[] = confidentialityRows.trim().split("\n").map(readRow);

const byTag: ReadonlyMap<string, ConfidentialityRow> = new Map(confidentialityTable.map((row) => [row.tag, row]));

/**
 * The row of an attribute; curves (50xx), overlays (60xx) and private groups by their patterns.
 *
 * @example
 * findConfidentialityRow(0x00100010)?.basicProfile; // "Z"
 */
export const findConfidentialityRow = (tag: number): ConfidentialityRow | undefined => {
  const id = tag.toString(16).padStart(8, "0");
  const group = tag >>> 16;
  if (group % 2 === 1) return byTag.get("private");
  if (group >>> 8 === 0x50) return byTag.get("50xxxxxx");
  if (group >>> 8 === 0x60) return byTag.get(`60xx${id.slice(4)}`);
  return byTag.get(id);
};
