import { expect, test } from "vitest";
import { ByteSearch } from "./byte-search.ts";

const count = (texts: readonly string[], content: string | Uint8Array, encoding: BufferEncoding = "utf8"): number =>
  new ByteSearch(texts).countIn(typeof content === "string" ? Buffer.from(content, encoding) : content);

test.each(["utf8", "latin1", "utf16le"] as const)("a name is found in %s, in either case", (encoding) => {
  expect(count(["Müller", "Anna"], "x MüLLER^ANNA y", encoding)).toBe(2);
});

test("umlauts are found written out and composed of two", () => {
  expect(count(["Müller"], "Mueller")).toBe(1);
  expect(count(["Müller"], "Mu\u0308ller")).toBe(1);
  expect(count(["Müller"], Buffer.from("Müller", "utf16le").swap16())).toBe(1);
});

test("short words and numbers must stand alone, long ones not", () => {
  expect(count(["Lea", "47110815"], "Clean Pixel Data 1247110815")).toBe(0);
  expect(count(["Lea", "47110815"], "Lea, 47110815")).toBe(2);
  expect(count(["Schneider"], "AnnaSchneiderin")).toBe(1);
  expect(count(["ab", ""], "ab")).toBe(0);
});

test("a short word before the next DICOM element is found", () => {
  expect(count(["Anna"], Uint8Array.of(0x04, 0x00, 0x41, 0x6e, 0x6e, 0x61, 0x72, 0x00, 0x02, 0x00))).toBe(1);
});
