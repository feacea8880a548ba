/** `osteon import radiographs`: files and folders into the home. */

import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Command, Option } from "commander";
import { type LabelsTable, parseLabelsTable } from "../../clinic/labels-table.ts";
import { OsteonError } from "../../errors.ts";
import { findFiles, importRadiographs } from "../../systems/cohort/index.ts";
import { type CommonOptions, interruptSignal, withCommonOptions, withHome } from "../context.ts";
import { answer, count, say } from "../output.ts";
import { startProgress } from "../progress.ts";

interface ImportCommandOptions extends CommonOptions {
  readonly labels?: string;
  readonly origin: "internal" | "external";
}

export const importCommand = (): Command => {
  const radiographs = withCommonOptions(new Command("radiographs"))
    .description("take DICOM, PNG and JPEG files, or folders of them, into the home")
    .argument("<path...>", "files and folders")
    .option("--labels <file>", "a table with what is known of each image")
    .addOption(
      new Option("--origin <origin>", "where the radiographs were taken")
        .choices(["internal", "external"])
        .default("internal"),
    )
    .action((paths: string[], options: ImportCommandOptions) => run(paths, options));
  return new Command("import").description("take data into the home").addCommand(radiographs);
};

const run = async (paths: readonly string[], options: ImportCommandOptions): Promise<void> => {
  const start = performance.now();
  const labels = options.labels === undefined ? undefined : await readLabels(options.labels);
  if (labels && labels.problems.length > 0) {
    say(`The labels table has ${count(labels.problems.length, "problem")}:`, options);
    for (const { line, detail } of labels.problems.slice(0, 20)) say(`  line ${line}: ${detail}`, options);
  }
  const isLabelsTable = (path: string): boolean =>
    options.labels !== undefined && resolve(path) === resolve(options.labels);
  const files = await findFiles(paths, isLabelsTable);
  const report = await withHome(options, { command: "import radiographs", create: true }, async (home) => {
    const progress = startProgress("Importing", options);
    try {
      return await importRadiographs(home, files, {
        origin: options.origin,
        signal: interruptSignal(),
        onProgress: progress.update,
        ...(labels ? { labels } : {}),
      });
    } finally {
      progress.end();
    }
  });
  const ms = Math.round(performance.now() - start);
  const { imported, duplicates, quarantined } = report;
  const text = [
    `${count(imported, "radiograph")} imported, ${count(duplicates, "duplicate")}, ${quarantined.length} set aside.`,
    ...quarantined.map(({ file, reason }) => `  ${file}: ${reason}`),
  ].join("\n");
  answer({ imported, duplicates, quarantined, ms }, text, options);
};

const readLabels = async (path: string): Promise<LabelsTable> => {
  const content = await readFile(path).catch((cause) => {
    throw new OsteonError("bad-input", `The labels table "${path}" cannot be read; check the path.`, { path }, cause);
  });
  return parseLabelsTable(content);
};
