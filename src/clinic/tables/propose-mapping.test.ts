import { expect, test } from "vitest";
import { columnsOf, type TableMapping } from "./mapping.ts";
import { proposeMapping } from "./propose-mapping.ts";

const rows = [
  ["1", "45"],
  ["2", "52"],
  ["3", "70"],
];
const unitOf = (heading: string) =>
  proposeMapping({ header: ["patient", heading], rows, asOf: "2026-01-01" }).columns[1]?.unit;

test("a heading that says millimetres is one of millimetres, however it says so", () => {
  const headings = ["Tumorgröße (mm)", "tumor_size_mm", "size mm", "tumorSizeMm", "TumorgroesseMM", "size [MM]"];
  expect(headings.map((heading) => [heading, unitOf(heading)])).toEqual(headings.map((heading) => [heading, "mm"]));
  expect(["Tumorgröße", "Tumour size (cm)", "size"].map(unitOf)).toEqual(["cm", "cm", "cm"]);
});

test("two columns of one heading cannot both be read", () => {
  const mapping: TableMapping = {
    format: "osteon-table-mapping",
    version: 1,
    columns: [
      { column: "ID", field: "patient" },
      { column: "Datum", field: "diagnosisDate" },
      { column: "Datum", field: "surgeryDate" },
    ],
  };
  expect(() => columnsOf(mapping, ["ID", "Datum", "Datum"])).toThrow(/two columns "Datum"/);
  const [first, , second] = mapping.columns;
  const one = { ...mapping, columns: [first!, { column: "Datum", field: null }, second!] };
  expect(() => columnsOf(one, ["ID", "Datum", "Datum"])).toThrow(/two columns "Datum"/);
});

test.each([
  ["OP am", "surgeryDate"],
  ["Datum der Operation", "surgeryDate"],
  ["ED-Datum", "diagnosisDate"],
  ["CTx von", "chemotherapyStart"],
  ["Ende RTx", "radiotherapyEnd"],
  ["Date seen", "visitDate"],
  ["geboren am", "birthDate"],
] as const)("a heading that a hospital composed: %s", (heading, field) => {
  const dates = [["1", "12.05.2016"]];
  expect(proposeMapping({ header: ["patient", heading], rows: dates, asOf: "2026-01-01" }).columns[1]?.field).toBe(
    field,
  );
});

test("a heading of prose means no field, and takes no time to say so", () => {
  const prose = "sie klagt seit Wochen über Schmerzen ".repeat(500);
  expect(proposeMapping({ header: [prose], rows: [["1"]], asOf: "2026-01-01" }).columns).toEqual([
    { column: prose, field: null },
  ]);
});
