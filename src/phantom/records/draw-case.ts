/** One case of the centre: diagnosis, place, stage, treatment and course, all true and in order. */
import type { PatientId } from "../../clinic/ids.ts";
import type { CaseRecord, Confirmation, Diagnosis, FollowUpRecord, Malignancy, Side } from "../../clinic/records.ts";
import { entityTerm, entityTerms } from "../../clinic/vocabulary/entities.ts";
import { siteTerm } from "../../clinic/vocabulary/sites.ts";
import type { Random } from "../../numeric/random.ts";
import { isStaged } from "./clinical-profiles.ts";
import { drawFollowUps, drawTreatments } from "./course.ts";
import { icd10Of, morphologyOf } from "./icd-codes.ts";

/** What is settled about a case before its details are drawn. */
export interface CaseOutline {
  readonly patient: PatientId;
  /** Absent where the centre never learned it. */
  readonly entity?: string;
  readonly malignancy: Malignancy;
  readonly confirmation: Confirmation;
  readonly date: string;
  readonly ageYears?: number;
  readonly site?: string;
  readonly side?: Side;
  readonly position?: string;
  readonly occurrence: "primary" | "recurrent";
  /** In the words of course.ts. */
  readonly plan: string;
  readonly outcome: FollowUpRecord["status"];
  readonly months: number;
  /** The diagnosis is still the first suspicion. */
  readonly preliminaryOnly?: boolean;
}

/** What is mistaken for what before there is tissue; only entities of the same kind of tissue. */
const mistakenFor: Readonly<Record<string, readonly string[]>> = {
  Osteosarcoma: ["Ewing sarcoma", "Chondrosarcoma", "Osteomyelitis"],
  "Ewing sarcoma": ["Osteomyelitis", "Osteosarcoma", "Langerhans cell histiocytosis"],
  Chondrosarcoma: ["Enchondroma", "Chondroblastoma"],
  Enchondroma: ["Chondrosarcoma", "Fibrous dysplasia"],
  "Giant cell tumour": ["Aneurysmal bone cyst", "Chondroblastoma", "Brown tumour"],
  "Aneurysmal bone cyst": ["Simple bone cyst", "Giant cell tumour"],
  Chondroblastoma: ["Giant cell tumour", "Enchondroma"],
  "Fibrous dysplasia": ["Simple bone cyst", "Enchondroma", "Non ossifying fibroma"],
  "Non ossifying fibroma": ["Fibrous dysplasia", "Aneurysmal bone cyst"],
  Osteochondroma: ["Periosteal chondroma", "Chondrosarcoma"],
};

const drawPreliminary = (entity: string, random: Random): string => {
  if (random.chance(0.76)) return entity;
  const tissue = entityTerm(entity)!.tissue;
  return random.pick(
    mistakenFor[entity] ?? entityTerms.filter((term) => term.tissue === tissue).map(({ name }) => name),
  );
};

const drawStage = (entity: string, random: Random): Partial<Pick<CaseRecord, "tnm" | "grade">> => {
  if (!isStaged(entity)) return {};
  const bone = entityTerm(entity)!.tissue === "bone";
  const spread = random.chance(0.12);
  const tnm = {
    prefix: random.pick(["p", "c"], [3, 1]),
    t: random.pick(
      bone ? ["1", "2", "3"] : ["1", "2", "3", "4", "2a", "1b", "X"],
      bone ? [5, 4, 0.5] : [4, 4, 2, 1, 1, 1, 0.5],
    ),
    n: random.pick(["0", "1", "X"], [9, 1, 1]),
    m: spread ? (bone ? random.pick(["1a", "1b"]) : "1") : "0",
  };
  return {
    ...(random.chance(0.7) ? { tnm } : {}),
    ...(random.chance(0.75) ? { grade: random.pick([1, 2, 3], [1, 2, 3]) } : {}),
  };
};

/** The case without its number, which the centre gives out in the order of dates. */
export const drawCase = (outline: CaseOutline, random: Random): Omit<CaseRecord, "case"> => {
  const { patient, entity, malignancy, confirmation, date, site, side, position } = outline;
  const facts: Pick<Diagnosis, "malignancy" | "confirmation" | "date"> = { malignancy, confirmation, date };
  const diagnosis: { preliminary?: Diagnosis; final?: Diagnosis } = {};
  if (entity !== undefined) {
    if (outline.preliminaryOnly) diagnosis.preliminary = { entity, ...facts };
    else {
      if (random.chance(0.85)) diagnosis.preliminary = { entity: drawPreliminary(entity, random) };
      diagnosis.final = { entity, ...facts };
    }
  }
  const treatments = drawTreatments(outline.plan, date, random);
  const icd10 = entity === undefined ? undefined : icd10Of(entity, malignancy, site);
  const icdO3Morphology = entity === undefined ? undefined : morphologyOf(entity, malignancy);
  const tumourSizeMm = Math.min(280, Math.max(6, Math.round(Math.exp(random.normal(Math.log(48), 0.55)))));
  return {
    patient,
    ...diagnosis,
    ...(icd10 !== undefined && random.chance(0.85) ? { icd10 } : {}),
    ...(icdO3Morphology !== undefined && !outline.preliminaryOnly && random.chance(0.6) ? { icdO3Morphology } : {}),
    ...(site === undefined ? {} : { site }),
    ...(side !== undefined && site !== undefined && siteTerm(site)!.paired ? { side } : {}),
    ...(position === undefined ? {} : { position }),
    ...(outline.ageYears === undefined ? {} : { ageYears: outline.ageYears }),
    occurrence: outline.occurrence,
    ...(entity === undefined || outline.preliminaryOnly || malignancy !== "malignant" ? {} : drawStage(entity, random)),
    ...(random.chance(0.7) ? { tumourSizeMm } : {}),
    treatments,
    followUps: drawFollowUps(
      { outcome: outline.outcome, months: outline.months, diagnosisDate: date, treatments },
      random,
    ),
  };
};
