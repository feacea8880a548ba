/**
 * What links ask of every radiograph of the archive. A counter in the database says when any of it may have changed, so that
 * a link need not read it all again.
 */

import { sql } from "kysely";
import { type ImageId, imageId, type PatientId, patientId } from "../clinic/ids.ts";
import { lastDay } from "../clinic/partial-dates.ts";
import type { CaseRecord, PartialDate } from "../clinic/records.ts";
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
  /** yyyy-mm-dd; null where the file does not say. */
  readonly acquiredOn: string | null;
  /** Whether the tables have a final diagnosis; null where they do not speak of the patient. */
  readonly isFinal: boolean | null;
  /** When the diagnosis became final: that of the radiograph's entity, or else the patient's last. */
  readonly diagnosedOn: PartialDate | null;
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
    .select(["id", "patient_id", "entity", "region", "label", "age_years", "sex", "site", "acquisition_date"])
    .orderBy("id")
    .execute();
  const patients = await database.selectFrom("patients").select(["id", "sex"]).where("sex", "is not", null).execute();
  const cases = await database.selectFrom("cases").select(["patient_id", "site", "record"]).orderBy("id").execute();
  const sexes = new Map(patients.map(({ id, sex }) => [id, sex]));
  const casesBy = Map.groupBy(
    cases.map(({ patient_id, site, record }) => ({ patient: patient_id, site, ...(JSON.parse(record) as CaseFacts) })),
    ({ patient }) => patient,
  );
  return images.map(({ id, patient_id, entity, region, label, age_years, sex, site, acquisition_date }) => {
    const own = casesBy.get(patient_id) ?? [];
    const [first] = own; // of several tumours the first stands for a radiograph that says nothing
    return {
      image: imageId(id),
      patient: patientId(patient_id),
      entity,
      region,
      label,
      ageYears: age_years ?? first?.ageYears ?? null,
      sex: sexOf(sex) ?? sexes.get(patient_id) ?? null,
      site: site ?? first?.site ?? null,
      acquiredOn: acquisition_date,
      isFinal: own.length === 0 ? null : own.some(({ final }) => final !== undefined),
      diagnosedOn: finalDateOf(own, entity),
    };
  });
};

/** What is asked of a case. */
type CaseFacts = Pick<CaseRecord, "ageYears" | "final">;

const finalDateOf = (cases: readonly CaseFacts[], entity: string | null): PartialDate | null => {
  const finals = cases.flatMap(({ final }) => final ?? []);
  const same = finals.filter((final) => final.entity === entity);
  const dates = (same.length > 0 ? same : finals).flatMap(({ date }) => date ?? []);
  return dates.toSorted((a, b) => (lastDay(a) < lastDay(b) ? -1 : 1)).at(-1) ?? null;
};

/** A number that grows whenever radiographs, patients or cases are written. */
export const archiveVersion = async (database: Database): Promise<number> => {
  const { rows } = await sql<{ version: number }>`select number as version from archive_version`.execute(database);
  return Number(rows[0]!.version);
};
