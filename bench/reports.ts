/**
 * How well report text is read: F1 of each field and over all of them, on the phantom centre's reports against its truth and
 * on 100 sentences written by hand in other words; speed and negations on the 3,851 chest reports of ../shared, where they are.
 */

import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "csv-parse/sync";
import { osteon } from "../scripts/osteon-process.ts";
import { certaintyOf } from "../src/clinic/reports/certainty-of.ts";
import { markReport, readReport } from "../src/clinic/reports/read-report.ts";
import type { ReportFields, ReportKind, Stated } from "../src/clinic/reports/report-fields.ts";
import type { Bench, Figure } from "./figure.ts";

/** The fields that count; the language and the kind of a report are told apart from them. */
const fieldNames = [
  "surgery",
  "chemotherapy",
  "radiotherapy",
  "occurrence",
  "sizeMm",
  "site",
  "side",
  "position",
  "diagnoses",
] as const;
type FieldName = (typeof fieldNames)[number];

/** Fields as plain values. */
type Truth = Partial<Record<FieldName | "language" | "kind", unknown>>;

interface Example {
  readonly name: string;
  readonly text: string;
  readonly kind?: ReportKind;
  readonly truth: Truth;
}

const sentencesFile = resolve(import.meta.dirname, "../test/fixtures/reports/sentences.jsonl");
const chestReports = resolve("../shared/data/text-indiana/indiana_reports.csv");

export const reports: Bench = async ({ args, say }) => {
  const folder = args[0] ?? (await mkdtemp(join(tmpdir(), "osteon-reports-")));
  try {
    if (args[0] === undefined) {
      say("Making a phantom centre of 60 patients; name the folder of a larger one to measure on that.");
      await osteon(["phantom", folder, "--patients", "60", "--quiet"]);
    }
    return [
      ...score("phantom", readPhantom(folder), { wanted: "at least 0.95", say, isTold: args.includes("errors") }),
      ...score("by hand", readSentences(), { wanted: "at least 0.85", say, isTold: args.includes("errors") }),
      ...measureChestReports(say),
    ];
  } finally {
    if (args[0] === undefined) await rm(folder, { recursive: true, force: true });
  }
};

const readLines = (file: string): Record<string, unknown>[] =>
  existsSync(file)
    ? readFileSync(file, "utf8")
        .split("\n")
        .filter((line) => line.trim() !== "")
        .map((line) => JSON.parse(line) as Record<string, unknown>)
    : [];

const readPhantom = (folder: string): Example[] => {
  const index = join(folder, "reports", "index.csv");
  if (!existsSync(index)) return [];
  const rows = parse(readFileSync(index), { columns: true, bom: true }) as Record<string, string>[];
  const kinds = new Map(rows.map(({ report, kind }) => [report!, kind as ReportKind]));
  return readLines(join(folder, "truth", "reports.jsonl")).map(({ report, fields }) => {
    const kind = kinds.get(report as string);
    return {
      name: report as string,
      text: readFileSync(join(folder, "reports", `${report}.txt`), "utf8"),
      ...(kind ? { kind } : {}),
      truth: fields as Truth,
    };
  });
};

const readSentences = (): Example[] =>
  readLines(sentencesFile).map(({ text, sentence, fields, ...rest }, i) => ({
    name: `sentence ${i + 1}`,
    text: (text ?? sentence) as string,
    truth: (fields ?? rest) as Truth,
  }));

interface Counts {
  right: number;
  wrong: number;
  missed: number;
}

const score = (
  set: string,
  examples: readonly Example[],
  { wanted, say, isTold }: { wanted: string; say: (line: string) => void; isTold: boolean },
): Figure[] => {
  if (examples.length === 0) {
    say(`There are no reports of the set "${set}"; nothing to measure.`);
    return [];
  }
  const counts = Object.fromEntries(fieldNames.map((name) => [name, { right: 0, wrong: 0, missed: 0 }])) as Record<
    FieldName,
    Counts
  >;
  for (const { name, text, kind, truth } of examples) {
    const read = plainFields(readReport(text, kind ? { kind } : {}));
    for (const field of fieldNames) {
      const found = new Set(valuesOf(read[field]));
      const expected = new Set(valuesOf(truth[field]));
      const count = counts[field];
      for (const value of found) count[expected.has(value) ? "right" : "wrong"] += 1;
      for (const value of expected) if (!found.has(value)) count.missed += 1;
      if (isTold && [...found].toSorted().join() !== [...expected].toSorted().join()) {
        say(`${set}, ${name}: ${field} is ${[...expected].join("; ") || "-"}, read ${[...found].join("; ") || "-"}`);
      }
    }
  }
  const total = Object.values(counts).reduce(
    (sum, { right, wrong, missed }) => ({
      right: sum.right + right,
      wrong: sum.wrong + wrong,
      missed: sum.missed + missed,
    }),
    { right: 0, wrong: 0, missed: 0 },
  );
  return [
    { name: `${set}: reports`, value: examples.length, unit: "reports" },
    ...fieldNames.map((field) => ({
      name: `${set}: ${field} (${support(counts[field])})`,
      value: f1(counts[field]),
      unit: "F1",
    })),
    { name: `${set}: all fields (${support(total)})`, value: f1(total), unit: "micro-F1", wanted },
  ];
};

const support = ({ right, missed }: Counts): string => `n = ${right + missed}`;
const f1 = ({ right, wrong, missed }: Counts): number => (right === 0 ? 0 : (2 * right) / (2 * right + wrong + missed));

const plainFields = ({ diagnoses, language, kind, ...stated }: ReportFields): Truth => ({
  language,
  ...(kind ? { kind } : {}),
  ...Object.fromEntries(Object.entries(stated).map(([name, value]) => [name, (value as Stated<unknown>).value])),
  diagnoses: diagnoses.map(({ value }) => value),
});

/** What is compared: a size is one value, a diagnosis is its name with its certainty. */
const valuesOf = (field: unknown): string[] => {
  if (field === undefined || field === null) return [];
  if (!Array.isArray(field)) return [String(field)];
  if (field.length === 0) return [];
  if (typeof field[0] === "number") return [field.map((mm) => Number((mm as number).toFixed(1))).join(" x ")];
  return (field as { entity: string; certainty: string }[]).map(({ entity, certainty }) => `${entity}, ${certainty}`);
};

const measureChestReports = (say: (line: string) => void): Figure[] => {
  if (!existsSync(chestReports)) {
    say("../shared/data/text-indiana is missing; the chest reports were left out.");
    return [];
  }
  const rows = parse(readFileSync(chestReports), { columns: true }) as Record<string, string>[];
  const texts = rows.map(
    ({ image, indication, comparison, findings, impression }) =>
      `${image}\nIndication: ${indication}\nComparison: ${comparison}\nFindings: ${findings}\nImpression: ${impression}`,
  );
  for (const text of texts.slice(0, 500)) readReport(text); // the compiler warms up
  const start = performance.now();
  const read = texts.map((text) => readReport(text));
  const seconds = (performance.now() - start) / 1e3;
  const mentions = { fracture: { all: 0, affirmed: 0 }, tumour: { all: 0, affirmed: 0 } };
  for (const text of texts) {
    for (const sentence of markReport(text, "en")) {
      if (sentence.section !== "findings" && sentence.section !== "impression") continue;
      sentence.marks.forEach((mark, index) => {
        const word = sentence.tokens[mark.from]!.text;
        const kind = /^fraktur/.test(word)
          ? "fracture"
          : /^(?:mass|nodul|lesion|tumor|neoplas|metast)/.test(word)
            ? "tumour"
            : undefined;
        if (!kind) return;
        mentions[kind].all += 1;
        if (certaintyOf(sentence, index).certainty === "confirmed") mentions[kind].affirmed += 1;
      });
    }
  }
  const bytes = texts.reduce((sum, text) => sum + text.length, 0);
  return [
    { name: "chest reports read", value: read.length, unit: "reports", wanted: `${rows.length}` },
    { name: "taken for German", value: read.filter(({ language }) => language === "de").length, unit: "reports" },
    {
      name: "with a bone tumour or another entity affirmed",
      value: read.filter(({ diagnoses }) => diagnoses.some(({ value }) => value.certainty === "confirmed")).length,
      unit: "reports",
    },
    {
      name: `fractures affirmed, of ${mentions.fracture.all} named in findings and impressions`,
      value: mentions.fracture.affirmed / mentions.fracture.all,
      unit: "share",
    },
    {
      name: `masses and nodules affirmed, of ${mentions.tumour.all} named there`,
      value: mentions.tumour.affirmed / mentions.tumour.all,
      unit: "share",
    },
    { name: "speed on one thread", value: read.length / seconds, unit: "reports/s" },
    { name: "speed on one thread", value: bytes / seconds / 1e6, unit: "MB/s" },
  ];
};
