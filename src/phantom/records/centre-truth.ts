/**
 * Everyone of the synthetic centre as they really are: a quarter with one of the ten entities of the recommender study, the
 * others by the incidences of the dissertation's table 2.1, a few with several cases, as 8,922 cases of 8,377 patients.
 */
import { patientId } from "../../clinic/ids.ts";
import { entityTerm } from "../../clinic/vocabulary/entities.ts";
import { OsteonError } from "../../errors.ts";
import { Random } from "../../numeric/random.ts";
import { phantomPatients } from "../phantom-patients.ts";
import { addOddities } from "./add-oddities.ts";
import type { CentrePatient, Exclusion } from "./centre-patient.ts";
import { addDays, yearsBetween } from "./days.ts";
import { drawCase } from "./draw-case.ts";
import { studyShare } from "./entity-incidence.ts";
import { otherPatient, outlineOf } from "./other-patient.ts";
import { plantedPerKind } from "./planted-per-kind.ts";
import { joinPersons } from "./same-persons.ts";
import { type PatientDraft, studyPatient } from "./study-patient.ts";

/** How many patients the tables hold, and the seed of everything about them. */
export interface RecordsOptions {
  readonly patients: number;
  readonly seed: number;
}

/** Of 886 patients screened and verified, as many fell out (Eur Radiol 2024, figure 1); the unverified are not published. */
const exclusionShares: readonly (readonly [Exclusion, number])[] = [
  ["not verified", 0.06],
  ["no radiograph before therapy", 44 / 886],
  ["incomplete clinical data", 2 / 886],
  ["lost to follow-up", 31 / 886],
];

/** Cases beyond the first: 8,922 - 8,377. */
const furtherCases = 8922 / 8377 - 1;

/** How many of the centre's patients have one of the ten entities and can be drawn. */
export const studyPatientsOf = (patients: number): number => Math.max(1, Math.round(studyShare * patients));

const exclusionsOf = (count: number, random: Random): readonly (Exclusion | undefined)[] => {
  // even a small centre has one of each
  const least = count >= 40 ? 2 : count >= 12 ? 1 : 0;
  const list: (Exclusion | undefined)[] = exclusionShares.flatMap(([exclusion, share]) =>
    Array.from({ length: Math.max(least, Math.round(share * count)) }, () => exclusion),
  );
  while (list.length < count) list.push(undefined);
  return Array.from(random.permutation(count), (i) => list[i]);
};

/** A second case: the tumour again, or another one of soft tissue. */
const withFurtherCase = (draft: PatientDraft, random: Random): PatientDraft => {
  const [first] = draft.cases;
  const { birthDate, deathDate } = draft.record;
  const date = addDays(
    first!.followUps.at(-1)?.date ?? first!.final?.date ?? first!.preliminary?.date ?? "2011-01-01",
    20 + random.integer(200),
  );
  if (first === undefined || birthDate === undefined || deathDate !== undefined || date > "2021-04-30") return draft;
  const ageYears = yearsBetween(birthDate, date);
  const again = first.final && random.chance(0.6);
  const outline = outlineOf(
    {
      patient: draft.record.patient,
      date,
      ageYears,
      occurrence: again ? "recurrent" : "primary",
      entity: again ? first.final!.entity : random.pick(["Lipoma", "Ganglion", "Haemangioma", "Schwannoma", "Myxoma"]),
    },
    random,
  );
  const { position: _, preliminaryOnly: __, site: ___, ...open } = outline;
  const second = drawCase(
    {
      ...open,
      ...(again
        ? {
            malignancy: first.final!.malignancy!,
            confirmation: "histopathology" as const,
            ...(first.site ? { site: first.site } : {}),
            ...(first.side ? { side: first.side } : {}),
            ...(first.position ? { position: first.position } : {}),
          }
        : outline.site && !siteIsBone(outline.entity)
          ? { site: outline.site }
          : {}),
      outcome: outline.outcome.startsWith("died") ? "no evidence of disease" : outline.outcome,
    },
    random,
  );
  return { ...draft, cases: [first, second] };
};

const siteIsBone = (entity: string | undefined): boolean =>
  entity !== undefined && entityTerm(entity)?.tissue === "bone";

/** Numbers of cases in the order of their dates. */
const numbered = (drafts: readonly PatientDraft[]): CentrePatient[] => {
  const dated = drafts
    .flatMap((draft) => draft.cases)
    .map((one) => ({ one, date: one.final?.date ?? one.preliminary?.date ?? "2011-01-01" }));
  const order = dated.toSorted((a, b) =>
    a.date === b.date ? (a.one.patient < b.one.patient ? -1 : 1) : a.date < b.date ? -1 : 1,
  );
  const numbers = new Map(order.map(({ one }, i) => [one, `F${100_001 + i}`]));
  return drafts.map((draft) => ({
    ...draft,
    cases: draft.cases.map((one) => ({ ...one, case: numbers.get(one)! })),
  }));
};

/**
 * Everyone, P0001 and on; the first of them are phantomPatients with the same seed.
 * @throws OsteonError `bad-usage` for fewer than one patient or more than 9999
 */
export const centreTruth = ({ patients, seed }: RecordsOptions): CentrePatient[] => {
  if (!Number.isInteger(patients) || patients < 1 || patients > 9999) {
    throw new OsteonError("bad-usage", `A phantom centre has between 1 and 9999 patients, not ${patients}.`, {
      patients,
    });
  }
  const random = new Random(seed, "phantom centre", "records");
  const study = phantomPatients({ patients: studyPatientsOf(patients), seed });
  const exclusions = exclusionsOf(study.length, random.fork("exclusions"));
  const drafts = study.map((patient, i) => {
    const exclusion = exclusions[i];
    return studyPatient(seed, { patient, ...(exclusion ? { exclusion } : {}) }, random.fork("patient", patient.id));
  });
  for (let i = study.length + 1; i <= patients; i++) {
    const name = patientId(`P${String(i).padStart(4, "0")}`);
    drafts.push(otherPatient(seed, name, random.fork("patient", name)));
  }
  const several = random.fork("further cases");
  const all = drafts.map((draft) =>
    draft.exclusion === undefined && several.chance(1.35 * furtherCases)
      ? withFurtherCase(draft, random.fork("further case", draft.record.patient))
      : draft,
  );
  const odd = addOddities(all, random.fork("oddities"));
  return numbered(joinPersons(odd, plantedPerKind(patients), random.fork("same persons")));
};
