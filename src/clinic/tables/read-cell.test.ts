import { expect, test } from "vitest";
import { readCell } from "./read-cell.ts";

test.each([
  ["Femur (links)", "left"],
  ["Femur [re.]", "right"],
  ["Femur re", "right"],
  ["rechter Femur", "right"],
  ["left femur", "left"],
  ["distaler Femur li.", "left"],
  ["Femur bds.", "both"],
])("the side that the cell of a site names: %s", (text, sideOfSite) => {
  expect(readCell("site", text, { asOf: "2026-01-01" }).values).toEqual({ site: "femur", sideOfSite });
});

test.each(["Femur", "distaler Femur", "Femur (proximal)"])(
  "no side where the cell of a site names none: %s",
  (text) => {
    expect(readCell("site", text, { asOf: "2026-01-01" }).values).toEqual({ site: "femur" });
  },
);

test.each([
  ["BWK 9", "thoracic spine"],
  ["LWK3/4", "lumbar spine"],
  ["HWK IV", "cervical spine"],
  ["7. Rippe", "rib"],
  ["3rd rib", "rib"],
  ["Os metatarsale V", "foot"],
])("a bone that is counted: %s", (text, site) => {
  expect(readCell("site", text, { asOf: "2026-01-01" })).toMatchObject({ values: { site }, rules: ["synonym"] });
});

test.each(["Station 4b", "IV", "12", "3. Etage"])("a count alone is no site: %s", (text) => {
  expect(readCell("site", text, { asOf: "2026-01-01" }).rules).toEqual(["unknown-site"]);
});

test.each([
  ["niedrigmalignes zentrales Osteosarkom", "Osteosarcoma"],
  ["maligner Riesenzelltumor", "Giant cell tumour"],
  ["large solitary osteochondroma", "Osteochondroma"],
])("an entity behind adjectives: %s", (text, finalEntity) => {
  expect(readCell("finalEntity", text, { asOf: "2026-01-01" })).toMatchObject({
    values: { finalEntity },
    rules: ["synonym"],
  });
});

test.each(["kein Osteosarkom", "maligne Raumforderung", "großer Tumor"])("no entity: %s", (text) => {
  expect(readCell("finalEntity", text, { asOf: "2026-01-01" }).rules).toEqual(["unknown-entity"]);
});

test("a suspicion is doubted in the final diagnosis, and ordinary in the preliminary one", () => {
  const rulesOf = (field: "finalEntity" | "preliminaryEntity") =>
    readCell(field, "V.a. Enchondrom", { asOf: "2026-01-01" }).rules;
  expect(rulesOf("finalEntity")).toEqual(["approximate-value", "synonym"]);
  expect(rulesOf("preliminaryEntity")).toEqual(["synonym"]);
});

test.each([
  ["tumourSize", "nicht gemessen"],
  ["icdO3Morphology", "noch nicht verschlüsselt"],
  ["surgeryDate", "TT.MM.JJJJ"],
  ["birthDate", "99.99.9999"],
  ["grade", "not graded"],
  ["status", "TBC"],
  ["origin", "weiß nicht"],
] as const)("a %s of %s stands for nothing", (field, text) => {
  expect(readCell(field, text, { asOf: "2026-01-01" })).toEqual({ values: {}, rules: ["placeholder"] });
});

test("what was not done is a finding where words are wanted", () => {
  expect(readCell("status", "nicht erschienen", { asOf: "2026-01-01" }).rules).toEqual(["unknown-word"]);
});
