/**
 * What clinical knowledge says of each entity: age, sex, bones, position on the bone, treatment and course. After the WHO
 * classification (Soft Tissue and Bone Tumours, 5th edition, 2020); the ages are set so that the whole cohort keeps the
 * margins of the recommender study (median 30, interquartile range 30).
 */
import type { Entity } from "../clinic/entities.ts";
import type { Position, Site } from "../clinic/sites.ts";
import type { FollowUp } from "./patient.ts";

/** A normal distribution of ages, or of their logarithms, cut at both ends. */
export interface AgeDistribution {
  readonly centre: number;
  readonly spread: number;
  readonly logarithmic?: boolean;
  readonly from: number;
  readonly to: number;
}

/** What is typical of an entity. */
export interface EntityProfile {
  readonly ages: readonly { readonly share: number; readonly ages: AgeDistribution }[];
  readonly female: number;
  /** How much the tumour likes each bone, before the published margins are imposed; bones not named get 0.02. */
  readonly sites: Readonly<Partial<Record<Site, number>>>;
  readonly positions: Readonly<Partial<Record<Position, number>>>;
  readonly treatments: readonly string[];
  /** Chances of outcomes other than no evidence of disease. */
  readonly outcomes: Readonly<Partial<Record<FollowUp["outcome"], number>>>;
}

const single = (ages: AgeDistribution): EntityProfile["ages"] => [{ share: 1, ages }];

/** The ten profiles. */
export const entityProfiles: Readonly<Record<Entity, EntityProfile>> = {
  "Aneurysmal bone cyst": {
    ages: single({ centre: 14, spread: 0.4, logarithmic: true, from: 4, to: 38 }),
    female: 0.5,
    sites: {
      femur: 1,
      tibia: 1,
      humerus: 0.8,
      fibula: 0.5,
      spine: 2,
      ilium: 0.5,
      pubis: 0.5,
      ischium: 0.4,
      hand: 0.2,
      foot: 0.6,
      clavicle: 0.6,
      radius: 0.6,
      ulna: 0.6,
    },
    positions: { metaphyseal: 1, "meta-diaphyseal": 0.35, diaphyseal: 0.1 },
    treatments: ["curettage and bone graft", "curettage and cement", "sclerotherapy"],
    outcomes: { "local recurrence": 0.16, "stable disease": 0.06 },
  },
  Chondroblastoma: {
    ages: single({ centre: 17, spread: 4.5, from: 10, to: 32 }),
    female: 0.36,
    sites: { femur: 1, tibia: 1, humerus: 1, foot: 0.5, patella: 1.5 },
    positions: { epiphyseal: 1, "epi-metaphyseal": 0.15 },
    treatments: ["curettage and bone graft", "radiofrequency ablation"],
    outcomes: { "local recurrence": 0.1 },
  },
  Chondrosarcoma: {
    ages: single({ centre: 54, spread: 14, from: 22, to: 89 }),
    female: 0.44,
    sites: {
      femur: 1,
      humerus: 0.9,
      tibia: 0.4,
      ilium: 3,
      pubis: 3,
      ischium: 3,
      scapula: 2.5,
      fibula: 0.2,
      sacrum: 1,
      clavicle: 0.6,
      hand: 0.1,
      foot: 0.15,
      spine: 1,
    },
    positions: { metaphyseal: 0.6, "meta-diaphyseal": 1, diaphyseal: 0.8 },
    treatments: ["wide resection", "wide resection and endoprosthesis", "amputation"],
    outcomes: { "local recurrence": 0.12, metastasis: 0.1, "died of disease": 0.14 },
  },
  Enchondroma: {
    ages: single({ centre: 42, spread: 14, from: 8, to: 80 }),
    female: 0.53,
    sites: { femur: 0.8, humerus: 1.2, tibia: 0.4, hand: 3, foot: 0.8, fibula: 0.4, radius: 0.2, ulna: 0.2 },
    positions: { metaphyseal: 0.8, "meta-diaphyseal": 1, diaphyseal: 0.7 },
    treatments: ["observation", "curettage", "curettage and bone graft"],
    outcomes: { "stable disease": 0.45, "local recurrence": 0.03 },
  },
  "Ewing sarcoma": {
    ages: single({ centre: 13, spread: 4, from: 5, to: 20 }),
    female: 0.4,
    sites: { femur: 1, tibia: 0.6, fibula: 1.2, humerus: 0.7, ilium: 1.5 },
    positions: { diaphyseal: 1, "meta-diaphyseal": 0.5 },
    treatments: ["chemotherapy and wide resection", "chemotherapy and radiotherapy"],
    outcomes: { "local recurrence": 0.08, metastasis: 0.2, "died of disease": 0.25 },
  },
  "Fibrous dysplasia": {
    ages: single({ centre: 25, spread: 0.5, logarithmic: true, from: 5, to: 68 }),
    female: 0.52,
    sites: { femur: 1, tibia: 0.9, humerus: 0.5, ilium: 0.3, fibula: 0.2, radius: 0.4, ulna: 0.4 },
    positions: { diaphyseal: 1, "meta-diaphyseal": 0.6, metaphyseal: 0.1 },
    treatments: ["observation", "intramedullary nail", "curettage and bone graft"],
    outcomes: { "stable disease": 0.7 },
  },
  "Giant cell tumour": {
    ages: single({ centre: 32, spread: 8, from: 19, to: 62 }),
    female: 0.55,
    sites: { femur: 1, tibia: 0.9, radius: 2.5, humerus: 0.35, sacrum: 2, fibula: 0.3, patella: 1.5, hand: 0.1 },
    positions: { "epi-metaphyseal": 1, epiphyseal: 0.25 },
    treatments: ["curettage and cement", "denosumab and curettage", "wide resection and endoprosthesis"],
    outcomes: { "local recurrence": 0.18, metastasis: 0.02 },
  },
  "Non ossifying fibroma": {
    ages: single({ centre: 13, spread: 3.6, from: 4, to: 22 }),
    female: 0.42,
    sites: { femur: 1, tibia: 1.3, fibula: 0.5, humerus: 0.1 },
    positions: { metaphyseal: 1, "meta-diaphyseal": 0.45 },
    treatments: ["observation", "curettage and bone graft"],
    outcomes: { "stable disease": 0.75 },
  },
  Osteochondroma: {
    ages: single({ centre: 23, spread: 0.55, logarithmic: true, from: 5, to: 78 }),
    female: 0.42,
    sites: {
      femur: 1.2,
      tibia: 1,
      humerus: 0.8,
      fibula: 0.9,
      ilium: 0.4,
      scapula: 1.2,
      hand: 0.25,
      foot: 0.5,
      pubis: 0.4,
      radius: 0.5,
      ulna: 0.5,
      clavicle: 0.3,
    },
    positions: { metaphyseal: 1, "meta-diaphyseal": 0.3 },
    treatments: ["observation", "marginal resection", "marginal resection"],
    outcomes: { "stable disease": 0.3, "local recurrence": 0.03 },
  },
  Osteosarcoma: {
    ages: [
      { share: 0.7, ages: { centre: 16, spread: 4, from: 7, to: 27 } },
      { share: 0.3, ages: { centre: 46, spread: 16, from: 27, to: 84 } },
    ],
    female: 0.43,
    sites: { femur: 1.6, tibia: 1, humerus: 0.6, fibula: 0.4, ilium: 0.6, radius: 0.2, clavicle: 0.3, scapula: 0.3 },
    positions: { metaphyseal: 1, "meta-diaphyseal": 0.35, diaphyseal: 0.05 },
    treatments: ["chemotherapy and wide resection", "chemotherapy and endoprosthesis", "chemotherapy and amputation"],
    outcomes: { "local recurrence": 0.06, metastasis: 0.18, "died of disease": 0.22 },
  },
};
