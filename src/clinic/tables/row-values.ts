/** What one row of a table says, by the names of what it says: plain values, as they are kept. */

/** Numbers and words; every field is absent where the row does not tell. */
export interface RowValues {
  readonly patient?: string;
  /** Stands for the person's names, which are not kept. */
  readonly person?: string;
  readonly sex?: string;
  readonly birthDate?: string;
  /** The year had two digits, so that the century is a guess. */
  readonly birthCenturyGuessed?: boolean;
  readonly deathDate?: string;
  readonly origin?: string;
  readonly case?: string;
  readonly preliminaryEntity?: string;
  readonly finalEntity?: string;
  /** There is a final diagnosis, and nobody could read which. */
  readonly finalUnread?: boolean;
  readonly confirmation?: string;
  readonly diagnosisDate?: string;
  readonly malignancy?: string;
  readonly icd10?: string;
  readonly icdO3Morphology?: string;
  readonly icdO3Topography?: string;
  readonly site?: string;
  readonly side?: string;
  /** What the cell of the site says of the side. */
  readonly sideOfSite?: string;
  readonly position?: string;
  readonly ageYears?: number;
  readonly t?: string;
  readonly n?: string;
  readonly m?: string;
  readonly tnmPrefix?: string;
  readonly grade?: number;
  readonly tumourSizeMm?: number;
  readonly occurrence?: string;
  /** The kinds of treatment in the order of the cell. */
  readonly therapies?: readonly string[];
  /** What the cell says of them. */
  readonly therapyDetail?: string;
  readonly therapyStart?: string;
  readonly therapyEnd?: string;
  readonly surgeryDate?: string;
  readonly chemotherapyStart?: string;
  readonly chemotherapyEnd?: string;
  readonly radiotherapyStart?: string;
  readonly radiotherapyEnd?: string;
  readonly visitDate?: string;
  readonly status?: string;
  readonly months?: number;
}
