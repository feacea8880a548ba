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
  ["Th 12", "thoracic spine"],
  ["T11/12", "thoracic spine"],
  ["L4/5", "lumbar spine"],
  ["C2", "cervical spine"],
  ["Femur, distale Metaphyse", "femur"],
])("a bone that is counted: %s", (text, site) => {
  expect(readCell("site", text, { asOf: "2026-01-01" })).toMatchObject({ values: { site }, rules: ["synonym"] });
});

test.each(["Station 4b", "IV", "12", "3. Etage", "T2"])("a count alone is no site: %s", (text) => {
  expect(readCell("site", text, { asOf: "2026-01-01" }).rules).toEqual(["unknown-site"]);
});

test.each([
  ["niedrigmalignes zentrales Osteosarkom", "Osteosarcoma"],
  ["maligner Riesenzelltumor", "Giant cell tumour"],
  ["large solitary osteochondroma", "Osteochondroma"],
  ["Chondrosarkom, dedifferenziert", "Chondrosarcoma"],
  ["Ewing-Sarkom des Beckens", "Ewing sarcoma"],
  ["Enchondrom (Dig. II)", "Enchondroma"],
  ["Osteosarcoma NOS", "Osteosarcoma"],
])("an entity among words that say more of it: %s", (text, finalEntity) => {
  expect(readCell("finalEntity", text, { asOf: "2026-01-01" })).toMatchObject({
    values: { finalEntity },
    rules: ["synonym"],
  });
});

test.each([
  "kein Osteosarkom",
  "maligne Raumforderung",
  "großer Tumor",
  "Osteosarkom, ausgeschlossen",
  "Osteosarkom (ausgeschlossen)",
  "Osteosarkom im Kindesalter, jetzt Enchondrom",
  "Enchondrom, DD Chondrosarkom",
  "Osteosarkom, Chondrosarkom",
])("no entity: %s", (text) => {
  expect(readCell("finalEntity", text, { asOf: "2026-01-01" }).rules).toEqual(["unknown-entity"]);
});

test("a suspicion is doubted in the final diagnosis, and ordinary in the preliminary one", () => {
  const rulesOf = (field: "finalEntity" | "preliminaryEntity") =>
    readCell(field, "V.a. Enchondrom", { asOf: "2026-01-01" }).rules;
  expect(rulesOf("finalEntity")).toEqual(["approximate-value", "synonym"]);
  expect(readCell("finalEntity", "Osteosarkom (fraglich)", { asOf: "2026-01-01" }).rules).toContain(
    "approximate-value",
  );
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

test.each([
  ["origin", "extern (Hausarzt)", "external"],
  ["confirmation", "Tumorboard vom 12.03.2016", "tumour board"],
  ["occurrence", "1. Rezidiv", "recurrent"],
  ["position", "distale Metaphyse", "metaphyseal"],
] as const)("a word with a remark: %s of %s", (field, text, value) => {
  expect(readCell(field, text, { asOf: "2026-01-01" })).toMatchObject({
    values: { [field]: value },
    rules: ["synonym"],
  });
});
