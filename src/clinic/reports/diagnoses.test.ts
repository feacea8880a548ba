/** How certain a text is of a diagnosis. The sentences are made up. */

import { expect, test } from "vitest";
import { readReport } from "./read-report.ts";

const diagnoses = (text: string): Record<string, string> =>
  Object.fromEntries(readReport(text).diagnoses.map(({ value }) => [value.entity, value.certainty]));

test.each([
  // whose doubt it is, and how far it reaches
  ["Hinweise auf ein Osteosarkom bestehen nicht.", { Osteosarcoma: "excluded" }],
  ["Für ein Chordom fehlt jeglicher Anhalt.", { Chordoma: "excluded" }],
  ["Der Verdacht auf eine fibröse Dysplasie bestätigte sich nicht.", { "Fibrous dysplasia": "excluded" }],
  ["Differentialdiagnostisch ist an ein Chondrosarkom zu denken.", { Chondrosarcoma: "differential" }],
  ["Ein Myxom sollte in Erwägung gezogen werden.", { Myxoma: "differential" }],
  [
    "Ob ein Osteosarkom oder ein Ewing-Sarkom vorliegt, ist nicht zu entscheiden.",
    { Osteosarcoma: "differential", "Ewing sarcoma": "differential" },
  ],
  [
    "Fraglich Osteomyelitis bei bekanntem Prostatakarzinom.",
    { Osteomyelitis: "suspected", "Prostate carcinoma": "confirmed" },
  ],
  ["Chordoma was discussed but is ruled out by histology.", { Chordoma: "excluded" }],
  ["Remote osteosarcoma of the left humerus.", { Osteosarcoma: "confirmed" }],
  ["Osteolyse im Humerus, a. e. Enchondrom.", { Enchondroma: "suspected" }],
  ["A lipoma seems more probable than a liposarcoma.", { Lipoma: "suspected", Liposarcoma: "differential" }],
  // said plainly
  ["Enchondrom der Fibula links.", { Enchondroma: "confirmed" }],
  ["Typisches Osteochondrom.", { Osteochondroma: "confirmed" }],
  ["Histologisch gesichertes Osteosarkom.", { Osteosarcoma: "confirmed" }],
  ["Biopsy-proven Ewing sarcoma of the left ilium.", { "Ewing sarcoma": "confirmed" }],
  ["The biopsy confirmed osteosarcoma.", { Osteosarcoma: "confirmed" }],
  ["Der Verdacht auf ein Ewing-Sarkom wurde bioptisch bestätigt.", { "Ewing sarcoma": "confirmed" }],
  // suspected
  ["V. a. Enchondrom.", { Enchondroma: "suspected" }],
  ["V.a. fibröser Dysplasie.", { "Fibrous dysplasia": "suspected" }],
  ["Enchondromverdacht im Femur.", { Enchondroma: "suspected" }],
  ["Bild am ehesten vereinbar mit einem nicht ossifizierenden Fibrom.", { "Non ossifying fibroma": "suspected" }],
  ["Für ein Osteosarkom spricht die Periostreaktion.", { Osteosarcoma: "suspected" }],
  ["Riesenzelltumor, wahrscheinlich.", { "Giant cell tumour": "suspected" }],
  ["The lesion is suspicious for osteosarcoma.", { Osteosarcoma: "suspected" }],
  ["Findings consistent with non-ossifying fibroma.", { "Non ossifying fibroma": "suspected" }],
  ["Most likely enchondroma.", { Enchondroma: "suspected" }],
  ["Osteosarkom?", { Osteosarcoma: "suspected" }],
  ["Fragestellung: Osteosarkom", { Osteosarcoma: "suspected" }],
  ["Indication: rule out Ewing sarcoma.", { "Ewing sarcoma": "suspected" }],
  // negated twice
  ["Chondrosarkom nicht sicher auszuschließen.", { Chondrosarcoma: "suspected" }],
  ["Ein Chondrosarkom kann nicht mit letzter Sicherheit ausgeschlossen werden.", { Chondrosarcoma: "suspected" }],
  ["Chondrosarcoma cannot be excluded.", { Chondrosarcoma: "suspected" }],
  ["Cannot rule out low-grade chondrosarcoma.", { Chondrosarcoma: "suspected" }],
  // among others
  ["Enchondrom, DD Chondrosarkom.", { Enchondroma: "suspected", Chondrosarcoma: "differential" }],
  [
    "Riesenzelltumor (DD: aneurysmatische Knochenzyste).",
    { "Giant cell tumour": "suspected", "Aneurysmal bone cyst": "differential" },
  ],
  ["DD: Enchondrom, Knocheninfarkt, Chondrosarkom.", { Enchondroma: "differential", Chondrosarcoma: "differential" }],
  ["Osteosarkom oder Ewing-Sarkom.", { Osteosarcoma: "differential", "Ewing sarcoma": "differential" }],
  [
    "Differential includes giant cell tumour, aneurysmal bone cyst and chondroblastoma.",
    { "Giant cell tumour": "differential", "Aneurysmal bone cyst": "differential", Chondroblastoma: "differential" },
  ],
  ["Osteosarcoma should be considered in the differential.", { Osteosarcoma: "differential" }],
  ["Enchondroma is favored over chondrosarcoma.", { Enchondroma: "suspected", Chondrosarcoma: "differential" }],
  // ruled out
  ["Kein Anhalt für ein Osteosarkom.", { Osteosarcoma: "excluded" }],
  ["Kein Hinweis auf Fraktur, Osteolyse oder Osteosarkom.", { Osteosarcoma: "excluded" }],
  ["Die Läsion ist nicht verdächtig auf ein Osteosarkom.", { Osteosarcoma: "excluded" }],
  ["Der Verdacht auf ein Ewing-Sarkom hat sich nicht bestätigt.", { "Ewing sarcoma": "excluded" }],
  ["Gegen ein Chondrosarkom spricht die intakte Kortikalis.", { Chondrosarcoma: "excluded" }],
  ["Ein Ewing-Sarkom ist unwahrscheinlich.", { "Ewing sarcoma": "excluded" }],
  ["No evidence of osteosarcoma.", { Osteosarcoma: "excluded" }],
  ["Osteosarcoma was ruled out by biopsy.", { Osteosarcoma: "excluded" }],
  ["Multiple giant cell tumours are not seen.", { "Giant cell tumour": "excluded" }],
  // a negation ends with its clause and stays with its own noun
  ["Kein Osteosarkom, aber Enchondrom.", { Osteosarcoma: "excluded", Enchondroma: "confirmed" }],
  ["Kein Frakturnachweis, Enchondrom der Fibula.", { Enchondroma: "confirmed" }],
  ["Enchondrom ohne Nachweis einer Fraktur.", { Enchondroma: "confirmed" }],
  ["Kein Rezidiv des Osteosarkoms.", { Osteosarcoma: "confirmed" }],
  ["Kein Hinweis auf maligne Transformation des Osteochondroms.", { Osteochondroma: "confirmed" }],
  ["Kein Osteosarkomrezidiv.", { Osteosarcoma: "confirmed" }],
  ["No evidence of recurrent enchondroma.", { Enchondroma: "confirmed" }],
  ["No recurrence of the giant cell tumour.", { "Giant cell tumour": "confirmed" }],
  ["There is no evidence of malignant transformation of the enchondroma.", { Enchondroma: "confirmed" }],
  // spelling
  ["Osteosarcom des Femur.", { Osteosarcoma: "confirmed" }],
  ["Osteosarkkom des Femur.", { Osteosarcoma: "confirmed" }],
  ["OSTEOSARKOM DES FEMUR", { Osteosarcoma: "confirmed" }],
  ["Chondrosarkomrezidiv der Skapula.", { Chondrosarcoma: "confirmed" }],
  // not the patient's, not a tumour
  ["Mutter mit Osteosarkom.", {}],
  ["Vorstellung im Sarkomzentrum und im Tumorboard.", {}],
  ["Es handelt sich um eine Vorstellung zur Befundbesprechung.", {}],
])("%s", (text, expected) => {
  expect(diagnoses(text)).toEqual(expected);
});

test("history is marked as past", () => {
  expect(readReport("Z. n. Osteosarkom.").diagnoses[0]?.value).toEqual({
    entity: "Osteosarcoma",
    certainty: "confirmed",
    past: true,
  });
  expect(readReport("Osteosarkom.").diagnoses[0]?.value).toEqual({ entity: "Osteosarcoma", certainty: "confirmed" });
});

test("the impression has the last word, except over what was proven", () => {
  const question = "Fragestellung: Osteosarkom?\n";
  expect(diagnoses(`${question}Beurteilung: Kein Osteosarkom. Enchondrom.`)).toEqual({
    Osteosarcoma: "excluded",
    Enchondroma: "confirmed",
  });
  expect(diagnoses("Befund: Enchondrom.\nBeurteilung: V. a. Enchondrom.")).toEqual({ Enchondroma: "suspected" });
  expect(
    diagnoses("Anamnese: Histologisch gesichertes Osteosarkom.\nBeurteilung: Bild vereinbar mit Osteosarkom."),
  ).toEqual({
    Osteosarcoma: "confirmed",
  });
});
