/**
 * The ten bone tumour entities of the recommender study (Hinterwimmer et al., Eur Radiol 2024, table 1), by the names it
 * uses, with their place in the WHO classification of bone tumours (Soft Tissue and Bone Tumours, 5th edition, 2020).
 */

import type { Malignancy } from "./records.ts";
import { entityTerm } from "./vocabulary/entities.ts";

/** An entity of the study, spelled as in its table 1. */
export type Entity =
  | "Aneurysmal bone cyst"
  | "Chondroblastoma"
  | "Chondrosarcoma"
  | "Enchondroma"
  | "Ewing sarcoma"
  | "Fibrous dysplasia"
  | "Giant cell tumour"
  | "Non ossifying fibroma"
  | "Osteochondroma"
  | "Osteosarcoma";

/** How a tumour behaves: the three grades of the dissertation's cohort (its chapter 2.1). */
export type Behaviour = Malignancy;

/** What is known of an entity without looking at a patient. */
export interface EntityFacts {
  readonly entity: Entity;
  /** The group of the WHO classification (5th edition, chapter headings). */
  readonly whoGroup: string;
  /** Chondrosarcoma stands for central grade 2 and 3; atypical cartilaginous tumour would be intermediate. */
  readonly behaviour: Behaviour;
  /** Patients of 809 in table 1 of the study. */
  readonly publishedPatients: number;
}

/** Patients of 809, in the order of the study's table 1. */
const published: Readonly<Record<Entity, number>> = {
  "Aneurysmal bone cyst": 49,
  Chondroblastoma: 18,
  Chondrosarcoma: 124,
  Enchondroma: 181,
  "Ewing sarcoma": 9,
  "Fibrous dysplasia": 31,
  "Giant cell tumour": 51,
  "Non ossifying fibroma": 33,
  Osteochondroma: 229,
  Osteosarcoma: 84,
};

/** The ten entities in the order of the study's table 1, with what the vocabulary says of them. */
export const entities: readonly EntityFacts[] = Object.entries(published).map(([name, publishedPatients]) => {
  const { whoGroup, malignancy } = entityTerm(name)!;
  return { entity: name as Entity, whoGroup, behaviour: malignancy, publishedPatients };
});

/**
 * The facts of one entity.
 * @example
 * entityFacts("Giant cell tumour").behaviour; // "intermediate"
 */
export const entityFacts = (entity: Entity): EntityFacts => entities.find((facts) => facts.entity === entity)!;
