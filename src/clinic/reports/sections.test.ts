import { expect, test } from "vitest";
import { splitSections } from "./sections.ts";

const kinds = (text: string): [string, string][] =>
  splitSections(text).map(({ kind, start, end }) => [kind, text.slice(start, end).trim()]);

test("German headings, on a line of their own and before their text", () => {
  expect(
    kinds(
      "Röntgen Knie links\nKlinische Angaben: Schmerzen.\nFragestellung:\nTumor?\nBEFUND\nOsteolyse.\nBeurteilung: V. a. NOF.",
    ),
  ).toEqual([
    ["title", "Röntgen Knie links"],
    ["clinical", "Schmerzen."],
    ["question", "Tumor?"],
    ["findings", "Osteolyse."],
    ["impression", "V. a. NOF."],
  ]);
});

test("English headings within one line", () => {
  expect(kinds("INDICATION: Pain. FINDINGS: No fracture. IMPRESSION: Normal.")).toEqual([
    ["clinical", "Pain."],
    ["findings", "No fracture."],
    ["impression", "Normal."],
  ]);
});

test("a heading may carry a number, stars or a remark", () => {
  expect(
    kinds("1. Anamnese: Schmerz\n**Beurteilung**: gut\nBefund (MRT vom 3.4.2019): Läsion").map(([kind]) => kind),
  ).toEqual(["clinical", "impression", "findings"]);
});

test("what no heading names is text", () => {
  expect(kinds("Größe: 3 cm\nLage: Femur")).toEqual([["title", "Größe: 3 cm\nLage: Femur"]]);
  expect(kinds("")).toEqual([]);
});
