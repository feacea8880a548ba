/**
 * The radiographs of an index that a question asks: those whose patients match its filters and are references by its rule, and who
 * is left out. It is chosen before anybody is ranked, so that k come back where k match.
 */

import type { ImageId, PatientId } from "../../clinic/ids.ts";
import type { PrecedentEntry } from "../../retrieval/precedent-index.ts";
import { knownSince, type LeftOut, leftOutAs, type ReferenceFact, type ReferenceRule } from "./references.ts";

/** What the archive knows now of a radiograph, as far as links ask. */
export interface ArchiveFact extends ReferenceFact {
  readonly image: ImageId;
  readonly patient: PatientId;
  readonly ageYears: number | null;
  readonly sex: string | null;
  readonly site: string | null;
}

/** Which past patients are asked; null asks all. */
export interface NeighbourFilters {
  readonly ageYears: readonly [from: number, to: number] | null;
  readonly sex: string | null;
  readonly site: string | null;
}

/** The positions that a question asks. */
export interface AskedPositions {
  /** Undefined where it asks all. */
  readonly candidates: Uint32Array | undefined;
  readonly patients: ReadonlySet<PatientId>;
  /** Who would match the filters, and is no reference at any position. */
  readonly leftOut: Readonly<Record<LeftOut, ReadonlySet<PatientId>>>;
}

/** All patients match. */
export const noFilters: NeighbourFilters = { ageYears: null, sex: null, site: null };

/** Whether a filter is set. */
export const isFiltered = ({ ageYears, sex, site }: NeighbourFilters): boolean =>
  ageYears !== null || sex !== null || site !== null;

const matches = ({ ageYears, sex, site }: NeighbourFilters, fact: ArchiveFact | undefined): boolean => {
  if (!fact) return ageYears === null && sex === null && site === null;
  const ofAge =
    ageYears === null || (fact.ageYears !== null && fact.ageYears >= ageYears[0] && fact.ageYears <= ageYears[1]);
  return ofAge && (sex === null || fact.sex === sex) && (site === null || fact.site === site);
};

/** Of a radiograph without a fact nothing is known but what the index says. */
export const askedPositions = (
  entries: readonly PrecedentEntry[],
  facts: ReadonlyMap<ImageId, ArchiveFact>,
  { filters, references }: { readonly filters: NeighbourFilters; readonly references: ReferenceRule },
): AskedPositions => {
  const found: number[] = [];
  const patients = new Set<PatientId>();
  const leftOut = { open: new Set<PatientId>(), later: new Set<PatientId>() };
  for (const [i, entry] of entries.entries()) {
    const fact = facts.get(entry.image);
    if (!matches(filters, fact)) continue;
    const reason = leftOutAs(fact ?? { ...undatedFact, label: entry.label }, references);
    if (reason !== null) {
      leftOut[reason].add(entry.patient);
      continue;
    }
    found.push(i);
    patients.add(entry.patient);
  }
  const open = leftOut.open.difference(patients);
  const later = leftOut.later.difference(patients).difference(open);
  return {
    candidates: found.length === entries.length ? undefined : Uint32Array.from(found),
    patients,
    leftOut: { open, later },
  };
};

/** What is asked of a radiograph of which the archive has told nothing yet. */
const undatedFact = { acquiredOn: null, isFinal: null, diagnosedOn: null } as const;

/** The day since which all of some radiographs are known; empty where none has a date. */
export const latestOf = (facts: readonly ArchiveFact[]): string => {
  let last = "";
  for (const fact of facts) {
    const since = knownSince(fact);
    if (since > last) last = since;
  }
  return last;
};

/** Where the radiographs of each patient are. */
export const positionsByPatient = (entries: readonly PrecedentEntry[]): Map<PatientId, number[]> =>
  Map.groupBy(entries.keys(), (i) => entries[i]!.patient);

/** How many there are besides some. */
export const countBesides = (patients: ReadonlySet<PatientId>, own: ReadonlySet<PatientId>): number => {
  let count = patients.size;
  for (const patient of own) if (patients.has(patient)) count -= 1;
  return count;
};
