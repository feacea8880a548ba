/** A process that takes a phantom centre into a home and does everything once with it: `node fill-home.ts CENTRE HOME`. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseLabelsTable } from "../../../src/clinic/labels-table.ts";
import { openHome } from "../../../src/store/index.ts";
import {
  buildCohortFromHome,
  findFiles,
  importRadiographs,
  importReports,
  importTable,
  proposeTableMapping,
} from "../../../src/systems/cohort/index.ts";
import { buildIndex, evaluatePrecedents, presets, trainPrecedents } from "../../../src/systems/precedents/index.ts";

const [centre, directory] = process.argv.slice(2) as [string, string];
const now = (): Date => new Date();
const home = await openHome(directory, { command: "test", create: true, since: now().toISOString() });
try {
  const labels = parseLabelsTable(await readFile(join(centre, "labels.csv")));
  const folders = ["pacs", "archive", "stray"].map((name) => join(centre, name));
  await importRadiographs(home, await findFiles(folders), { labels });
  for (const name of ["patients.csv", "cases.csv", "follow-up.xlsx"]) {
    const table = join(centre, "his", name);
    const mapping = await proposeTableMapping(table, { asOf: "2022-12-31" });
    await importTable(home, table, { mapping, today: "2022-12-31" });
  }
  await importReports(home, join(centre, "reports"), {});
  // One small network, shown each picture a few times: enough to link with, not to be right.
  const training = { settings: { ...presets.small, imageSizes: [64], sourceSize: 96 }, seed: 1, now };
  await trainPrecedents(home, { ...training, target: "entity", epochs: 3, holdOut: 0.5 });
  await buildIndex(home, { now });
  await evaluatePrecedents(home, { ...training, target: "region", epochs: 2 });
  const definition = join(import.meta.dirname, "..", "..", "..", "studies", "cohorts", "precedents.json");
  await buildCohortFromHome(home.database, await readFile(definition, "utf8"), { at: now() });
} finally {
  await home.close();
}
