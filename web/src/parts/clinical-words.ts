/** The closed lists of the clinical record as pages show them. */

import type { CaseCourse } from "../../../src/contract/queries.ts";
import type { Words } from "../shell/language.tsx";

type Diagnosis = NonNullable<CaseCourse["final"]>;

export interface ClinicalWords {
  readonly sex: Readonly<Record<string, string>>;
  readonly side: Readonly<Record<NonNullable<CaseCourse["side"]>, string>>;
  readonly position: Readonly<Record<string, string>>;
  readonly malignancy: Readonly<Record<NonNullable<Diagnosis["malignancy"]>, string>>;
  /** After a diagnosis: what it rests on. */
  readonly confirmedBy: Readonly<Record<NonNullable<Diagnosis["confirmedBy"]>, string>>;
  readonly occurrence: Readonly<Record<NonNullable<CaseCourse["occurrence"]>, string>>;
  readonly treatment: Readonly<Record<CaseCourse["treatments"][number]["kind"], string>>;
  readonly status: Readonly<Record<CaseCourse["followUps"][number]["status"], string>>;
}

export const clinicalWords: Words<ClinicalWords> = {
  en: {
    sex: { female: "female", male: "male", other: "other" },
    side: { left: "left", right: "right", both: "both sides" },
    position: {
      epiphyseal: "epiphyseal",
      "epi-metaphyseal": "epi-metaphyseal",
      metaphyseal: "metaphyseal",
      "meta-diaphyseal": "meta-diaphyseal",
      diaphyseal: "diaphyseal",
    },
    malignancy: { benign: "benign", intermediate: "intermediate", malignant: "malignant" },
    confirmedBy: {
      histopathology: "confirmed by histopathology",
      "tumour board": "decided by the tumour board",
      radiology: "by imaging",
    },
    occurrence: { primary: "primary tumour", recurrent: "recurrence" },
    treatment: {
      surgery: "Surgery",
      chemotherapy: "Chemotherapy",
      radiotherapy: "Radiotherapy",
      observation: "Observation",
      other: "Other treatment",
    },
    status: {
      "no evidence of disease": "no evidence of disease",
      "stable disease": "stable disease",
      "local recurrence": "local recurrence",
      metastasis: "metastasis",
      "died of disease": "died of the disease",
      "died of other cause": "died of another cause",
      "lost to follow-up": "lost to follow-up",
    },
  },
  de: {
    sex: { female: "weiblich", male: "männlich", other: "divers" },
    side: { left: "links", right: "rechts", both: "beidseits" },
    position: {
      epiphyseal: "epiphysär",
      "epi-metaphyseal": "epi-metaphysär",
      metaphyseal: "metaphysär",
      "meta-diaphyseal": "meta-diaphysär",
      diaphyseal: "diaphysär",
    },
    malignancy: { benign: "benigne", intermediate: "intermediär", malignant: "maligne" },
    confirmedBy: {
      histopathology: "histopathologisch gesichert",
      "tumour board": "im Tumorboard festgelegt",
      radiology: "bildgebend gestellt",
    },
    occurrence: { primary: "Primärtumor", recurrent: "Rezidiv" },
    treatment: {
      surgery: "Operation",
      chemotherapy: "Chemotherapie",
      radiotherapy: "Strahlentherapie",
      observation: "Verlaufskontrolle",
      other: "Andere Therapie",
    },
    status: {
      "no evidence of disease": "kein Anhalt für Tumor",
      "stable disease": "stabile Erkrankung",
      "local recurrence": "Lokalrezidiv",
      metastasis: "Metastasen",
      "died of disease": "tumorbedingt verstorben",
      "died of other cause": "an anderer Ursache verstorben",
      "lost to follow-up": "aus der Nachsorge verloren",
    },
  },
};
