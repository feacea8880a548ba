import { expect, test } from "vitest";
import { fileNameOf } from "./file-name.ts";

test.each([
  ["M%C3%BCller%20links.dcm", "Müller links.dcm"],
  ["../../etc/passwd", "passwd"],
  ["..%2F..%2Fetc%2Fpasswd", "passwd"],
  ["C:%5CBilder%5Cknie.png", "knie.png"],
  ["%2e%2e", "file"],
  ["a%00b%0Ac.dcm", "abc.dcm"],
  ["%E2%80%AEgnp.exe", "gnp.exe"],
  [".hidden", "hidden"],
  ["con%3Fx%3Ay.png", "con_x_y.png"],
  ["", "file"],
  ["   ", "file"],
  ["ordner/", "file"],
])("%s is kept as %s", (header, name) => {
  expect(fileNameOf(header)).toBe(name);
});

test("a name that no disk takes is cut, its ending stays", () => {
  const name = fileNameOf(encodeURIComponent(`${"ü".repeat(1000)}.dcm`));
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
  expect(name).toMatch(/^ü{50,}\.dcm$/);
});

test("no header is a file without a name, and what is no encoding is refused", () => {
  expect(fileNameOf(undefined)).toBe("file");
  expect(() => fileNameOf("%E0%A4%A")).toThrow("no percent-encoded name");
});
