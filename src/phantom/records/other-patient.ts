/** The patients outside of the study: soft tissue, metastases, blood, cysts, infections, and the diagnoses never made. */
import { type EntityFacts, entities } from "../../clinic/entities.ts";
import { patientId } from "../../clinic/ids.ts";
import type { FollowUpRecord, Malignancy } from "../../clinic/records.ts";
import { positionWords } from "../../clinic/vocabulary/clinical-words.ts";
import { entityTerm } from "../../clinic/vocabulary/entities.ts";
import { siteTerm } from "../../clinic/vocabulary/sites.ts";
import type { Random } from "../../numeric/random.ts";
import { entityProfiles } from "../entity-profiles.ts";
import { drawAge, drawSite, drawTreatment } from "./clinical-profiles.ts";
import { addDays } from "./days.ts";
import { type CaseOutline, drawCase } from "./draw-case.ts";
import { otherIncidence } from "./entity-incidence.ts";
import { phantomPerson } from "./person.ts";
import type { PatientDraft } from "./study-patient.ts";

/** Share of cases of the ten entities from before 2000: too early for the study. */
const earlyShare = 0.03;

const firstDay = Date.UTC(1962, 0, 1);
const dayMs = 86_400_000;

/** Around 2011, half of them within 5.5 years of it (table 2.2). */
const drawDate = (random: Random): string => {
  for (;;) {
    const year = random.normal(2011.4, 8.4);
    if (year >= 1962 && year < 2021.3) return addDays("1962-01-01", Math.floor((year - 1962) * 365.2425));
  }
};

const drawEarlyDate = (random: Random): string => {
  const last = Date.UTC(1999, 10, 30);
  return new Date(firstDay + random.integer(Math.floor((last - firstDay) / dayMs)) * dayMs).toISOString().slice(0, 10);
};

/** Outcome of a tumour that behaves so. */
export const drawOutcome = (malignancy: Malignancy, random: Random): FollowUpRecord["status"] => {
  const outcomes: Readonly<Record<FollowUpRecord["status"], number>> = {
    "no evidence of disease": 60,
    "stable disease": malignancy === "benign" ? 30 : 10,
    "local recurrence": malignancy === "benign" ? 3 : 10,
    metastasis: malignancy === "malignant" ? 12 : 0,
    "died of disease": malignancy === "malignant" ? 16 : 0,
    "died of other cause": malignancy === "malignant" ? 5 : 2,
    "lost to follow-up": 6,
  };
  return random.pick(Object.keys(outcomes) as FollowUpRecord["status"][], Object.values(outcomes));
};

const drawMalignancy = (entity: string | undefined, random: Random): Malignancy => {
  if (entity === undefined) return random.pick(["benign", "malignant"]);
  if (entity === "Chondrosarcoma" && random.chance(0.25)) return "intermediate";
  return entityTerm(entity)!.malignancy;
};

const drawEntity = (early: boolean, random: Random): string | undefined => {
  if (early) {
    const { entity }: EntityFacts = random.pick(
      entities,
      entities.map(({ publishedPatients }) => publishedPatients),
    );
    return entity;
  }
  return random.pick(
    otherIncidence,
    otherIncidence.map(({ cases }) => cases),
  ).entity;
};

/** The outline of a case by its entity: who has it where, and what is done. */
export const outlineOf = (
  of: Pick<CaseOutline, "patient" | "date" | "occurrence"> & { readonly entity?: string; readonly ageYears: number },
  random: Random,
): CaseOutline => {
  const { entity, ...rest } = of;
  const malignancy = drawMalignancy(entity, random);
  const site = random.chance(0.75) ? drawSite(entity, random) : undefined;
  const isLong = site !== undefined && siteTerm(site)!.longBone;
  const position = isLong && random.chance(0.6) ? random.pick(positionWords).value : undefined;
  return {
    ...rest,
    ...(entity === undefined ? {} : { entity }),
    malignancy,
    confirmation: random.pick(
      ["histopathology", "tumour board", "radiology"],
      malignancy === "malignant" ? [95, 3, 2] : [55, 25, 20],
    ),
    ...(site === undefined ? {} : { site }),
    side: random.pick(["left", "right"]),
    ...(position === undefined ? {} : { position }),
    plan: drawTreatment(entity, malignancy, random),
    outcome: drawOutcome(malignancy, random),
    months: 2 + Math.floor(random.next() ** 1.5 * 110),
    ...(random.chance(0.07) && malignancy !== "malignant" ? { preliminaryOnly: true } : {}),
  };
};

/** One patient of the centre who is not of the study. */
export const otherPatient = (seed: number, name: string, random: Random): PatientDraft => {
  const early = random.chance(earlyShare);
  const entity = drawEntity(early, random);
  const profile = early ? entityProfiles[entity as keyof typeof entityProfiles] : undefined;
  const ageYears = profile ? Math.round(profile.ages[0]!.ages.centre) + random.integer(6) : drawAge(entity, random);
  const sex = random.chance(profile?.female ?? 0.486) ? "F" : "M";
  const date = early ? drawEarlyDate(random) : drawDate(random);
  const person = phantomPerson(seed, { id: name, sex, ageYears, diagnosisDate: date });
  const id = patientId(name);
  const only = drawCase(
    outlineOf(
      {
        patient: id,
        date,
        occurrence: random.chance(0.08) ? "recurrent" : "primary",
        ...(entity ? { entity } : {}),
        ageYears,
      },
      random,
    ),
    random,
  );
  // table 2.1 knows the sex of two patients of three
  const sexKnown = random.chance(0.58);
  const ageKnown = random.chance(0.95);
  const { ageYears: _, ...withoutAge } = only;
  const death = only.followUps.find(({ status }) => status.startsWith("died"))?.date;
  return {
    record: {
      patient: id,
      ...(sexKnown ? { sex: sex === "F" ? ("female" as const) : ("male" as const) } : {}),
      ...(ageKnown ? { birthDate: person.birthDate } : {}),
      ...(death ? { deathDate: death } : {}),
      origin: random.chance(0.1) ? "external" : "internal",
    },
    person,
    cases: [ageKnown ? only : withoutAge],
  };
};
