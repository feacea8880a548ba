/** A home like the one that `osteon demo` makes: its number of patients, its network, its index. */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseLabelsTable } from "../src/clinic/labels-table.ts";
import { writePhantomCentre } from "../src/phantom/write-phantom-centre.ts";
import { openHome } from "../src/store/index.ts";
import { findFiles, importRadiographs } from "../src/systems/cohort/index.ts";
import { buildIndex, presets, trainPrecedents } from "../src/systems/precedents/index.ts";

/** As `osteon demo` has them. */
const patients = 120;
const newPatients = 20;

/**
 * Fills `home/` in a folder and answers DICOM files of patients that it does not know. The network learns once around, for
 * its answers take the same time whatever it has learned.
 */
export const makeDemoHome = async (folder: string, say: (line: string) => void): Promise<string[]> => {
  const now = (): Date => new Date();
  say(`Drawing, importing and indexing a phantom centre of ${patients} patients`);
  await writePhantomCentre(join(folder, "centre"), { patients, seed: 1 });
  await writePhantomCentre(join(folder, "others"), { patients: newPatients, seed: 2 });
  const home = await openHome(join(folder, "home"), { command: "bench", create: true, since: now().toISOString() });
  try {
    const labels = parseLabelsTable(await readFile(join(folder, "centre", "labels.csv")));
    await importRadiographs(home, await findFiles([join(folder, "centre", "pacs")]), { labels });
    const settings = { ...presets.small, imageSizes: [96] };
    await trainPrecedents(home, { settings, seed: 0, target: "entity", epochs: 1, now });
    await buildIndex(home, { now });
  } finally {
    await home.close();
  }
  return findFiles([join(folder, "others", "pacs")]);
};
