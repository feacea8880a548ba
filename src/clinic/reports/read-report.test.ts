/** Whole reports, and what holds for every text. The reports are made up. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { readReport } from "./read-report.ts";
import type { Evidence, ReportFields, Stated } from "./report-fields.ts";
import { reportStage } from "./report-stage.ts";

/** Values without their evidence. */
const values = ({ diagnoses, language, kind, ...rest }: ReportFields): Record<string, unknown> => ({
  language,
  kind,
  ...Object.fromEntries(Object.entries(rest).map(([name, stated]) => [name, (stated as Stated<unknown>).value])),
  diagnoses: diagnoses.map(({ value }) => `${value.entity}: ${value.certainty}`),
});

const evidenceOf = ({ diagnoses, language: _, kind: __, ...rest }: ReportFields): Evidence[] =>
  [...Object.values(rest), ...diagnoses].map((stated) => (stated as Stated<unknown>).evidence);

test("a German radiology report", () => {
  const fields = readReport(
    [
      "Röntgen Kniegelenk links in 2 Ebenen vom 12.03.2019",
      "Klinische Angaben: Seit ca. 3 Monaten Schmerzen. Z. n. Appendektomie.",
      "Fragestellung: Tumor? Osteosarkom?",
      "Befund: In der distalen Femurmetaphyse zeigt sich eine exzentrische, scharf begrenzte Osteolyse von 2,4 x 1,8 cm mit",
      "Sklerosesaum. Keine Fraktur. Gelenkspalt regelrecht. Die Epiphyse ist nicht betroffen.",
      "Beurteilung: Bild am ehesten vereinbar mit einem nicht ossifizierenden Fibrom. Kein Anhalt für Malignität,",
      "insbesondere kein Osteosarkom.",
    ].join("\n"),
  );
  expect(values(fields)).toEqual({
    language: "de",
    kind: "radiology",
    sizeMm: [24, 18],
    site: "femur",
    side: "left",
    position: "metaphyseal",
    diagnoses: ["Osteosarcoma: excluded", "Non ossifying fibroma: suspected"],
  });
  expect(fields.side?.evidence.sentence).toBe("Röntgen Kniegelenk links in 2 Ebenen vom 12.03.2019");
  expect(reportStage(fields)).toBeUndefined();
});

test("an English radiology report after treatment", () => {
  const fields = readReport(
    [
      "MRI of the right shoulder",
      "History: 34-year-old patient, status post curettage of a giant cell tumor of the proximal humerus in 2017. Rule out recurrence.",
      "Findings: 2.3 cm enhancing nodule at the margin of the cement. No fracture.",
      "Impression: Findings suspicious for local recurrence.",
    ].join("\n"),
  );
  expect(values(fields)).toMatchObject({
    language: "en",
    kind: "radiology",
    surgery: "postoperative",
    occurrence: "recurrent",
    sizeMm: [23],
    site: "humerus",
    side: "right",
    diagnoses: ["Giant cell tumour: confirmed"],
  });
  expect(reportStage(fields)).toBe("postoperative");
});

test("a pathology report", () => {
  const fields = readReport(
    [
      "Pathologischer Befund",
      "Material: Resektat distaler Femur links.",
      "Makroskopie: Resektat 14 cm lang, darin ein Tumor von 6,2 x 4,1 x 3,9 cm.",
      "Mikroskopie: Maligne Zellen mit Osteoid, nach neoadjuvanter Chemotherapie zu 95 % nekrotisch.",
      "Diagnose: Konventionelles Osteosarkom. Resektionsränder tumorfrei.",
    ].join("\n"),
  );
  expect(values(fields)).toMatchObject({
    kind: "pathology",
    surgery: "postoperative",
    chemotherapy: "after",
    sizeMm: [62, 41, 39],
    site: "femur",
    side: "left",
    diagnoses: ["Osteosarcoma: confirmed"],
  });
});

test("a tumour-board protocol", () => {
  const fields = readReport(
    [
      "Protokoll der interdisziplinären Tumorkonferenz",
      "Diagnose: Histologisch gesichertes Osteosarkom der proximalen Tibia rechts, Erstdiagnose 3/2019",
      "Beschluss: Neoadjuvante Chemotherapie nach EURAMOS-1, anschließend weite Resektion.",
    ].join("\n"),
  );
  expect(values(fields)).toEqual({
    language: "de",
    kind: "tumour board",
    surgery: "preoperative",
    chemotherapy: "before",
    occurrence: "primary",
    site: "tibia",
    side: "right",
    diagnoses: ["Osteosarcoma: confirmed"],
  });
  expect(reportStage(fields)).toBe("untreated");
});

test("hints outweigh what the text looks like", () => {
  expect(readReport("Osteosarcoma.", { kind: "pathology", language: "de" })).toMatchObject({
    kind: "pathology",
    language: "de",
  });
});

const phrase = fc.constantFrom(
  "V. a. Osteosarkom",
  "Kein Anhalt für",
  "no evidence of",
  "Enchondrom",
  "giant cell tumour",
  "of the left femur",
  "rechts",
  ",",
  ";",
  "oder",
  "(",
  ")",
  "?",
  ".",
  "\n",
  "Befund:",
  "Impression:",
  "3,4 x 2 cm",
  "12 mm",
  "nach Chemotherapie",
  "geplante Resektion",
  "Z. n.",
  "DD",
  "nicht sicher auszuschließen",
  "metaphysär",
  "\u0000",
  "\ud800",
  "Ä\u0308",
);
const texts = fc.oneof(
  fc.array(phrase, { maxLength: 80 }).map((parts) => parts.join(" ")),
  fc.string({ unit: "binary", maxLength: 300 }),
);

test("no text is too broken, and evidence points at its sentence", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const fields = readReport(text);
      for (const { sentence, start, end } of evidenceOf(fields)) expect(text.slice(start, end)).toBe(sentence);
      const sizes = fields.sizeMm?.value ?? [1];
      expect(sizes.length).toBeGreaterThan(0);
      expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
      expect(readReport(text)).toEqual(fields);
    }),
    { numRuns: 400 },
  );
});

const unrelated = [
  "Herz und Lunge unauffällig.",
  "Guter Allgemeinzustand.",
  "The patient tolerated the examination well.",
  "Blutdruck 120/80.",
  "Wir danken für die Überweisung.",
];
const stories = [
  "V. a. Enchondrom der proximalen Humerusmetaphyse rechts, 3,2 cm.",
  "Status post curettage of a giant cell tumour of the left distal radius.",
  "Kein Anhalt für ein Osteosarkom.",
  "Unter laufender Chemotherapie bei Ewing-Sarkom des linken Os ilium, 8 x 5 cm.",
];

test("sentences about something else change nothing", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...stories),
      fc.array(fc.constantFrom(...unrelated)),
      fc.array(fc.constantFrom(...unrelated)),
      (story, before, after) => {
        const { language: _, kind: __, ...alone } = values(readReport(story));
        const { language: ___, kind: ____, ...among } = values(readReport([...before, story, ...after].join(" ")));
        expect(among).toEqual(alone);
      },
    ),
    { numRuns: 60 },
  );
});

const mega = 2 ** 20;
test.each([
  ["one letter", "a".repeat(mega)],
  ["numbers", "1,2 x ".repeat(mega / 6)],
  ["digits", "1".repeat(mega)],
  ["commas", "kein ".concat(",".repeat(mega))],
  ["triggers", "kein Verdacht auf nicht ".repeat(mega / 24)],
  ["names", "Osteosarkom Femur links, ".repeat(mega / 25)],
  ["brackets", "(".repeat(mega)],
  ["one compound", "osteosarkomfemur".repeat(mega / 16)],
  ["hyphens", "osteosarkom-".repeat(mega / 12)],
  ["lines", "Befund:\n".repeat(mega / 8)],
  ["colons", "Aaaa aaa aaa aaa:".repeat(mega / 17)],
  ["spaces", " ".repeat(mega)],
  ["abbreviations", "z. B. ".repeat(mega / 6)],
])(
  "a megabyte of %s is read",
  (_, text) => {
    expect(readReport(text).diagnoses.length).toBeLessThan(5);
  },
  20_000,
);
