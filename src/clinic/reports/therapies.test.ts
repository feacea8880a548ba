/** Before, during and after treatments; first tumours and recurrences. The sentences are made up. */

import { expect, test } from "vitest";
import { readReport } from "./read-report.ts";
import { reportStage } from "./report-stage.ts";

const phases = (text: string): Record<string, string> => {
  const { surgery, chemotherapy, radiotherapy } = readReport(text);
  return {
    ...(surgery ? { surgery: surgery.value } : {}),
    ...(chemotherapy ? { chemotherapy: chemotherapy.value } : {}),
    ...(radiotherapy ? { radiotherapy: radiotherapy.value } : {}),
  };
};
const before = { surgery: "preoperative" };
const after = { surgery: "postoperative" };

test.each([
  ["Exzidat: Lipom, randbildend.", after],
  ["Radiofrequenzablation im Mai geplant.", before],
  ["Die Operationswunde ist reizlos.", after],
  ["He recovered well from the resection.", after],
  ["Three further cycles of chemotherapy are to be given.", { chemotherapy: "during" }],
  ["Präoperative Planung bei Osteochondrom.", before],
  ["Vor geplanter Kürettage.", before],
  ["Eine Operation ist für nächste Woche vorgesehen.", before],
  ["Bisher keine Operation.", before],
  ["Keine Voroperationen.", before],
  ["Patient is scheduled for wide resection next week.", before],
  ["Z. n. Kürettage eines Enchondroms 2015.", after],
  ["2 Wochen nach Kürettage.", after],
  ["Vor 3 Jahren Resektion eines Osteochondroms.", after],
  ["Einliegende Tumorendoprothese.", after],
  ["Im Vergleich zur präoperativen Aufnahme regelrechte Lage.", after],
  ["Resektionsränder tumorfrei.", after],
  ["Status post resection of the proximal humerus.", after],
  ["Post-operative radiograph after curettage and cementing.", after],
  ["Endoprosthesis in regular position.", after],
  ["Kein Osteosynthesematerial.", {}],
  ["Vorstellung in der chirurgischen Klinik.", {}],
])("surgery: %s", (text, expected) => {
  expect(phases(text)).toEqual(expected);
});

test.each([
  ["Vor Beginn der Chemotherapie.", { chemotherapy: "before" }],
  ["Chemotherapie bisher nicht erfolgt.", { chemotherapy: "before" }],
  ["No prior chemotherapy or radiotherapy.", { chemotherapy: "before", radiotherapy: "before" }],
  ["Prior to planned radiotherapy.", { radiotherapy: "before" }],
  ["Unter laufender Chemotherapie.", { chemotherapy: "during" }],
  ["Chemotherapie nach EURAMOS läuft.", { chemotherapy: "during" }],
  ["Nach 2 von 6 Zyklen Chemotherapie.", { chemotherapy: "during" }],
  ["Zwei Monate nach Beginn der Chemotherapie.", { chemotherapy: "during" }],
  ["Currently undergoing chemotherapy.", { chemotherapy: "during" }],
  ["Während der Bestrahlung.", { radiotherapy: "during" }],
  ["Nach Abschluss der Chemotherapie.", { chemotherapy: "after" }],
  ["Z. n. Radiatio.", { radiotherapy: "after" }],
  ["She completed radiotherapy in 2018.", { radiotherapy: "after" }],
  ["Z. n. neoadjuvanter Radiochemotherapie.", { chemotherapy: "after", radiotherapy: "after" }],
  ["Abgeschlossene Chemotherapie, Bestrahlung geplant.", { chemotherapy: "after", radiotherapy: "before" }],
  ["Radiatio ist nicht vorgesehen.", {}],
  ["Bestrahlung wurde abgelehnt.", {}],
])("chemotherapy and radiotherapy: %s", (text, expected) => {
  expect(phases(text)).toEqual(expected);
});

test("what a board decides is to come", () => {
  expect(
    phases("Tumorboard\nBeschluss: Neoadjuvante Chemotherapie nach EURAMOS, anschließend weite Resektion."),
  ).toEqual({
    surgery: "preoperative",
    chemotherapy: "before",
  });
});

test.each([
  ["Wiederaufgetretener Riesenzelltumor am distalen Radius links.", "recurrent"],
  ["Chondrosarkomrezidiv der Skapula.", "recurrent"],
  ["V. a. Lokalrezidiv.", "recurrent"],
  ["Recurrent giant cell tumour of the right distal radius.", "recurrent"],
  ["Primäres Osteosarkom des rechten Femurs.", "primary"],
  ["Newly diagnosed osteosarcoma.", "primary"],
  ["Erstdiagnose eines Ewing-Sarkoms.", "primary"],
  ["Kein Anhalt für ein Rezidiv.", undefined],
  ["Rezidivfrei seit 2016.", undefined],
  ["Rezidiv?", undefined],
  ["Kein Osteosarkomrezidiv.", undefined],
  ["No lytic area to suggest recurrence.", undefined],
  ["No signs of local relapse.", undefined],
  ["Metastase bei unbekanntem Primärtumor.", undefined],
])("occurrence: %s", (text, expected) => {
  expect(readReport(text).occurrence?.value).toBe(expected);
});

test.each([
  ["Vor geplanter Chemotherapie.", "untreated"],
  ["Unter laufender Chemotherapie, Resektion geplant.", "under therapy"],
  ["Nach Abschluss der Chemotherapie, Resektion geplant.", "pretreated"],
  ["Z. n. Kürettage, unter laufender Bestrahlung.", "postoperative"],
  ["Kein Erguss.", undefined],
])("stage: %s", (text, expected) => {
  expect(reportStage(readReport(text))).toBe(expected);
});
