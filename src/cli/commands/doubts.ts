/** `osteon doubts`: what the reading of tables changed, doubted, dropped or found contradictory, and what people decide. */

import { Command, InvalidArgumentError, Option } from "commander";
import { stringify } from "csv-stringify/sync";
import { contradictionRules } from "../../clinic/findings.ts";
import { ruleActions } from "../../clinic/tables/read-row.ts";
import { OsteonError, shown } from "../../errors.ts";
import {
  type Decision,
  type DoubtFilter,
  listContradictions,
  listFindings,
  listSpellingChanges,
  type StoredContradiction,
  type StoredFinding,
  writeChosenFile,
} from "../../store/index.ts";
import { decideDoubt } from "../../systems/cohort/index.ts";
import { type CommonOptions, withCommonOptions, withHome } from "../context.ts";
import { answer, count } from "../output.ts";

interface ListOptions extends CommonOptions {
  readonly rule?: string;
  readonly state?: Decision["state"];
  readonly csv?: string;
  readonly spelling: boolean;
}

interface DecideOptions extends CommonOptions {
  readonly accept: boolean;
  readonly value?: string;
  readonly reopen: boolean;
  readonly by: string;
}

/** A misspelt rule would list nothing, as if there were no doubts. */
const knownRule = (text: string): string => {
  const rules: readonly string[] = [...Object.keys(ruleActions), ...contradictionRules];
  if (rules.includes(text)) return text;
  throw new InvalidArgumentError(`There is no rule ${shown(text)}; the rules are ${rules.join(", ")}.`);
};

export const doubtsCommand = (): Command => {
  const list = withCommonOptions(new Command("list"))
    .description("findings and contradictions, with the cells they are about")
    .option("--rule <rule>", "of one rule alone", knownRule)
    .addOption(new Option("--state <state>", "of one state alone").choices(["open", "accepted", "corrected"]))
    .option("--csv <file>", "write the list to a file")
    .option("--spelling", "the cells whose spelling alone was changed, too", false)
    .action((options: ListOptions) => runList(options));
  const decide = withCommonOptions(new Command("decide"))
    .description("accept a finding or contradiction as it is, or correct the cell")
    .argument("<id>", "its number, as `doubts list` gives it")
    .option("--accept", "what was taken is right", false)
    .option("--value <text>", "what the cell should have said; an empty text takes its value back")
    .option("--reopen", "take an earlier decision back", false)
    .requiredOption("--by <name>", "who decides")
    .action((id: string, options: DecideOptions) => runDecide(id, options));
  return new Command("doubts").description("what the reading of tables doubted").addCommand(list).addCommand(decide);
};

const runList = async (options: ListOptions): Promise<void> => {
  const filter: DoubtFilter = {
    ...(options.rule === undefined ? {} : { rule: options.rule }),
    ...(options.state === undefined ? {} : { state: options.state }),
  };
  const { findings, contradictions, spelling } = await withHome(options, { command: "doubts list" }, async (home) => ({
    findings: await listFindings(home.database, filter),
    contradictions: await listContradictions(home.database, filter),
    spelling: options.spelling ? await listSpellingChanges(home.database) : [],
  }));
  const changes = spelling.filter(({ rule }) => options.rule === undefined || rule === options.rule);
  if (options.csv !== undefined) {
    const rows = [
      ...findings.map(findingRow),
      ...contradictions.map(contradictionRow),
      ...changes.map((one) => findingRow(one)),
    ];
    // A cell that a spreadsheet would take for a formula is made text.
    await writeChosenFile(options.csv, stringify(rows, { header: true, columns: [...columns], escape_formulas: true }));
    const told = `${count(rows.length, "line")} written to ${options.csv}.`;
    return answer({ file: options.csv, lines: rows.length }, told, options);
  }
  const lines = [
    ...findings.map(
      ({ id, rule, action, table, line, column, original, value, decision }) =>
        `${id}  ${rule}  ${action}  ${table}:${line}  ${column}  ${JSON.stringify(original)} -> ${value === undefined ? "nothing" : JSON.stringify(value)}  ${decision.state}`,
    ),
    ...contradictions.map(({ id, rule, patient, case: of, detail, decision }) =>
      [id, rule, patient, ...(of === undefined ? [] : [of]), detail, decision.state].join("  "),
    ),
    ...changes.map(
      ({ rule, table, line, column, original, value }) =>
        `-  ${rule}  ${table}:${line}  ${column}  ${JSON.stringify(original)} -> ${JSON.stringify(value ?? "")}`,
    ),
    `${count(findings.length, "finding")}, ${count(contradictions.length, "contradiction")}.`,
  ];
  const spelled = options.spelling ? { spelling: changes } : {};
  answer({ findings, contradictions, ...spelled }, lines.join("\n"), options);
};

const columns = [
  "id",
  "rule",
  "action",
  "table",
  "line",
  "column",
  "original",
  "value",
  "patient",
  "case",
  "otherPatient",
  "detail",
  "state",
  "by",
  "at",
  "decided",
] as const;

type Row = Partial<Record<(typeof columns)[number], string | number>>;

const decisionCells = (decision: Decision): Row =>
  decision.state === "open"
    ? { state: "open" }
    : { state: decision.state, by: decision.by, at: decision.at.toISOString(), decided: decision.value ?? "" };

const findingRow = (finding: Omit<StoredFinding, "id" | "decision"> & Partial<StoredFinding>): Row => {
  const { decision, ...cells } = finding;
  return { ...cells, ...(decision === undefined ? {} : decisionCells(decision)) };
};

const contradictionRow = ({ decision, ...contradiction }: StoredContradiction): Row => ({
  ...contradiction,
  ...decisionCells(decision),
});

const runDecide = async (id: string, { accept, value, reopen, by, ...options }: DecideOptions): Promise<void> => {
  if ([accept, value !== undefined, reopen].filter(Boolean).length !== 1) {
    throw new OsteonError("bad-usage", "Say one of --accept, --value and --reopen.");
  }
  const at = new Date();
  const decision: Decision = reopen
    ? { state: "open" }
    : value === undefined
      ? { state: "accepted", by, at }
      : { state: "corrected", by, at, value };
  await withHome(options, { command: "doubts decide" }, (home) => decideDoubt(home, id, decision));
  answer({ id, state: decision.state }, `${id} is ${decision.state}.`, options);
};
