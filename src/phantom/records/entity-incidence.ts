/**
 * How many cases of each entity the centre of the dissertation saw: its table 2.1, rows that are one entity of the WHO's
 * 2020 classification added up. The ten entities of the recommender study come from phantomPatients and stand apart.
 */
import { entities } from "../../clinic/entities.ts";
import { entityTerms } from "../../clinic/vocabulary/entities.ts";

/** Cases by the vocabulary's name. */
const published: Readonly<Record<string, number>> = {
  "Aneurysmal bone cyst": 196,
  Adamantinoma: 8,
  Angiosarcoma: 37,
  "Simple bone cyst": 128 + 62,
  "Breast carcinoma": 1,
  "Bronchial carcinoma": 1,
  Bursitis: 19,
  Chondroblastoma: 50,
  "Synovial chondromatosis": 95,
  Chondrosarcoma: 317,
  Chordoma: 28,
  "Clear cell sarcoma of soft tissue": 11,
  "Cancer of unknown primary": 2,
  "Dermatofibrosarcoma protuberans": 24,
  "Desmoid fibromatosis": 110,
  "Fibrous dysplasia": 142,
  Enchondroma: 440,
  "Epithelioid sarcoma": 21,
  "Ewing sarcoma": 150 + 15,
  "Nodular fasciitis": 50,
  Fibroma: 73,
  Fibrosarcoma: 26,
  Ganglion: 261,
  "Giant cell tumour": 145,
  "Langerhans cell histiocytosis": 72,
  Haemangioendothelioma: 5,
  "Epithelioid haemangioendothelioma": 15,
  Haemangioma: 272,
  "Solitary fibrous tumour": 20 + 8,
  "Epithelioid angiosarcoma": 3,
  Haematoma: 28,
  "Hodgkin lymphoma": 11,
  Leiomyosarcoma: 124,
  Leukaemia: 11,
  Lipoma: 537,
  "Lipoma arborescens": 8,
  Liposarcoma: 357,
  Lymphangioma: 9,
  "Undifferentiated pleomorphic sarcoma": 273,
  "Palmar and plantar fibromatosis": 30,
  "Malignant peripheral nerve sheath tumour": 44,
  Myofibroblastoma: 1,
  "Myositis ossificans": 50,
  Myxofibrosarcoma: 115,
  Myxoma: 58,
  Schwannoma: 168,
  Neurofibroma: 13,
  "T-cell non-Hodgkin lymphoma": 10,
  "B-cell non-Hodgkin lymphoma": 161,
  "Non ossifying fibroma": 81,
  Osteochondroma: 495 + 17,
  "Osteoid osteoma": 91,
  Osteomyelitis: 195,
  Osteosarcoma: 259,
  "Paget disease of bone": 4,
  "Plasma cell myeloma": 190,
  "Prostate carcinoma": 1,
  Pseudotumour: 34,
  "Tenosynovial giant cell tumour": 325,
  "Renal cell carcinoma": 1,
  Rhabdomyosarcoma: 39,
  "Sarcoma, not otherwise specified": 64,
  "Myofibroblastic sarcoma": 13,
  "Alveolar soft part sarcoma": 16,
  "Synovial sarcoma": 118,
};

/** Cases of the rows "other" and "unknown". */
const otherCases = 692;
const unknownCases = 1472;

const ofStudy: ReadonlySet<string> = new Set(entities.map(({ entity }) => entity));

/** An entity's share; no entity where the centre never knew. */
export interface Incidence {
  readonly entity?: string;
  readonly cases: number;
}

/** The vocabulary's further entities share the row "other". */
const others = entityTerms.filter(({ name }) => !(name in published));

/** All but the ten of the study. */
export const otherIncidence: readonly Incidence[] = [
  ...Object.entries(published)
    .filter(([entity]) => !ofStudy.has(entity))
    .map(([entity, cases]) => ({ entity, cases })),
  ...others.map(({ name }) => ({ entity: name, cases: otherCases / others.length })),
  { cases: unknownCases },
];

const total = (entries: readonly Incidence[]): number => entries.reduce((sum, { cases }) => sum + cases, 0);
const studyCases = Object.entries(published)
  .filter(([entity]) => ofStudy.has(entity))
  .reduce((sum, [, cases]) => sum + cases, 0);

/** Which share of the centre's cases has one of the ten entities: about a quarter. */
export const studyShare = studyCases / (studyCases + total(otherIncidence));
