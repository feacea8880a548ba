import { expect, test } from "vitest";
import { sniffDelimiter, sniffEncoding } from "./sniff-text.ts";

test.each(["utf-8", "latin1", "utf16le"] as const)("text in %s is known", (encoding) => {
  const text = "Größe;Änderung;Fuß\n1,5;über;müde\n".repeat(3);
  const expected = { "utf-8": "utf-8", latin1: "windows-1252", utf16le: "utf-16le" }[encoding];
  expect(sniffEncoding(Buffer.from(text, encoding), { isWhole: true })).toBe(expected);
});

test("marks count before everything, and a letter that is cut at the end of a sample is none that is wrong", () => {
  expect(sniffEncoding(Buffer.from([0xfe, 0xff, 0, 0x41]))).toBe("utf-16be");
  expect(sniffEncoding(Buffer.from([0xff, 0xfe, 0x41, 0]))).toBe("utf-16le");
  const whole = Buffer.from("Größe ä");
  expect(sniffEncoding(whole.subarray(0, -1))).toBe("utf-8");
  expect(sniffEncoding(whole.subarray(0, -1), { isWhole: true })).toBe("windows-1252");
});

test.each([
  ["a;b;c\n1,5;2,5;3,5\n1,5;2,5;3,5\n", ";"],
  ["a,b,c\n1.5,2.5,x;y;z\n", ","],
  ["a\tb\n1,5\t2,5\n", "\t"],
  ['a,b\n"x;y;z","1\n;2"\n', ","],
  ["a|b|c\n1|2|3\n", "|"],
  ["Patient;Größe, cm;Alter, Jahre\n1;2,5;3\n2;3,5;4\n", ";"],
])("the separator of %j", (text, delimiter) => {
  expect(sniffDelimiter(text)).toBe(delimiter);
});
