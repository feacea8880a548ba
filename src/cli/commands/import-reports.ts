/** `osteon import reports`: radiology reports, pathology reports and tumour-board protocols into the home. */

import { Command } from "commander";
import { importReports, refuseHomes } from "../../systems/cohort/index.ts";
import { type CommonOptions, interruptSignal, withCommonOptions, withHome } from "../context.ts";
import { answer, count, say } from "../output.ts";
import { startProgress } from "../progress.ts";

/** How many problems are told one by one; the machine's answer has them all. */
const toldProblems = 20;

export const importReportsCommand = (): Command =>
  withCommonOptions(new Command("reports"))
    .description("read reports, German and English, and keep them in the home with the fields they state")
    .argument("<path>", "a folder with index.csv and text files, or a table with a column of texts")
    .action((path: string, options: CommonOptions) => run(path, options));

const run = async (path: string, options: CommonOptions): Promise<void> => {
  const start = performance.now();
  await refuseHomes([path]);
  const report = await withHome(options, { command: "import reports", create: true }, async (home) => {
    const progress = startProgress("Reading reports", options);
    try {
      return await importReports(home, path, { signal: interruptSignal(), onProgress: progress.update });
    } finally {
      progress.end();
    }
  });
  const { imported, updated, unchanged, problems, stages } = report;
  if (problems.length > 0) say(`The list of reports has ${count(problems.length, "problem")}:`, options);
  for (const { line, detail } of problems.slice(0, toldProblems)) {
    say(line === undefined ? `  ${detail}` : `  line ${line}: ${detail}`, options);
  }
  if (problems.length > toldProblems) say(`  and ${problems.length - toldProblems} more`, options);
  const told = Object.entries(stages).filter(([, number]) => number > 0);
  const text = [
    `${count(imported, "report")} imported, ${updated} updated, ${unchanged} unchanged.`,
    ...told.map(([stage, number]) => `  ${stage}: ${number}`),
  ].join("\n");
  answer({ ...report, ms: Math.round(performance.now() - start) }, text, options);
};
