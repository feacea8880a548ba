import fc from "fast-check";
import { expect, test } from "vitest";
import { longestSentence, splitSentences } from "./sentences.ts";

const split = (text: string): string[] => splitSentences(text).map(({ start, end }) => text.slice(start, end));

test.each([
  ["V. a. Enchondrom. Kein Frakturnachweis.", ["V. a. Enchondrom.", "Kein Frakturnachweis."]],
  [
    "Z. n. Kürettage am 12.03.2019 durch Dr. Meier. Kein Rezidiv.",
    ["Z. n. Kürettage am 12.03.2019 durch Dr. Meier.", "Kein Rezidiv."],
  ],
  [
    "Größe ca. 3.4 x 2,1 cm, i. d. R. stabil. Keine Fraktur.",
    ["Größe ca. 3.4 x 2,1 cm, i. d. R. stabil.", "Keine Fraktur."],
  ],
  ["Operation am 3. Mai. Danach Kontrolle.", ["Operation am 3. Mai.", "Danach Kontrolle."]],
  ["Nach dem 3. Zyklus. Gut vertragen.", ["Nach dem 3. Zyklus.", "Gut vertragen."]],
  ["Läsion z. B. am Femur li. Keine Fraktur.", ["Läsion z. B. am Femur li.", "Keine Fraktur."]],
  ["Lesion approx. 3.5 cm, see image No. 4. No fracture.", ["Lesion approx. 3.5 cm, see image No. 4.", "No fracture."]],
  ["Giant cell tumour vs. ABC. Biopsy advised.", ["Giant cell tumour vs. ABC.", "Biopsy advised."]],
  ["Osteosarkom? Bitte um Abklärung!", ["Osteosarkom?", "Bitte um Abklärung!"]],
  ["1. Enchondrom.\n2. Gonarthrose.", ["1. Enchondrom.", "2. Gonarthrose."]],
  ["- Enchondrom\n- Gonarthrose", ["Enchondrom", "Gonarthrose"]],
  [
    "Im distalen Femur zeigt sich eine gut abgegrenzte\nOsteolyse mit Sklerosesaum und ohne Periostreaktion.",
    ["Im distalen Femur zeigt sich eine gut abgegrenzte\nOsteolyse mit Sklerosesaum und ohne Periostreaktion."],
  ],
  ["Röntgen Knie links\nKein Erguss", ["Röntgen Knie links", "Kein Erguss"]],
  ["Grad 2.Keine Nekrose im Tumor.Kein Rezidiv", ["Grad 2.Keine Nekrose im Tumor.", "Kein Rezidiv"]],
  ["", []],
])("%j", (text, sentences) => {
  expect(split(text)).toEqual(sentences);
});

test("sentences lie in order, are trimmed, of bounded length, and nothing but space and bullets lies between them", () => {
  const piece = fc.constantFrom(
    ". ",
    "\n",
    "? ",
    "V. a. ",
    "Tumor",
    " ",
    "3.4 cm",
    "z. B.",
    "- ",
    "Dr.",
    "a",
    "Ä",
    "\u{1f9b4}",
    ",",
    ":",
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 2_000 }), (pieces) => {
      const text = pieces.join("");
      let last = 0;
      for (const { start, end } of splitSentences(text)) {
        expect(start).toBeGreaterThanOrEqual(last);
        expect(end).toBeGreaterThan(start);
        expect(end - start).toBeLessThanOrEqual(longestSentence + 2);
        expect(text.slice(last, start)).toMatch(/^[\s\-–*•▪·]*$/);
        last = end;
      }
      expect(text.slice(last)).toMatch(/^[\s\-–*•▪·]*$/);
    }),
    { numRuns: 60 },
  );
});
