import fc from "fast-check";
import { expect, test } from "vitest";
import { repairText } from "./repair-text.ts";

/** UTF-8 read as Windows-1252. */
const garble = (text: string): string => new TextDecoder("windows-1252").decode(new TextEncoder().encode(text));

test.each(["Männlich", "Fuß", "Schädel", "Über", "Größe", "Jaffé", "– 5 €"])(
  "%s comes back, also from twice garbled",
  (text) => {
    expect(repairText(garble(text))).toBe(text);
    expect(repairText(garble(garble(text)))).toBe(text);
  },
);

test("letters of DOS and lost letters of known words come back", () => {
  expect(repairText("H\u0081fte")).toBe("Hüfte");
  expect(repairText("H\uFFFDmangiom")).toBe("Hämangiom");
  expect(repairText("Fu?sohle")).toBe("Fußsohle");
  expect(repairText("Sch?del")).toBe("Schädel");
});

test("letters of web pages and the rest of a space that does not break", () => {
  expect(repairText("kartilagin&auml;re Exostose")).toBe("kartilaginäre Exostose");
  expect(repairText("Fu&#223;")).toBe("Fuß");
  expect(repairText("MittelhandÂ")).toBe("Mittelhand");
  expect(repairText("CT & MRT; A&B")).toBeUndefined();
});

test("what is right is left alone", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(..."abcXYZäöüßÄÖÜéèñ .,-0123456789") }), (text) => {
      expect(repairText(text)).toBeUndefined();
    }),
  );
});
