import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cleanText, sweepText } from "./clean-text.ts";
import { foldedWords, squeeze } from "./fold-text.ts";
import { harmlessWords } from "./harmless-words.ts";
import { isPseudonym, isReplacedUid, KeyedIdentity } from "./keyed-identity.ts";
import type { KnownIdentifiers } from "./known-identifiers.ts";
import { shiftDates } from "./shift-dates.ts";

const identifiers: KnownIdentifiers = {
  names: new Set(["muller", "mueller", "anna", "knie"]),
  phrases: new Set(["19560312", "12031956", "abc47110815"]),
  places: new Set(["klinikumsud"]),
};

describe("cleanText", () => {
  const clean = (text: string): string => cleanText(text, harmlessWords, identifiers);

  test("keeps what describes the radiograph", () => {
    expect(clean("Femur links ap/lateral, 2 Ebenen")).toBe("Femur links ap/lateral, 2 Ebenen");
    expect(clean("HWS seitlich C4 L5 Th12")).toBe("HWS seitlich C4 L5 Th12");
  });

  test.each([
    ["names, however they are spelt", "Becken Müller MUELLER Mu\u0308ller", "Becken"],
    ["a name that is also a harmless word", "Knie links", "links"],
    ["names that nobody declared", "Becken Frau Schmidtbauer", "Becken"],
    ["numbers and dates", "Becken 12.03.1956 47 ABC-4711-0815", "Becken"],
    ["an identifier with spaces in it", "Becken 1 2 0 3 1 9 5 6", "Becken"],
    ["a number spelt across words", "Becken ABC 4711 0815", "Becken"],
    ["what hides in punctuation", "Becken Müller/links x@y.de http://a.de", "Becken"],
  ])("removes %s", (_, text, left) => expect(clean(text)).toBe(left));

  test("cleaning twice changes nothing, and every word left is harmless", () => {
    const words = fc.constantFrom(
      "Knie",
      "links",
      "Meier",
      "7",
      "2",
      "12",
      "L5",
      "ap.",
      "(lateral)",
      "Müller",
      "x-ray",
      "",
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(words, fc.string()), { maxLength: 12 }), (parts) => {
        const once = cleanText(parts.join(" "), harmlessWords);
        expect(cleanText(once, harmlessWords)).toBe(once);
        const bad = foldedWords(once).filter(
          (word) => !harmlessWords.has(word) && !/^(\d|(c|th?|d|l|s)\d{1,2})$/.test(word),
        );
        expect(bad).toEqual([]);
      }),
    );
  });
});

test("what is kept is swept of people and left alone otherwise", () => {
  expect(sweepText("ACME  Scanner\u00a0X", identifiers, harmlessWords)).toBe("ACME  Scanner\u00a0X");
  expect(sweepText("ACME Müller 12.03.1956", identifiers, harmlessWords)).toBe("ACME");
});

describe("shiftDates", () => {
  test.each([
    ["20240301", "DA", 1, "20240229"],
    ["2024.03.01", "DA", 366, "20230301"],
    ["20240301\\20240302", "DA", 1, "20240229\\20240301"],
    ["20240301101530.5+0100", "DT", 60, "20240101101530.5+0100"],
    ["101530.123", "TM", 60, "101530.123"],
    ["", "DA", 5, ""],
  ])("%s (%s) by %i days is %s", (text, vr, days, moved) => expect(shiftDates(text, vr, days)).toBe(moved));

  test.each([
    ["20230231", "DA"],
    ["2024", "DT"],
    ["Meier", "DA"],
    ["Meier", "TM"],
    ["20240101Meier", "DT"],
  ])("%s (%s) cannot be moved", (text, vr) => expect(shiftDates(text, vr, 5)).toBeUndefined());

  test("distances between dates stay", () => {
    const date = fc.date({ min: new Date("1900-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });
    const written = (day: Date): string => day.toISOString().slice(0, 10).replaceAll("-", "");
    const read = (text: string): number => Date.UTC(+text.slice(0, 4), +text.slice(4, 6) - 1, +text.slice(6));
    fc.assert(
      fc.property(date, date, fc.integer({ min: 1, max: 4000 }), (a, b, days) => {
        const moved = [a, b].map((day) => read(shiftDates(written(day), "DA", days)!));
        expect(moved[1]! - moved[0]!).toBe(read(written(b)) - read(written(a)));
      }),
    );
  });
});

describe("KeyedIdentity", () => {
  const one = new KeyedIdentity(new Uint8Array(32).fill(1));
  const other = new KeyedIdentity(new Uint8Array(32).fill(2));

  test("the same key gives the same, another key another", () => {
    expect(one.uid("1.2.3")).toBe(new KeyedIdentity(new Uint8Array(32).fill(1)).uid("1.2.3"));
    expect(one.uid("1.2.3")).not.toBe(other.uid("1.2.3"));
    expect(one.pseudonym("a")).not.toBe(other.pseudonym("a"));
    expect(one.pseudonym("a")).not.toBe(one.pseudonym("b"));
  });

  test("UIDs, pseudonyms and shifts have their forms; well-known UIDs stay", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        expect(isReplacedUid(one.uid(text))).toBe(true);
        expect(isPseudonym(one.pseudonym(text))).toBe(true);
        expect(one.shiftDays(text)).toBeGreaterThanOrEqual(365);
        expect(one.shiftDays(text)).toBeLessThanOrEqual(3652);
      }),
    );
    expect(one.uid("1.2.840.10008.5.1.4.1.1.1")).toBe("1.2.840.10008.5.1.4.1.1.1");
  });
});

test("spellings are folded", () => {
  expect(foldedWords("Müller-Lüdenscheidt, Łukasz Ǻ ß")).toEqual(["muller", "ludenscheidt", "lukasz", "a", "ss"]);
  expect(squeeze("12.03. 1956")).toBe("12031956");
});
