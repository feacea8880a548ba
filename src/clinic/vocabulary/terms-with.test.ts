import { expect, test } from "vitest";
import { termsWith } from "./terms-with.ts";

test("a part of a name in either language means the terms that have it", () => {
  expect(termsWith("Riesenzelltumor")).toContain("Giant cell tumour");
  expect(termsWith("giant cell tumor")).toContain("Giant cell tumour"); // as Americans write it
  expect(termsWith("chondrosark")).toContain("Chondrosarcoma");
  expect(termsWith("oberschenkel")).toEqual(expect.arrayContaining(["femur", "Femur"]));
  expect(termsWith("HÜFT")).toContain("Hip");
});

test("what names nothing means nothing", () => {
  for (const text of ["", "  ", "%", "?!", "qqqq"]) expect(termsWith(text)).toEqual([]);
});
