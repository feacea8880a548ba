import { expect, test } from "vitest";
import { evidenceSentences } from "./evidence-sentences.ts";
import { readReport } from "./read-report.ts";

test("the sentences that say something come once, in the order of the text", () => {
  const text = [
    "Röntgen des linken Femurs in zwei Ebenen.",
    "Guten Tag.",
    "Metaphysäre Osteolyse des distalen Femurs von 4,2 cm, vereinbar mit einem Osteosarkom.",
    "Mit freundlichen Grüßen.",
  ].join("\n");
  const sentences = evidenceSentences(readReport(text));
  expect(sentences.filter((sentence) => sentence.includes("Osteosarkom"))).toHaveLength(1);
  expect(sentences.join(" ")).not.toMatch(/Guten Tag|Grüßen/);
  const places = sentences.map((sentence) => text.indexOf(sentence));
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

test("a report of which nothing was read has none", () => {
  expect(evidenceSentences(readReport("Guten Tag."))).toEqual([]);
});
