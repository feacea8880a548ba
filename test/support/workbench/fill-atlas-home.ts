/** A process that takes phantom radiographs of all regions into a home and clusters them: `node fill-atlas-home.ts CENTRE HOME`. */

import { basename, join } from "node:path";
import { stringify } from "csv-stringify/sync";
import { parseLabelsTable } from "../../../src/clinic/labels-table.ts";
import { openHome } from "../../../src/store/index.ts";
import { clusterArchive } from "../../../src/systems/atlas/index.ts";
import { findFiles, importRadiographs } from "../../../src/systems/cohort/index.ts";
import { readAtlasTruths } from "./atlas-truth.ts";

const [centre, directory] = process.argv.slice(2) as [string, string];
const now = (): Date => new Date();
const home = await openHome(directory, { command: "test", create: true, since: now().toISOString() });
try {
  const truths = await readAtlasTruths(centre);
  const rows = truths.map(({ file, patient, origin }) => [basename(file), patient, origin]);
  const labels = parseLabelsTable(Buffer.from(stringify([["image", "patient", "origin"], ...rows])));
  await importRadiographs(home, await findFiles([join(centre, "archive")]), { labels });
  // A few steps of a small network: enough that clusters show a region, and some of them two.
  await clusterArchive(home, { clusters: 36, imageSize: 32, epochs: 1, seed: 1, now });
} finally {
  await home.close();
}
