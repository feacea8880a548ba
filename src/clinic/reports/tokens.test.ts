import fc from "fast-check";
import { expect, test } from "vitest";
import { PhraseTable } from "./phrase-table.ts";
import { foldWord, tokenise } from "./tokens.ts";

test.each([
  ["Läsion", "lesion"],
  ["präoperativ", "preoperativ"],
  ["Osteosarcom", "osteosarkom"],
  ["Zyste", "zyste"],
  ["cyst", "zyst"],
  ["tumours", "tumors"],
  ["Ewing's", "ewing"],
  ["Epiphyse", "epifyse"],
  ["Größe", "groesse"],
  ["Gro\u0308ße", "groesse"],
])("%s is %s", (word, folded) => {
  expect(foldWord(word)).toBe(folded);
});

test("words and the marks that count, with what a hyphen ties", () => {
  const tokens = tokenise("V. a. Ewing-Sarkom (epi-/metaphysär), 3.4 cm?");
  expect(tokens.map(({ text }) => text)).toEqual([
    "v",
    "a",
    "ewing",
    "sarkom",
    "(",
    "epi",
    "/",
    "metafyser",
    ")",
    ",",
    "3",
    "4",
    "km",
    "?",
  ]);
  expect(tokens.filter(({ tied }) => tied).map(({ text }) => text)).toEqual(["sarkom"]);
  expect(tokens.filter(({ hyphened }) => hyphened).map(({ text }) => text)).toEqual(["ewing", "epi"]);
});

test("tokens point at their words", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (text) => {
      for (const { raw, start, end } of tokenise(text, 7)) expect(text.slice(start - 7, end - 7)).toBe(raw);
    }),
  );
});

test("the longest phrase is found; a star stands for any ending", () => {
  const table = new PhraseTable<string>();
  for (const phrase of ["kein", "kein* anhalt", "kein* anhalt für", "verdächt*", "für"]) table.add(phrase, phrase);
  const find = (text: string, from = 0) => table.find(tokenise(text), from);
  expect(find("Keinerlei Anhalt für")).toEqual({ value: "kein* anhalt für", to: 3 });
  expect(find("kein Anhalt")).toEqual({ value: "kein* anhalt", to: 2 });
  expect(find("kein")).toEqual({ value: "kein", to: 1 });
  expect(find("keine")).toBeUndefined();
  expect(find("das verdächtige", 1)).toEqual({ value: "verdächt*", to: 2 });
});
