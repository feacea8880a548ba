/**
 * The ten bone tumour entities of the recommender study (Hinterwimmer et al., Eur Radiol 2024, table 1), by the names it
 * uses, with their place in the WHO classification of bone tumours (Soft Tissue and Bone Tumours, 5th edition, 2020).
 */

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
export type Behaviour = "benign" | "intermediate" | "malignant";

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

/** The ten entities in the order of the study's table 1. */
export const entities: readonly EntityFacts[] = [
  {
    entity: "Aneurysmal bone cyst",
    whoGroup: "Osteoclastic giant cell-rich tumours",
    behaviour: "benign",
    publishedPatients: 49,
  },
  {
    entity: "Chondroblastoma",
    whoGroup: "Chondrogenic tumours",
    behaviour: "benign",
    publishedPatients: 18,
  },
  {
    entity: "Chondrosarcoma",
    whoGroup: "Chondrogenic tumours",
    behaviour: "malignant",
    publishedPatients: 124,
  },
  { entity: "Enchondroma", whoGroup: "Chondrogenic tumours", behaviour: "benign", publishedPatients: 181 },
  {
    entity: "Ewing sarcoma",
    whoGroup: "Undifferentiated small round cell sarcomas",
    behaviour: "malignant",
    publishedPatients: 9,
  },
  {
    entity: "Fibrous dysplasia",
    whoGroup: "Other mesenchymal tumours of bone",
    behaviour: "benign",
    publishedPatients: 31,
  },
  {
    entity: "Giant cell tumour",
    whoGroup: "Osteoclastic giant cell-rich tumours",
    behaviour: "intermediate",
    publishedPatients: 51,
  },
  {
    entity: "Non ossifying fibroma",
    whoGroup: "Osteoclastic giant cell-rich tumours",
    behaviour: "benign",
    publishedPatients: 33,
  },
  { entity: "Osteochondroma", whoGroup: "Chondrogenic tumours", behaviour: "benign", publishedPatients: 229 },
  { entity: "Osteosarcoma", whoGroup: "Osteogenic tumours", behaviour: "malignant", publishedPatients: 84 },
];

/**
 * The facts of one entity.
 * @example
 * entityFacts("Giant cell tumour").behaviour; // "intermediate"
 */
export const entityFacts = (entity: Entity): EntityFacts => entities.find((facts) => facts.entity === entity)!;
