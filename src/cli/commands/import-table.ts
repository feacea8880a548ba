/** `osteon import table`: tables of clinical data into the home, by a mapping that the program proposes and the user confirms. */

import { readFile } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import { Command, InvalidArgumentError } from "commander";
import { isPartialDate } from "../../clinic/partial-dates.ts";
import { parseMapping, type TableMapping } from "../../clinic/tables/mapping.ts";
import { OsteonError } from "../../errors.ts";
import { exists, writeChosenFile } from "../../store/index.ts";
import { importTable, proposeTableMapping, type TableImport } from "../../systems/cohort/index.ts";
import { type CommonOptions, interruptSignal, withCommonOptions, withHome } from "../context.ts";
import { answer, count, say } from "../output.ts";

interface ImportTableOptions extends CommonOptions {
  readonly mapping?: string;
  readonly accept: boolean;
  readonly as?: string;
  readonly asOf?: string;
  readonly sheet?: string;
}

export const importTableCommand = (): Command =>
  withCommonOptions(new Command("table"))
    .description("take a table of patients, cases or follow-ups (CSV, TSV, XLSX) into the home")
    .argument("<file>", "the table")
    .option("--mapping <file>", "which column holds what; without it a proposal is written for you to confirm")
    .option("--accept", "import by the proposal without asking", false)
    .option(
      "--as <name>",
      "the table's name in the home, its file name by default; an earlier one of the name is replaced",
    )
    .option("--as-of <date>", "the day the table was taken, yyyy-mm-dd; today by default", day)
    .option("--sheet <name>", "the sheet of a workbook, its first one by default")
    .action((path: string, options: ImportTableOptions) => run(path, options));

const day = (text: string): string => {
  if (text.length === 10 && isPartialDate(text)) return text;
  throw new InvalidArgumentError(`"${text}" is no day such as 2021-04-30.`);
};

const run = async (path: string, options: ImportTableOptions): Promise<void> => {
  const start = performance.now();
  const today = new Date().toISOString().slice(0, 10);
  const mapping =
    options.mapping === undefined ? await confirmProposal(path, options, today) : await readMapping(options.mapping);
  if (mapping === undefined) return;
  const report = await withHome(options, { command: "import table", create: true }, (home) =>
    importTable(home, path, {
      mapping: options.sheet === undefined ? mapping : { ...mapping, sheet: options.sheet },
      today,
      signal: interruptSignal(),
      ...(options.asOf === undefined ? {} : { asOf: options.asOf }),
      ...(options.as === undefined ? {} : { name: options.as }),
    }),
  );
  answer({ ...report, ms: Math.round(performance.now() - start) }, tell(report), options);
};

const tell = ({ table, imported, replaced, rows, patients, cases, findings, contradictions }: TableImport): string => {
  const did = !imported ? "is in the home already" : replaced ? "took the place of its earlier import" : "imported";
  const lines = [
    `${table} ${did}: ${count(rows, "row")}.`,
    `The home has ${count(patients, "patient")} and ${count(cases, "case")}.`,
    ...byRule("Cells that were not taken as they stand", findings),
    ...byRule("Contradictions in the home, for a person to decide", contradictions),
  ];
  if (lines.length > 2) lines.push("`osteon doubts list` shows each of them.");
  return lines.join("\n");
};

const byRule = (heading: string, counts: Readonly<Record<string, number>>): string[] => {
  const entries = Object.entries(counts).sort(([, a], [, b]) => b - a);
  return entries.length === 0 ? [] : [`${heading}:`, ...entries.map(([rule, number]) => `  ${rule}: ${number}`)];
};

/** A path as a command line takes it. */
const quoted = (path: string): string => (/^[\p{Letter}\p{Number}._/\\:-]+$/u.test(path) ? path : JSON.stringify(path));

const readMapping = async (path: string): Promise<TableMapping> => {
  const text = await readFile(path, "utf8").catch((cause) => {
    throw new OsteonError("bad-input", `The mapping "${path}" cannot be read; check the path.`, { path }, cause);
  });
  return parseMapping(text);
};

/** The mapping where the user confirms it; what they wrote into the file of an earlier proposal counts. */
const confirmProposal = async (
  path: string,
  options: ImportTableOptions,
  today: string,
): Promise<TableMapping | undefined> => {
  const file = `${path}.mapping.json`;
  const isKnown = await exists(file);
  const proposal = isKnown
    ? await readMapping(file)
    : await proposeTableMapping(path, {
        asOf: options.asOf ?? today,
        ...(options.sheet === undefined ? {} : { sheet: options.sheet }),
      });
  if (!isKnown) await writeChosenFile(file, `${JSON.stringify(proposal, undefined, 2)}\n`);
  const table = proposal.columns.map(
    ({ column, field, confidence }) =>
      `  ${column} -> ${field ?? "(not read)"}${confidence === undefined ? "" : `  ${Math.round(confidence * 100)} %`}`,
  );
  const heading = isKnown ? `The mapping of "${file}":` : `Proposed mapping, written to "${file}":`;
  if (options.accept) {
    say([heading, ...table].join("\n"), options);
    return parseMapping(JSON.stringify(proposal));
  }
  if (process.stdin.isTTY && process.stdout.isTTY && !options.json) {
    process.stdout.write(`${[heading, ...table].join("\n")}\n`);
    const lines = createInterface({ input: process.stdin, output: process.stdout });
    try {
      const reply = await lines.question("Import by this mapping? [y/N] ");
      if (/^(y|yes|j|ja)$/i.test(reply.trim())) return parseMapping(JSON.stringify(proposal));
    } finally {
      lines.close();
    }
  }
  const next = `Nothing was imported. Correct the file where it is wrong, then: osteon import table ${quoted(path)} --mapping ${quoted(file)}`;
  answer({ mappingFile: file, proposal, imported: false }, [heading, ...table, next].join("\n"), options);
  return undefined;
};
