/** `osteon cohort`: who is studied, counted and described, split and audited. */

import { readFile } from "node:fs/promises";
import { Command, InvalidArgumentError, Option } from "commander";
import { stringify } from "csv-stringify/sync";
import {
  type CohortField,
  type FieldProvenance,
  fieldProvenance,
  type Moment,
  moments,
} from "../../clinic/field-provenance.ts";
import { OsteonError } from "../../errors.ts";
import { printTable, toMarkdown } from "../../evidence/describe/print-table.ts";
import { checkChosenFile, listCohorts, readCohort, writeChosenFile } from "../../store/index.ts";
import {
  auditCohortSplit,
  buildCohortFromHome,
  cohortFlowDiagram,
  describeStoredCohort,
  exportCohort,
  groupingFields,
  printFlow,
  splitStoredCohort,
} from "../../systems/cohort/index.ts";
import { type CommonOptions, wholeNumber, withCommonOptions, withHome } from "../context.ts";
import { answer, count, say } from "../output.ts";

export const cohortCommand = (): Command =>
  new Command("cohort")
    .description("build, describe, split and audit cohorts")
    .addCommand(build())
    .addCommand(list())
    .addCommand(describe())
    .addCommand(split())
    .addCommand(audit())
    .addCommand(exportTable());

const build = (): Command =>
  withCommonOptions(new Command("build"))
    .description("apply a definition's criteria to the home, in order")
    .argument("<definition>", "a JSON file; studies/cohorts/ has some")
    .option("--svg <file>", "where to write the flow diagram")
    .action(async (path: string, options: CommonOptions & { svg?: string }) => {
      const text = await readFile(path, "utf8").catch((cause) => {
        throw new OsteonError("bad-input", `The definition "${path}" cannot be read; check the path.`, { path }, cause);
      });
      if (options.svg) await checkChosenFile(options.svg);
      const { cohort, splitsGone } = await withHome(options, { command: "cohort build" }, ({ database }) =>
        buildCohortFromHome(database, text, { at: new Date() }),
      );
      if (options.svg) await writeChosenFile(options.svg, cohortFlowDiagram(cohort));
      const { definition, start, flow, members } = cohort;
      if (splitsGone.length > 0) {
        say(
          `The members changed, so these splits are gone: ${splitsGone.join(", ")}. Split the cohort again.`,
          options,
        );
      }
      const told = { name: definition.name, start, flow, patients: members.length, splitsGone };
      answer(told, printFlow(cohort), options);
    });

const list = (): Command =>
  withCommonOptions(new Command("list"))
    .description("the cohorts of the home")
    .action(async (options: CommonOptions) => {
      const cohorts = await withHome(options, { command: "cohort list" }, ({ database }) => listCohorts(database));
      if (options.json) for (const cohort of cohorts) answer(cohort, "", options);
      else {
        const lines = cohorts.map(({ name, title, patients }) => `${name}  ${count(patients, "patient")}  ${title}`);
        answer(undefined, lines.join("\n") || "There are no cohorts yet; `osteon cohort build` makes one.", options);
      }
    });

interface DescribeOptions extends CommonOptions {
  readonly by?: CohortField;
  readonly out?: string;
}

const describe = (): Command =>
  withCommonOptions(new Command("describe"))
    .description("incidence and per cent, mean or median, by the STROBE rules")
    .argument("<name>")
    .addOption(new Option("--by <field>", "compare the groups of this field").choices(groupingFields))
    .option("--out <file>", "where to write the table: .csv, or Markdown")
    .action(async (name: string, options: DescribeOptions) => {
      if (options.out) await checkChosenFile(options.out);
      const table = await withHome(options, { command: "cohort describe" }, ({ database }) =>
        describeStoredCohort(database, name, options.by),
      );
      const rows = printTable(table);
      const text = toMarkdown(rows);
      if (options.out) {
        await writeChosenFile(
          options.out,
          options.out.endsWith(".csv")
            ? stringify(
                rows.map((row) => [...row]),
                { escape_formulas: true },
              )
            : `${text}\n`,
        );
      }
      answer(table, text, options);
    });

/** `train=0.6,validation=0.2,test=0.2`. */
const parts = (text: string): Record<string, number> => {
  const pairs = text.split(",").map((part) => /^([\w-]+)=(\d*\.?\d+)$/.exec(part.trim()));
  if (pairs.some((pair) => pair === null)) throw new InvalidArgumentError("Write train=0.8,test=0.2.");
  return Object.fromEntries(pairs.map((pair) => [pair![1]!, Number(pair![2])]));
};

interface SplitOptions extends CommonOptions {
  readonly parts: Record<string, number>;
  readonly folds?: number;
  readonly by: CohortField;
  readonly external?: Record<string, number>;
  readonly name: string;
  readonly out?: string;
}

const split = (): Command =>
  withCommonOptions(new Command("split"))
    .description("split a cohort by patient and write the split down")
    .argument("<cohort>")
    .option("--parts <shares>", "names and shares of the parts", parts, { train: 0.8, test: 0.2 })
    .option("--folds <n>", "folds of the first part", wholeNumber(2, 100))
    .addOption(
      new Option("--by <field>", "what every part keeps in proportion").choices(groupingFields).default("entity"),
    )
    .option("--external <part=share>", "the share of external patients in a part", parts)
    .option("--name <name>", "unique among the cohort's splits", "default")
    .option("--out <file>", "where to write the split, as JSON")
    .action(async (cohort: string, options: SplitOptions) => {
      if (options.out) await checkChosenFile(options.out);
      const [external, ...others] = Object.entries(options.external ?? {});
      if (others.length > 0) throw new OsteonError("bad-usage", "--external names one part, such as test=0.5.");
      const stored = await withHome(options, { command: "cohort split" }, ({ database }) =>
        splitStoredCohort(database, cohort, {
          name: options.name,
          by: options.by,
          plan: {
            parts: options.parts,
            seed: options.seed,
            ...(options.folds === undefined ? {} : { folds: options.folds }),
            ...(external ? { external: { part: external[0], share: external[1] } } : {}),
          },
        }),
      );
      if (options.out)
        await writeChosenFile(
          options.out,
          `${JSON.stringify({ format: "osteon-split", version: 1, ...stored }, null, 1)}\n`,
        );
      const sizes = Object.entries(stored.split.parts).map(
        ([name, patients]) => `${name}: ${count(patients.length, "patient")}`,
      );
      answer(stored, sizes.join("\n"), options);
    });

const audit = (): Command =>
  withCommonOptions(new Command("audit"))
    .description("what the parts of a split share and must not")
    .argument("<cohort>")
    .option("--split <name>", "which split of the cohort", "default")
    .action(async (cohort: string, options: CommonOptions & { split: string }) => {
      const leaks = await withHome(options, { command: "cohort audit" }, ({ database }) =>
        auditCohortSplit(database, cohort, options.split),
      );
      const lines = leaks.map(
        ({ kind, parts: sides, patients, detail }) =>
          `${kind} (${sides.join(", ")}): ${patients.join(", ")}: ${detail}`,
      );
      answer({ leaks }, lines.join("\n") || "The parts of the split share nothing.", options);
      if (leaks.length > 0) process.exitCode = 1;
    });

const exportTable = (): Command =>
  withCommonOptions(new Command("export"))
    .description("the cohort as a CSV table, a row per patient")
    .argument("<cohort>")
    .argument("<file>")
    .addOption(
      new Option("--known-at <moment>", "leave out what is known later only").choices(moments).default("follow-up"),
    )
    .action(async (name: string, file: string, options: CommonOptions & { knownAt: Moment }) => {
      await checkChosenFile(file);
      const rows = await withHome(options, { command: "cohort export" }, async ({ database }) =>
        exportCohort(database, await readCohort(database, name), options.knownAt),
      );
      await writeChosenFile(file, stringify(rows, { escape_formulas: true }));
      say(`Columns that are known at ${options.knownAt}: ${rows[0]!.join(", ")}.`, options);
      for (const field of rows[0] as CohortField[]) {
        const { knownAt, caution }: FieldProvenance = fieldProvenance[field];
        if (caution !== undefined) say(`Beware of ${field} (known at ${knownAt}): ${caution}`, options);
      }
      answer({ file, rows: rows.length - 1 }, `${count(rows.length - 1, "patient")} in ${file}.`, options);
    });
