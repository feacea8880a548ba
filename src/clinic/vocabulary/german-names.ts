/** The German names that pages show: the first German word of a term, but where radiologists write another one first. */

import { type EntityTerm, entityTerms } from "./entities.ts";
import { type SiteTerm, siteTerms } from "./sites.ts";

/** A name of the vocabulary with its German one. */
export interface GermanName {
  readonly name: string;
  readonly de: string;
}

const usualEntities: Readonly<Record<string, string>> = {
  Bursitis: "Bursitis",
  Ganglion: "Ganglion",
  "Myositis ossificans": "Myositis ossificans",
  Osteomyelitis: "Osteomyelitis",
  "Palmar and plantar fibromatosis": "Palmar- und Plantarfibromatose",
  Pseudotumour: "Pseudotumor",
  Schwannoma: "Schwannom",
  "Tenosynovial giant cell tumour": "Tenosynovialer Riesenzelltumor",
};

const usualSites: Readonly<Record<string, string>> = {
  acetabulum: "Acetabulum",
  clavicle: "Klavikula",
  femur: "Femur",
  fibula: "Fibula",
  hand: "Hand",
  humerus: "Humerus",
  ilium: "Os ilium",
  ischium: "Os ischii",
  patella: "Patella",
  pubis: "Os pubis",
  radius: "Radius",
  sacrum: "Os sacrum",
  scapula: "Skapula",
  sternum: "Sternum",
  tibia: "Tibia",
  ulna: "Ulna",
};

const named = (terms: readonly (EntityTerm | SiteTerm)[], usual: Readonly<Record<string, string>>): GermanName[] =>
  terms.map(({ name, synonyms }) => ({ name, de: usual[name] ?? capitalised(synonyms.de[0] ?? name) }));

const capitalised = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Of every entity. */
export const germanEntityNames: readonly GermanName[] = named(entityTerms, usualEntities);

/** Of every site. */
export const germanSiteNames: readonly GermanName[] = named(siteTerms, usualSites);
