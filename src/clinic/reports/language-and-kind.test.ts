import { expect, test } from "vitest";
import { detectLanguage } from "./detect-language.ts";
import { kindOfReport } from "./report-kind.ts";

test.each([
  ["Kein Anhalt für ein Rezidiv.", "de"],
  ["Osteosarkom?", "de"],
  ["Osteochondrome beider Kniegelenke.", "de"],
  ["No evidence of recurrence.", "en"],
  ["Osteosarcoma?", "en"],
  ["Status post curettage of the ischium.", "en"],
] as const)("%s is %s", (text, language) => {
  expect(detectLanguage(text)).toBe(language);
});

test("a text that does not tell takes the language of what it stands in", () => {
  expect(detectLanguage("3 cm", "de")).toBe("de");
  expect(detectLanguage("", "en")).toBe("en");
});

test.each([
  ["Röntgen Knie links in 2 Ebenen\nBefund: Keine Fraktur.", "radiology"],
  ["MRI of the pelvis\nTechnique: axial sequences. Findings to be discussed at the tumour board.", "radiology"],
  ["Pathologisch-anatomischer Befund\nMikroskopie: Osteoid.", "pathology"],
  ["Gross description: specimen of 3 cm. Microscopic description: osteoid.", "pathology"],
  ["Protokoll der Tumorkonferenz\nBildgebung: MRT mit Läsion.\nBeschluss: Resektion", "tumour board"],
  ["Guten Tag.", undefined],
])("%j is %s", (text, kind) => {
  expect(kindOfReport(text)).toBe(kind);
});
