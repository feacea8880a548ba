/** `osteon atlas`: the archive in clusters, and the labels that readers give them. */

import { readFile } from "node:fs/promises";
import { Command } from "commander";
import { stringify } from "csv-stringify/sync";
import { OsteonError, shown } from "../../errors.ts";
import { checkChosenFile, findClustering, listImages, readClusters, writeChosenFile } from "../../store/index.ts";
import { exportLabels, labelFromTable } from "../../systems/atlas/index.ts";
import { type CommonOptions, withCommonOptions, withHome } from "../context.ts";
import { answer, count, say } from "../output.ts";
import { clusterCommand } from "./atlas-cluster.ts";
import { noiseCommand, splitCommand, suggestCommand } from "./atlas-guide.ts";
import { sortAtlasCommand, trainAtlasCommand } from "./atlas-model.ts";

export const atlasCommand = (): Command =>
  new Command("atlas")
    .description("the archive sorted by region: clusters, and the labels that readers give them")
    .addCommand(clusterCommand())
    .addCommand(clusters())
    .addCommand(label())
    .addCommand(exportTable())
    .addCommand(suggestCommand())
    .addCommand(splitCommand())
    .addCommand(noiseCommand())
    .addCommand(trainAtlasCommand())
    .addCommand(sortAtlasCommand());

interface OfClusteringOptions extends CommonOptions {
  readonly clustering?: string;
}

const withClusteringOption = (command: Command): Command =>
  withCommonOptions(command).option("--clustering <run>", "another than the newest");

const clusters = (): Command =>
  withClusteringOption(new Command("clusters"))
    .description("the radiographs of each cluster, the most typical first")
    .action(async (options: OfClusteringOptions) => {
      const { all, fileNames } = await withHome(options, { command: "atlas clusters" }, async ({ database }) => ({
        all: await readClusters(database, (await findClustering(database, options.clustering)).id),
        fileNames: new Map((await listImages(database)).map(({ id, fileName }) => [id, fileName])),
      }));
      for (const { cluster: number, members } of all) {
        const ids = members.map(({ image }) => image);
        const images = ids.map((id) => fileNames.get(id) ?? id);
        answer({ cluster: number, images, ids }, `${number}  ${count(ids.length, "radiograph")}`, options);
      }
    });

interface LabelOptions extends OfClusteringOptions {
  readonly reader: string;
}

const label = (): Command =>
  withClusteringOption(new Command("label"))
    .description("gives clusters the labels of a CSV table with the columns cluster and region; `discard` discards")
    .argument("<file>")
    .option("--reader <name>", "who read them; `local` is who works at a workbench without accounts", "local")
    .action(async (file: string, options: LabelOptions) => {
      const text = await readText(file);
      const report = await withHome(options, { command: "atlas label" }, async ({ database }) =>
        labelFromTable(database, (await findClustering(database, options.clustering)).id, {
          text,
          acting: { reader: options.reader, readerName: options.reader, at: new Date() },
        }),
      );
      for (const region of report.addedRegions) say(`New region: ${shown(region)}.`, options);
      const told = `${count(report.labelled, "cluster")} labelled, ${report.discarded} discarded, ${report.unchanged} as before.`;
      answer(report, told, options);
    });

const exportTable = (): Command =>
  withClusteringOption(new Command("export"))
    .description("every cluster with its region, who gave it and when, as CSV")
    .argument("<file>")
    .action(async (file: string, options: OfClusteringOptions) => {
      await checkChosenFile(file);
      const rows = await withHome(options, { command: "atlas export" }, async ({ database }) =>
        exportLabels(database, (await findClustering(database, options.clustering)).id),
      );
      await writeChosenFile(file, stringify(rows, { escape_formulas: true }));
      answer({ file, clusters: rows.length - 1 }, `${count(rows.length - 1, "cluster")} in ${file}.`, options);
    });

const readText = async (file: string): Promise<string> => {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new OsteonError("bad-input", `The file ${shown(file)} cannot be read; name a CSV table.`, {}, cause);
  }
};
