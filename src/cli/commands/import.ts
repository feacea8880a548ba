/** `osteon import radiographs`: files and folders, or what picture archives hold, into the home. */

import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Command, Option } from "commander";
import { type LabelsProblem, type LabelsTable, parseLabelsTable } from "../../clinic/labels-table.ts";
import { OsteonError } from "../../errors.ts";
import {
  type FolderLeftOut,
  findFiles,
  importRadiographs,
  isTextFile,
  keepAnnotations,
  openPublicSet,
  type PublicFormat,
  type PublicSet,
  publicFormats,
  RadiographReader,
  refuseHomes,
} from "../../systems/cohort/index.ts";
import { type CommonOptions, interruptSignal, withCommonOptions, withHome } from "../context.ts";
import { answer, count, say } from "../output.ts";
import { startProgress } from "../progress.ts";
import { type ArchiveOptions, nameArchives, withArchiveOptions } from "./archive-options.ts";
import { importReportsCommand } from "./import-reports.ts";
import { importTableCommand } from "./import-table.ts";
import { sortImported } from "./sort-imported.ts";

interface ImportCommandOptions extends CommonOptions, ArchiveOptions {
  readonly labels?: string;
  readonly format?: PublicFormat;
  readonly origin: "internal" | "external";
  readonly splitExposures: boolean;
  readonly sort: boolean;
}

export const importCommand = (): Command => {
  const radiographs = withArchiveOptions(withCommonOptions(new Command("radiographs")))
    .description("take DICOM, PNG and JPEG files, folders of them, or what picture archives hold, into the home")
    .argument("<path...>", "files and folders, or archives: https://host/dicom-web, dimse://AET@host:port")
    .option("--labels <file>", "a table with what is known of each image")
    .option("--split-exposures", "an image of each of several exposures on one plate", false)
    .option("--no-sort", "leaves the new radiographs unsorted where the atlas is trained")
    .addOption(
      new Option("--format <set>", "a public set as it is published; found out where a single folder is named").choices(
        [...publicFormats],
      ),
    )
    .addOption(
      new Option("--origin <origin>", "where the radiographs were taken")
        .choices(["internal", "external"])
        .default("internal"),
    )
    .action(async (paths: string[], options: ImportCommandOptions) => {
      if (!nameArchives(paths, options)) return run(paths, options);
      const { importFromArchives } = await import("./import-from-archive.ts"); // its protocols load only where needed
      return importFromArchives(paths, options);
    });
  return new Command("import")
    .description("take data into the home")
    .addCommand(radiographs)
    .addCommand(importReportsCommand())
    .addCommand(importTableCommand());
};

const run = async (paths: readonly string[], options: ImportCommandOptions): Promise<void> => {
  const start = performance.now();
  const set = await publicSetOf(paths, options);
  const labels = options.labels === undefined ? set?.labels : await readLabels(options.labels);
  if (set) say(`The folder holds ${set.format}: ${count(set.labels.rows.size, "row")} of labels.`, options);
  tellProblems(labels?.problems ?? [], options);
  const isLabelsTable = (path: string): boolean =>
    (set !== undefined && isTextFile(path)) ||
    (options.labels !== undefined && resolve(path) === resolve(options.labels));
  await refuseHomes(paths);
  const leftOut: FolderLeftOut[] = [];
  const files = await findFiles(paths, isLabelsTable, (left) => leftOut.push(left));
  for (const { folder, code } of leftOut) if (code === "home") say(`Passed over the Osteon home "${folder}".`, options);
  const reader = new RadiographReader();
  reader.start(); // the decoders load while the home opens
  const report = await withHome(options, { command: "import radiographs", create: true }, async (home) => {
    const progress = startProgress("Importing", options);
    const signal = interruptSignal();
    const imported = await importRadiographs(home, files, {
      origin: options.origin,
      signal,
      splitExposures: options.splitExposures,
      reader,
      onProgress: progress.update,
      ...(labels ? { labels } : {}),
    }).finally(() => progress.end());
    const annotated = set === undefined ? 0 : await keepAnnotations(home, set, files);
    return { ...imported, annotated, sortedPart: await sortImported(home, { ...options, signal }) };
  }).finally(() => reader.close());
  const ms = Math.round(performance.now() - start);
  const { imported, duplicates, nearDuplicates, unmatchedLabels } = report;
  tellProblems(report.labelProblems, options);
  if (unmatchedLabels > 0) {
    const rows = `${count(unmatchedLabels, "row")} of the labels table ${unmatchedLabels === 1 ? "names" : "name"}`;
    say(`${rows} no file of this import.`, options);
  }
  const unreadable = leftOut.filter(({ code }) => code === "unreadable");
  const quarantined = [
    ...unreadable.map(({ folder, detail }) => ({ file: folder, reason: detail })),
    ...report.quarantined.map(({ file, reason }) => ({ file, reason })),
  ];
  const labelProblems = [...(labels?.problems ?? []), ...report.labelProblems];
  const text = [
    ...(nearDuplicates.length === 0
      ? []
      : [`${count(nearDuplicates.length, "radiograph")} imported that may show another one again; see --json.`]),
    `${count(imported, "radiograph")} imported, ${count(duplicates, "duplicate")}, ${quarantined.length} set aside.`,
    ...quarantined.map(({ file, reason }) => `  ${file}: ${reason}`),
  ].join("\n");
  const annotated = set === undefined ? {} : { annotated: report.annotated };
  answer(
    {
      imported,
      duplicates,
      nearDuplicates,
      quarantined,
      unmatchedLabels,
      labelProblems,
      ...annotated,
      ...report.sortedPart,
      ms,
    },
    text,
    options,
  );
};

/** How many problems of a table are told one by one; the machine's answer has them all. */
const toldProblems = 20;

const tellProblems = (problems: readonly LabelsProblem[], options: CommonOptions): void => {
  if (problems.length === 0) return;
  say(`The labels table has ${count(problems.length, "problem")}:`, options);
  for (const { line, detail } of problems.slice(0, toldProblems)) say(`  line ${line}: ${detail}`, options);
  if (problems.length > toldProblems) say(`  and ${problems.length - toldProblems} more`, options);
};

/** The public set of a folder, where one is named or the folder is one. */
const publicSetOf = async (
  paths: readonly string[],
  { format, labels }: ImportCommandOptions,
): Promise<PublicSet | undefined> => {
  const [folder, ...others] = paths;
  if (format !== undefined && (others.length > 0 || labels !== undefined)) {
    throw new OsteonError("bad-usage", "--format goes with a single folder and without --labels.");
  }
  if (folder === undefined || others.length > 0 || labels !== undefined) return undefined;
  return openPublicSet(folder, format);
};

const readLabels = async (path: string): Promise<LabelsTable> => {
  const content = await readFile(path).catch((cause) => {
    throw new OsteonError("bad-input", `The labels table "${path}" cannot be read; check the path.`, { path }, cause);
  });
  return parseLabelsTable(content);
};
