/** The files of the synthetic centre's records, with the truth apart. */
import type { CentrePatient } from "./centre-patient.ts";
import { oddityOf } from "./oddity-of.ts";
import type { PhantomRecords } from "./phantom-records.ts";
import { latin1Csv, workbook } from "./table-files.ts";

/** A file by its path in the centre's folder. */
export interface RecordFile {
  readonly name: string;
  readonly content: Uint8Array | string;
}

const lines = (values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join("");

const hardNegatives = (patients: readonly CentrePatient[], planted: ReadonlySet<string>): unknown[] =>
  patients.flatMap((patient) => {
    const kind = planted.has(patient.record.patient) ? undefined : oddityOf(patient);
    return kind ? [{ kind, patient: patient.record.patient, case: patient.cases[0]?.case }] : [];
  });

/** The tables and their truth: `his/` and `truth/`. */
export const tableFilesOf = async (records: PhantomRecords): Promise<RecordFile[]> => {
  const { patients, tables, findings, contradictions, flow } = records;
  const his = await Promise.all(
    tables.map(async (table) => ({
      name: `his/${table.name}`,
      content: table.name.endsWith(".xlsx") ? await workbook(table) : latin1Csv(table),
    })),
  );
  const planted = new Set(contradictions.flatMap(({ patient, otherPatient }) => [patient, otherPatient ?? patient]));
  return [
    ...his,
    { name: "truth/patients.jsonl", content: lines(patients.map(({ record }) => record)) },
    { name: "truth/cases.jsonl", content: lines(patients.flatMap(({ cases }) => cases)) },
    { name: "truth/errors.jsonl", content: lines([...findings, ...contradictions]) },
    { name: "truth/hard-negatives.jsonl", content: lines(hardNegatives(patients, planted)) },
    { name: "truth/flow.json", content: `${JSON.stringify(flow, undefined, 2)}\n` },
  ];
};

/** The reports with their index and truth: `reports/` and `truth/reports.jsonl`. */
export const reportFilesOf = ({ reports }: PhantomRecords): RecordFile[] => [
  ...reports.map(({ report, text }) => ({ name: `reports/${report}.txt`, content: text })),
  {
    name: "reports/index.csv",
    content: [
      "report,patient,case,date,kind",
      ...reports.map((one) => [one.report, one.patient, one.case, one.date, one.kind].join(",")),
      "",
    ].join("\n"),
  },
  { name: "truth/reports.jsonl", content: lines(reports.map(({ report, fields }) => ({ report, fields }))) },
];
