import { expect, test } from "vitest";
import { entities } from "../entities.ts";
import { sites } from "../sites.ts";
import * as lists from "./clinical-words.ts";
import { entityTerm, entityTerms } from "./entities.ts";
import { findEntity } from "./find-entity.ts";
import { findSite } from "./find-site.ts";
import { wordFinder } from "./find-word.ts";
import { foldTerm } from "./fold-term.ts";
import { isWithin, siteTerm, siteTerms } from "./sites.ts";
import { wordsOf } from "./term-index.ts";

/** Dissertation, table 2.1; its rows "other" and "unknown" name no entity. */
const tableOfEntities =
  "adamantinoma|angiosarcoma|aneurysmatic bone cyst|juvenile bone cyst|solitary bone cyst|breast carcinoma|bronchial carcinoma|bursitis|chondroblastoma|chondromatosis, synovial|chondrosarcoma|chordoma|clear cell sarcoma|cancer of unknown primary|dermatofibrosarcoma protaberans|desmoid (aggressive fibromatosis)|fibrous dysplasia|enchondroma|epithelioid sarcoma|Ewing’s sarcoma|cartilaginous exostosis|nodular fasciitis|fibroma|fibrosarcoma|ganglion|giant cell tumour|eosinophilic granuloma|hemangioendothelioma|malignant hemangioendothelioma|hemangioma|hemangiopericytoma|epithelioid hemangiosarcoma|hematoma|Hodgkin’s lymphoma|leiomyosarcoma|leukemia|lipoma|lipoma arborescens|liposarcoma|lymphangioma|malignant fibrous histiocytoma|morbus Ledderhose|malignant peripheral nerve sheath|myofibblas|myositis ossificans|myxofibrosarcoma|myxoma|neurinoma|neurofibroma / neurofibromatosis|NHL of T-cell type|NHL of the B-cell type|non ossifying fibroma|osteochondroma|osteoid osteoma|osteomyelitis|osteosarcoma|Paget’s disease|plasmocytoma / multiple myeloma|primitive neuroectodermal tumour|prostate carcinoma|pseudotumour|pigmented villonodular synovitis|renal cell carcinoma|rhabdomyosarcoma (alveolar / embryonal)|not otherwise specified sarcoma|myofibroblastic sarcoma|alveolar soft tissue sarcoma|synovial sarcoma (monophasic / biphasic)|solitary, fibrous tumour,".split(
    "|",
  );
const tableOfSites =
  "abdominal wall|thoracic spine|cervical spine|dorsum|elbow|foot|forearm|hand|head-neck region|hips|knee|lower leg|os coccygeum|os sacrum|pelvis|shoulder|spine|thigh|thoracic wall|upper arm".split(
    "|",
  );

test("every row of table 2.1 is found, and not by guessing", () => {
  expect(tableOfEntities).toHaveLength(69);
  for (const row of tableOfEntities)
    expect([row, findEntity(row)?.how]).toEqual([row, expect.stringMatching(/^(name|synonym)$/)]);
  for (const row of tableOfSites)
    expect([row, findSite(row)?.how]).toEqual([row, expect.stringMatching(/^(name|synonym)$/)]);
});

test("every word of every term finds its own term, whatever the case, hyphens and umlauts", () => {
  for (const [terms, find] of [
    [entityTerms, findEntity],
    [siteTerms, findSite],
  ] as const) {
    for (const term of terms) {
      for (const word of wordsOf(term)) {
        const spellings = [
          word,
          word.toUpperCase(),
          word.replaceAll("-", " "),
          word.replaceAll("ä", "ae").replaceAll("ö", "oe").replaceAll("ü", "ue"),
          word.normalize("NFD").replace(/\p{Mark}/gu, ""),
        ];
        for (const spelling of spellings) {
          const match = find(spelling);
          expect([spelling, match?.term.name, match?.how === "misspelt"]).toEqual([spelling, term.name, false]);
        }
      }
    }
  }
});

test("no word of a term stands for a second one", () => {
  for (const terms of [entityTerms, siteTerms]) {
    const owners = new Map<string, string>();
    for (const term of terms) {
      for (const key of wordsOf(term).flatMap(foldTerm)) {
        expect([key, owners.get(key) ?? term.name]).toEqual([key, term.name]);
        owners.set(key, term.name);
      }
    }
  }
});

test("every entity has well-formed codes; what lacks a morphology is no neoplasm of ICD-O", () => {
  for (const { name, icd10, icdO3 } of entityTerms) {
    expect([name, icd10.length > 0]).toEqual([name, true]);
    for (const code of icd10) expect(code).toMatch(/^[A-Z]\d\d(\.\d)?$/);
    for (const code of icdO3) expect(code).toMatch(/^\d{4}\/[0136]$/);
  }
  expect(entityTerms.filter(({ icdO3 }) => icdO3.length === 0).map(({ name }) => name)).toEqual([
    "Brown tumour",
    "Simple bone cyst",
    "Myositis ossificans",
    "Osteomyelitis",
    "Paget disease of bone",
    "Bursitis",
    "Ganglion",
    "Haematoma",
    "Pseudotumour",
  ]);
});

test("the behaviour agrees with the first morphology code, where its digit tells", () => {
  const digit = { benign: "0", intermediate: "1", malignant: "3" };
  const differ = entityTerms.filter(
    ({ malignancy, icdO3 }) =>
      icdO3.length > 0 && !icdO3.some((code) => code.endsWith(digit[malignancy]) || code.endsWith("6")),
  );
  // The WHO gives the unifocal form, eosinophilic granuloma, the digit 1; clinics count it as benign.
  expect(differ.map(({ name }) => name)).toEqual(["Langerhans cell histiocytosis"]);
});

test("the ten entities of the study and its sixteen bones are terms of the vocabulary", () => {
  expect(entities).toHaveLength(10);
  for (const { entity } of entities) expect(entityTerm(entity)?.name).toBe(entity);
  for (const { site, publishedName, paired } of sites) {
    expect([site, siteTerm(site)?.paired]).toEqual([site, paired]);
    expect(findSite(publishedName)?.term.name).toBe(site);
  }
  for (const { within } of siteTerms) if (within !== undefined) expect(siteTerm(within)).toBeDefined();
  expect(isWithin("lumbar spine", "spine")).toBe(true);
  expect(isWithin("spine", "lumbar spine")).toBe(false);
});

test.each([
  ["Ewing-Sarkom", "Ewing sarcoma", "synonym"],
  ["EWING'S SARCOMA", "Ewing sarcoma", "synonym"],
  ["Riesenzelltumor (RZT)", "Giant cell tumour", "synonym"],
  ["giant cell tumor of bone", "Giant cell tumour", "synonym"],
  ["Knochenzyste, aneurysmatische", "Aneurysmal bone cyst", "synonym"],
  ["Enchondrome", "Enchondroma", "synonym"],
  ["Hemangioma", "Haemangioma", "synonym"],
  ["Osteosarkmo", "Osteosarcoma", "misspelt"],
  ["Chondosarkom", "Chondrosarcoma", "misspelt"],
  ["Enchodrom", "Enchondroma", "misspelt"],
  ["fibröse Dysplsaie", "Fibrous dysplasia", "misspelt"],
  // One letter from chordoma and one from chondroma: nobody can tell.
  ["Chodrom", undefined, undefined],
  ["Meniskusriss", undefined, undefined],
  ["Liopm", "Lipoma", "misspelt"],
  // A leiomyoma, and an abbreviation of nobody's: shorter words are not guessed.
  ["Myom", undefined, undefined],
  ["ABCD", undefined, undefined],
  ["", undefined, undefined],
])("the entity of %j", (text, name, how) => {
  const match = findEntity(text);
  expect([match?.term.name, match?.how]).toEqual([name, how]);
});

test("the words of every list are its own", () => {
  for (const list of Object.values(lists)) {
    const find = wordFinder<string>(list);
    for (const { value, en, de } of list) {
      expect(find(value)).toEqual({ value, how: "name" });
      for (const word of [...en, ...de]) expect([word, find(` ${word.toUpperCase()}`)?.value]).toEqual([word, value]);
    }
    expect(find("Apfelbaum")).toBeUndefined();
  }
});
