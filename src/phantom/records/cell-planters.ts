/** Errors within one cell or one row, one planter for each kind of finding. */
import type { CellRule } from "../../clinic/findings.ts";
import type { Random } from "../../numeric/random.ts";
import { yearsBetween } from "./days.ts";
import type { Chart } from "./his-rows.ts";
import { misspellEntity, misspellSite } from "./misspell.ts";
import { type Carrier, diagnosedOn, german, type Planted, type Planter, replaceCell } from "./plant.ts";
import { type AnyRow, type CaseColumn, caseColumns, copyRow, type TableRow } from "./table-row.ts";

type CasePlant = (row: TableRow<CaseColumn>, chart: Chart, random: Random) => Planted | undefined;

const inCase = (rule: CellRule, carrier: Carrier, plant: CasePlant): Planter => ({
  rule,
  carrier,
  plant: (chart, random) => plant(chart.caseRows[0]!, chart, random),
});

/** Replaces one of several cells by one of several texts. */
const oneOf =
  (rule: CellRule, texts: Readonly<Partial<Record<CaseColumn, readonly string[]>>>): CasePlant =>
  (row, _, random) => {
    const columns = (Object.keys(texts) as CaseColumn[]).filter((column) => row.cells[column] !== undefined);
    if (columns.length === 0) return undefined;
    const column = random.pick(columns);
    return replaceCell(row, column, { value: random.pick(texts[column]!), rule });
  };

const dateColumns: readonly CaseColumn[] = [
  "Diagnosedatum",
  "Therapiebeginn",
  "Operationsdatum",
  "Chemotherapie Beginn",
  "Chemotherapie Ende",
  "Strahlentherapie Beginn",
  "Strahlentherapie Ende",
];

const laterDates: readonly CaseColumn[] = [
  "Chemotherapie Ende",
  "Strahlentherapie Ende",
  "Operationsdatum",
  "Diagnosedatum",
];

/** The true date behind a cell of a case. */
const trueDate = (chart: Chart, column: CaseColumn): string | undefined => {
  const [one] = chart.patient.cases;
  const of = (kind: string) => one!.treatments.find((treatment) => treatment.kind === kind);
  const starts = one!.treatments.flatMap(({ startDate }) => startDate ?? []).sort();
  const dates: Readonly<Partial<Record<CaseColumn, string | undefined>>> = {
    Diagnosedatum: diagnosedOn(one!),
    Therapiebeginn: starts[0],
    Operationsdatum: of("surgery")?.startDate,
    "Chemotherapie Beginn": of("chemotherapy")?.startDate,
    "Chemotherapie Ende": of("chemotherapy")?.endDate,
    "Strahlentherapie Beginn": of("radiotherapy")?.startDate,
    "Strahlentherapie Ende": of("radiotherapy")?.endDate,
  };
  return dates[column];
};

const twoDigits = (date: string): string => `${date.slice(8)}.${date.slice(5, 7)}.${date.slice(2, 4)}`;

/** Day and month changed places; undefined where the calendar has no such day or both are the same. */
const swapped = (date: string): string | undefined => {
  const [year, month, day] = date.split("-") as [string, string, string];
  return Number(day) <= 12 && day !== month ? `${year}-${day}-${month}` : undefined;
};

const slashes = (date: string): string => date.split("-").reverse().join("/");

/** A date that could be read in two ways, neither of which contradicts anything else. */
const plantAmbiguous: CasePlant = (row, chart, random) => {
  const birth = chart.patient.record.birthDate;
  const [one] = chart.patient.cases;
  const diagnosed = diagnosedOn(one!);
  const other = birth && swapped(birth);
  if (other && diagnosed && yearsBetween(other, diagnosed) === yearsBetween(birth, diagnosed) && random.chance(0.5)) {
    return replaceCell(chart.patientRow, "Geburtsdatum", { value: slashes(birth), rule: "ambiguous-date" });
  }
  for (const column of ["Chemotherapie Ende", "Strahlentherapie Ende", "Diagnosedatum"] as const) {
    const date = trueDate(chart, column);
    const otherDate = date && swapped(date);
    if (!otherDate || row.cells[column] === undefined) continue;
    const next = [
      ...one!.treatments.flatMap(({ startDate }) => startDate ?? []),
      ...one!.followUps.flatMap((visit) => visit.date ?? []),
    ];
    const fits =
      column === "Diagnosedatum"
        ? next.every((day) => day >= otherDate) &&
          (!birth || yearsBetween(birth, otherDate) === yearsBetween(birth, date))
        : one!.treatments.every(({ startDate }) => !startDate || startDate <= otherDate);
    if (fits) return replaceCell(row, column, { value: slashes(date), rule: "ambiguous-date" });
  }
  return undefined;
};

const impossible = (date: string, random: Random): string =>
  random.pick([
    `31.02.${date.slice(0, 4)}`,
    `30.02.${date.slice(0, 4)}`,
    `31.11.${date.slice(0, 4)}`,
    `45.${date.slice(5, 7)}.${date.slice(0, 4)}`,
    `${date.slice(8)}.${date.slice(5, 7)}.${date.slice(0, 3)}`,
    "siehe Arztbrief",
    `nach ${random.pick(["Urlaub", "Ostern", "Rückruf"])}`,
    `${date.slice(8)}.o5.${date.slice(0, 4)}`,
  ]);

/** UTF-8 that was taken for Latin-1. */
const broken = (text: string): string => Buffer.from(text, "utf8").toString("latin1");

const wordColumns: readonly CaseColumn[] = [
  "Endgültige Diagnose",
  "Vorläufige Diagnose",
  "Lokalisation",
  "Position",
  "Dignität",
  "Primär/Rezidiv",
];

const plantBroken: CasePlant = (row, chart, random) => {
  const isBroken = (value: unknown): value is string => typeof value === "string" && /[äöüÄÖÜß]/.test(value);
  const columns = wordColumns.filter(
    (column) => isBroken(row.cells[column]?.value) && row.cells[column]?.rule === "synonym",
  );
  const sex = chart.patientRow.cells.Geschlecht;
  if (isBroken(sex?.value) && (columns.length === 0 || random.chance(0.2))) {
    return replaceCell(chart.patientRow, "Geschlecht", { value: broken(sex.value), rule: "broken-encoding" });
  }
  if (columns.length === 0) return undefined;
  const column = random.pick(columns);
  return replaceCell(row, column, { value: broken(String(row.cells[column]!.value)), rule: "broken-encoding" });
};

/** A row whose cells stand under the wrong headings from some column on. */
const plantShift: CasePlant = (row, _, random) => {
  const texts = caseColumns.map((column) => String(row.cells[column]?.value ?? ""));
  const from = 2 + random.integer(4);
  if (texts.slice(from + 1).filter((text) => text !== "").length < 6) return undefined;
  const kind = random.pick(["split", "lost", "moved"]);
  if (kind === "split") {
    // a semicolon that nobody put into quotes
    const at = caseColumns.indexOf("Endgültige Diagnose");
    if (texts[at] === "") return undefined;
    row.displaced = [...texts.slice(0, at + 1), random.pick([" s. Brief", " links", " ED"]), ...texts.slice(at + 1)];
  } else if (kind === "lost") row.displaced = [...texts.slice(0, from), ...texts.slice(from + 1), ""];
  else row.displaced = [...texts.slice(0, from), "", ...texts.slice(from, -1)];
  row.rule = "shifted-row";
  return {};
};

const added = (table: "patients" | "cases" | "visits", after: AnyRow, row: AnyRow): Planted => ({
  added: { table, after, row },
});

const plantRepeated: Planter["plant"] = (chart, random) => {
  const [visits] = chart.visitRows;
  const table = random.pick(["patients", "cases", "visits"] as const, [1, 3, visits!.length > 0 ? 2 : 0]);
  const row = { patients: chart.patientRow, cases: chart.caseRows[0]!, visits: visits![0]! }[table] as AnyRow;
  return added(table, row, { ...copyRow(row), rule: "repeated-row" });
};

const plantNoPatient: Planter["plant"] = (chart, random) => {
  const [visits] = chart.visitRows;
  const table = random.pick(["patients", "cases", "visits"] as const, [1, 3, visits!.length > 0 ? 2 : 0]);
  const row = { patients: chart.patientRow, cases: chart.caseRows[0]!, visits: visits![0]! }[table] as AnyRow;
  const orphan: AnyRow = { ...copyRow(row), rule: "no-patient" };
  delete orphan.cells.Patientennummer;
  delete orphan.cells["patient number"];
  delete orphan.cells["case number"];
  if (table === "cases")
    orphan.cells.Fallnummer = { value: `F9${String(chart.caseRows[0]!.cells.Fallnummer!.value).slice(2)}` };
  return added(table, row, orphan);
};

/** Words that name no entity. */
const unknownTumours = [
  "Raumforderung",
  "RF Oberschenkel",
  "Tumorverdacht",
  "s. Histo 4711",
  "Schwellung",
  "bekannter Befund",
  "Weichteiltumor",
  "Knoten",
];

/** The planters. */
export const cellPlanters: readonly Planter[] = [
  inCase("broken-encoding", "anyone", plantBroken),
  inCase("misspelt-entity", "anyone", (row, { patient }, random) => {
    const column = patient.cases[0]!.final ? "Endgültige Diagnose" : "Vorläufige Diagnose";
    const entity = (patient.cases[0]!.final ?? patient.cases[0]!.preliminary)?.entity;
    const text = entity && misspellEntity(entity, random);
    return text ? replaceCell(row, column, { value: text, rule: "misspelt-entity" }) : undefined;
  }),
  inCase("misspelt-site", "anyone", (row, { patient }, random) => {
    const { site } = patient.cases[0]!;
    const text = site && misspellSite(site, random);
    return text ? replaceCell(row, "Lokalisation", { value: text, rule: "misspelt-site" }) : undefined;
  }),
  inCase("two-digit-year", "anyone", (row, chart, random) => {
    const column = random.pick(dateColumns.filter((one) => row.cells[one] !== undefined));
    const date = column && trueDate(chart, column);
    return date ? replaceCell(row, column, { value: twoDigits(date), rule: "two-digit-year" }) : undefined;
  }),
  inCase("ambiguous-date", "no tumour of bone", plantAmbiguous),
  inCase("approximate-value", "anyone", (row, { patient }, random) => {
    const { ageYears, tumourSizeMm } = patient.cases[0]!;
    const column = tumourSizeMm !== undefined && random.chance(0.6) ? "Tumorgröße (cm)" : "Alter";
    const value = column === "Alter" ? ageYears : tumourSizeMm! / 10;
    if (value === undefined) return undefined;
    const text = String(value).replace(".", ",");
    const about = random.pick([`ca. ${text}`, `ca ${text}`, `~${text}`, `> ${text}`, `etwa ${text}`, `${text} ca.`]);
    return replaceCell(row, column, { value: about, rule: "approximate-value" });
  }),
  inCase("unknown-entity", "no tumour of bone", (row, chart, random) => {
    // the codes and the behaviour are then compared with the preliminary diagnosis
    const { final, preliminary } = chart.patient.cases[0]!;
    if (!final || (preliminary && preliminary.entity !== final.entity)) return undefined;
    const value = random.pick(unknownTumours);
    return replaceCell(row, "Endgültige Diagnose", { value, rule: "unknown-entity" });
  }),
  inCase(
    "unknown-site",
    "not of the study",
    oneOf("unknown-site", {
      Lokalisation: [
        "siehe Skizze",
        "OP-Gebiet",
        "Station 3",
        "außen",
        "multilokulär",
        "Körper",
        "am Stumpf",
        "Narbenbereich",
      ],
    }),
  ),
  {
    rule: "unknown-sex",
    carrier: "not of the study",
    plant: ({ patientRow }, random) =>
      replaceCell(patientRow, "Geschlecht", {
        value: random.pick(["s", "y", "w/m", "3", "Kind", "Herr/Frau", "wm", "Fr. Dr. "]).trim(),
        rule: "unknown-sex",
      }),
  },
  inCase(
    "unknown-word",
    "anyone",
    oneOf("unknown-word", {
      Seite: ["ventral", "mittig", "Gegenseite", "körperfern"],
      Position: ["kortikal", "gelenknah", "exzentrisch", "oben"],
      "Primär/Rezidiv": ["Folgeeingriff", "Nachresektion", "Zweitmeinung", "Verlegung"],
    }),
  ),
  inCase(
    "unreadable-number",
    "anyone",
    oneOf("unreadable-number", {
      "Tumorgröße (cm)": ["faustgroß", "walnussgroß", "5,,3", "l2", "handtellergroß", "vier", "o,8"],
    }),
  ),
  inCase("unreadable-date", "no tumour of bone", (row, chart, random) => {
    const column = random.pick(laterDates.filter((one) => row.cells[one] !== undefined));
    const date = column && trueDate(chart, column);
    return date ? replaceCell(row, column, { value: impossible(date, random), rule: "unreadable-date" }) : undefined;
  }),
  {
    rule: "date-out-of-range",
    carrier: "no tumour of bone",
    plant: (chart, random) => {
      const [row] = chart.caseRows;
      const visit = chart.visitRows[0]!.at(-1);
      if (visit && random.chance(0.4)) {
        const day = visit.cells["visit date"]?.value;
        if (!(day instanceof Date)) return undefined;
        const later = new Date(Date.UTC(day.getUTCFullYear() + 100, day.getUTCMonth(), day.getUTCDate()));
        return replaceCell(visit, "visit date", { value: later, rule: "date-out-of-range" });
      }
      const column = random.pick(laterDates.filter((one) => row!.cells[one] !== undefined));
      const date = column && trueDate(chart, column);
      if (!date) return undefined;
      const wrong = random.pick([
        `1${date.slice(1)}`.replace(/^1[09]/, "10"),
        `21${date.slice(2)}`,
        `22${date.slice(2)}`,
      ]);
      return replaceCell(row!, column, { value: german(wrong), rule: "date-out-of-range" });
    },
  },
  inCase(
    "implausible-age",
    "not of the study",
    oneOf("implausible-age", { Alter: ["134", "178", "430", "-4", "210", "1974", "-17", "365"] }),
  ),
  inCase(
    "invalid-tnm",
    "anyone",
    oneOf("invalid-tnm", { T: ["T9", "pT7", "5", "TZ"], N: ["N8", "N5", "9"], M: ["M4", "M7", "3"] }),
  ),
  inCase(
    "invalid-icd-code",
    "anyone",
    oneOf("invalid-icd-code", {
      "ICD-10": ["C4O.2", "4C0.2", "C4", "CC40.2", "Sarkom", "D16/2/1"],
      "ICD-O-3 Morphologie": ["918/3", "9180/8", "98/3", "91B0/3", "benigne"],
    }),
  ),
  { rule: "repeated-row", carrier: "anyone", plant: plantRepeated },
  inCase("shifted-row", "no tumour of bone", plantShift),
  { rule: "no-patient", carrier: "anyone", plant: plantNoPatient },
];
