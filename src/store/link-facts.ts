/**
 * What links ask of every radiograph of the archive. A counter in the database says when any of it may have changed, so that
 * a link need not read it all again.
 */

import { sql } from "kysely";
import { type ImageId, imageId, type PatientId, patientId } from "../clinic/ids.ts";
import type { CaseRecord } from "../clinic/records.ts";
import type { Database } from "./database.ts";

/** What is known of a radiograph: by itself, or else by its patient's tables. */
export interface LinkFacts {
  readonly image: ImageId;
  readonly patient: PatientId;
  readonly entity: string | null;
  readonly region: string | null;
  readonly label: string | null;
  readonly ageYears: number | null;
  /** `female`, `male`, `other`, however the source writes it. */
  readonly sex: string | null;
  readonly site: string | null;
}

/** The sexes as DICOM writes them. */
const dicomSexes: Readonly<Record<string, string>> = { f: "female", m: "male", o: "other" };

/** A sex in one spelling, whether a table or a DICOM file says it. */
export const sexOf = (written: string | null): string | null => {
  if (written === null || written.trim() === "") return null;
  const sex = written.trim().toLowerCase();
  return dicomSexes[sex] ?? sex;
};

/** The facts of every radiograph. */
export const listLinkFacts = async (database: Database): Promise<LinkFacts[]> => {
  const images = await database
    .selectFrom("images")
    .select(["id", "patient_id", "entity", "region", "label", "age_years", "sex", "site"])
    .orderBy("id")
    .execute();
  const patients = await database.selectFrom("patients").select(["id", "sex"]).where("sex", "is not", null).execute();
  const cases = await database.selectFrom("cases").select(["patient_id", "site", "record"]).orderBy("id").execute();
  const sexes = new Map(patients.map(({ id, sex }) => [id, sex]));
  const first = new Map<string, { readonly site: string | null; readonly ageYears: number | null }>();
  for (const { patient_id, site, record } of cases) {
    if (first.has(patient_id)) continue; // of several tumours the first stands for a radiograph that says nothing
    first.set(patient_id, { site, ageYears: (JSON.parse(record) as CaseRecord).ageYears ?? null });
  }
  return images.map(({ id, patient_id, entity, region, label, age_years, sex, site }) => ({
    image: imageId(id),
    patient: patientId(patient_id),
    entity,
    region,
    label,
    ageYears: age_years ?? first.get(patient_id)?.ageYears ?? null,
    sex: sexOf(sex) ?? sexes.get(patient_id) ?? null,
    site: site ?? first.get(patient_id)?.site ?? null,
  }));
};

/** A number that grows whenever radiographs, patients or cases are written. */
export const archiveVersion = async (database: Database): Promise<number> => {
  const { rows } = await sql<{ version: string }>`
    select case when is_called then last_value else 0 end as version from archive_changes`.execute(database);
  return Number(rows[0]!.version);
};
