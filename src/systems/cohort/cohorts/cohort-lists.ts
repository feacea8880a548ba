/** What a page lists of a cohort: whom a criterion excluded, and how the parts of a split are made up. */
import type { Cohort } from "../../../clinic/cohorts/build-cohort.ts";
import { countingDiagnosis } from "../../../clinic/cohorts/subject.ts";
import type { CohortField } from "../../../clinic/field-provenance.ts";
import type { PatientId } from "../../../clinic/ids.ts";
import { OsteonError } from "../../../errors.ts";
import type { Database, StoredSplit } from "../../../store/index.ts";
import { memberRows } from "./cohorts-of-home.ts";
import { loadSubjects } from "./load-subjects.ts";

/** A patient who is no member. */
export interface ExcludedPatient {
  readonly patient: PatientId;
  /** Of the first case. */
  readonly entity: string | null;
  readonly ageYears: number | null;
}

/**
 * A page of those whom a criterion, counted from 0, excluded.
 *
 * @throws OsteonError `not-found` where the cohort has no such criterion
 */
export const excludedAt = async (
  database: Database,
  { flow, excluded }: Cohort,
  { criterion, offset, limit }: { readonly criterion: number; readonly offset: number; readonly limit: number },
): Promise<{ readonly total: number; readonly patients: ExcludedPatient[] }> => {
  if (criterion >= flow.length) throw new OsteonError("not-found", "The cohort has no such criterion.");
  const all = excluded.filter((one) => one.criterion === criterion).map(({ patient }) => patient);
  const subjects = await loadSubjects(database, all.slice(offset, offset + limit));
  const patients = subjects.map(({ patient, cases: [first] }) => ({
    patient,
    entity: (first && countingDiagnosis(first)?.entity) ?? null,
    ageYears: first?.ageYears ?? null,
  }));
  return { total: all.length, patients };
};

/** How a split came out. */
export interface SplitDescription {
  readonly name: string;
  readonly by: string;
  readonly seed: number;
  /** Patients of each fold of the first part. */
  readonly folds: number[];
  readonly parts: {
    readonly name: string;
    readonly asked: number;
    readonly patients: number;
    readonly share: number;
  }[];
  /** Patients of each stratum in each part, in the order of the parts; the largest stratum first. */
  readonly strata: { readonly stratum: string; readonly patients: number[] }[];
}

/** Describes splits of a cohort. */
export const describeSplits = async (
  database: Database,
  { members }: Cohort,
  splits: readonly StoredSplit[],
): Promise<SplitDescription[]> => {
  if (splits.length === 0) return [];
  const rows = await memberRows(database, members);
  const rowOf = new Map(rows.map((row) => [row.patient, row]));
  return splits.map(({ name, plan, stratifiedBy, split }) => {
    const parts = Object.entries(split.parts);
    const total = parts.reduce((sum, [, patients]) => sum + patients.length, 0);
    const counts = new Map<string, number[]>();
    for (const [i, [, patients]] of parts.entries()) {
      for (const patient of patients) {
        const stratum = String(rowOf.get(patient)?.[stratifiedBy as CohortField] ?? "unknown");
        const own = counts.get(stratum) ?? parts.map(() => 0);
        own[i]! += 1;
        counts.set(stratum, own);
      }
    }
    const size = (patients: readonly number[]): number => patients.reduce((sum, count) => sum + count, 0);
    return {
      name,
      by: stratifiedBy,
      seed: plan.seed,
      folds: split.folds.map((fold) => fold.length),
      parts: parts.map(([part, patients]) => ({
        name: part,
        asked: plan.parts[part] ?? 0,
        patients: patients.length,
        share: total === 0 ? 0 : patients.length / total,
      })),
      strata: [...counts]
        .map(([stratum, patients]) => ({ stratum, patients }))
        .sort((a, b) => size(b.patients) - size(a.patients) || (a.stratum < b.stratum ? -1 : 1)),
    };
  });
};
