/**
 * What clinical knowledge says of the entities outside of the recommender study: ages, sex, places, treatment. After the WHO
 * classification (Soft Tissue and Bone Tumours, 5th edition, 2020); set so that the whole centre has the ages of the
 * dissertation's table 2.2 (median 46, interquartile range 35) and soft tissue the localisations of its table 2.1.
 */
import type { Malignancy } from "../../clinic/records.ts";
import { type EntityTerm, entityTerm } from "../../clinic/vocabulary/entities.ts";
import type { Random } from "../../numeric/random.ts";

const haematological = "Haematopoietic neoplasms of bone";

const agesOf: Readonly<Record<string, readonly [centre: number, spread: number]>> = {
  Rhabdomyosarcoma: [17, 12],
  "Synovial sarcoma": [38, 16],
  "Alveolar soft part sarcoma": [28, 10],
  "Clear cell sarcoma of soft tissue": [36, 13],
  "Epithelioid sarcoma": [36, 15],
  "Dermatofibrosarcoma protuberans": [43, 14],
  Ganglion: [44, 16],
  Haemangioma: [36, 19],
  Lymphangioma: [20, 14],
  "Myositis ossificans": [36, 17],
  "Nodular fasciitis": [37, 14],
  Lipoma: [57, 14],
  "Desmoid fibromatosis": [39, 16],
  "Simple bone cyst": [13, 6],
  "Langerhans cell histiocytosis": [14, 11],
  "Osteoid osteoma": [20, 9],
  Osteoblastoma: [22, 9],
  Osteomyelitis: [42, 22],
  Adamantinoma: [28, 12],
  Chordoma: [60, 13],
  "Paget disease of bone": [71, 9],
  "Osteofibrous dysplasia": [11, 6],
  "Chondromyxoid fibroma": [27, 12],
  Leukaemia: [48, 22],
};

/** Age at diagnosis in full years, 0 to 97. */
export const drawAge = (entity: string | undefined, random: Random): number => {
  const term = entity === undefined ? undefined : entityTerm(entity);
  const [centre, spread] = agesOf[entity ?? ""] ?? usualAges(term);
  for (;;) {
    const age = Math.floor(random.normal(centre, spread));
    if (age >= 0 && age <= 97) return age;
  }
};

const usualAges = (term: EntityTerm | undefined): readonly [number, number] => {
  if (term === undefined) return [53, 22];
  if (term.tissue === "other" || term.whoGroup === haematological) return [63, 14];
  if (term.tissue === "bone") return term.malignancy === "malignant" ? [52, 20] : [33, 17];
  return term.malignancy === "malignant" ? [60, 16] : [50, 17];
};

/** The localisations of table 2.1 with their cases. */
const localisations: Readonly<Record<string, number>> = {
  "abdominal wall": 114,
  "thoracic spine": 62,
  "cervical spine": 26,
  dorsum: 56,
  elbow: 96,
  foot: 602,
  forearm: 234,
  hand: 250,
  "head-neck region": 94,
  hip: 160,
  knee: 696,
  "lower leg": 980,
  coccyx: 6,
  sacrum: 114,
  pelvis: 538,
  shoulder: 476,
  spine: 114,
  thigh: 1840,
  "thoracic wall": 203,
  "upper arm": 610,
};

/** The bones behind a localisation. */
const bonesOf: Readonly<Record<string, readonly string[]>> = {
  "abdominal wall": ["rib"],
  dorsum: ["lumbar spine", "scapula"],
  elbow: ["humerus", "ulna"],
  forearm: ["radius", "ulna"],
  "head-neck region": ["skull", "mandible"],
  hip: ["femur", "acetabulum"],
  knee: ["femur", "tibia", "patella"],
  "lower leg": ["tibia", "fibula"],
  pelvis: ["ilium", "pubis", "ischium", "pelvis"],
  shoulder: ["humerus", "scapula", "clavicle"],
  thigh: ["femur"],
  "thoracic wall": ["rib", "sternum"],
  "upper arm": ["humerus"],
};

/** Where the tumour sits, by the vocabulary's name: a bone for tumours of bone. */
export const drawSite = (entity: string | undefined, random: Random): string => {
  const place = random.pick(Object.keys(localisations), Object.values(localisations));
  const inBone = entity !== undefined && entityTerm(entity)?.tissue !== "soft tissue";
  const bones = bonesOf[place];
  if (!inBone || bones === undefined) return place;
  // a cyst of the metaphysis or a tumour of long bones is on one of them
  return random.pick(bones);
};

/** What is done about a tumour, in the words that the course understands (course.ts). */
export const drawTreatment = (entity: string | undefined, malignancy: Malignancy, random: Random): string => {
  const term = entity === undefined ? undefined : entityTerm(entity);
  if (term === undefined) return random.pick(["observation", "marginal resection", "none recorded"]);
  if (entity === "Osteomyelitis") return random.pick(["curettage", "antibiotics"]);
  if (term.whoGroup === "Not a neoplasm") return random.pick(["observation", "marginal resection"], [2, 1]);
  if (entity === "Osteoid osteoma") return random.pick(["radiofrequency ablation", "curettage"], [4, 1]);
  if (entity === "Simple bone cyst")
    return random.pick(["observation", "curettage and bone graft", "steroid injection"]);
  if (term.whoGroup === haematological) {
    return random.pick(["chemotherapy", "chemotherapy and radiotherapy", "radiotherapy", "observation"]);
  }
  if (term.tissue === "other")
    return random.pick(["radiotherapy", "intramedullary nail and radiotherapy", "chemotherapy"]);
  if (malignancy === "malignant") {
    return random.pick(
      ["wide resection", "wide resection and radiotherapy", "chemotherapy and wide resection", "amputation"],
      [4, 4, 2, 0.5],
    );
  }
  if (malignancy === "intermediate")
    return random.pick(["marginal resection", "wide resection", "observation"], [3, 2, 1]);
  if (term.tissue === "bone") return random.pick(["observation", "curettage and bone graft", "curettage"], [2, 2, 1]);
  return random.pick(["marginal resection", "observation"], [2, 1]);
};

/** How often a malignant tumour of soft tissue or bone is staged by TNM: not blood, not metastases. */
export const isStaged = (entity: string): boolean => {
  const term = entityTerm(entity);
  return term?.malignancy === "malignant" && term.tissue !== "other" && term.whoGroup !== haematological;
};
