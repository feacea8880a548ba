/**
 * How long one radiograph takes to link once the model is loaded, through the same door as `osteon link`: read and decode
 * the file, embed it, search, vote. The archive is a phantom centre; the files are DICOM of about half a megapixel.
 */

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseLabelsTable } from "../src/clinic/labels-table.ts";
import { writePhantomCentre } from "../src/phantom/write-phantom-centre.ts";
import { openHome } from "../src/store/index.ts";
import { findFiles, importRadiographs } from "../src/systems/cohort/index.ts";
import { buildIndex, Linker, presets, trainPrecedents } from "../src/systems/precedents/index.ts";
import { type Bench, median, percentile } from "./figure.ts";

const rounds = 4;

export const link: Bench = async ({ say }) => {
  const folder = await mkdtemp(join(tmpdir(), "osteon-link-"));
  const now = (): Date => new Date();
  const home = await openHome(join(folder, "home"), {
    command: "bench link",
    create: true,
    since: now().toISOString(),
  });
  try {
    say("Drawing, importing and indexing a phantom centre of 40 patients");
    await writePhantomCentre(join(folder, "centre"), { patients: 40, seed: 1 });
    const files = await findFiles([join(folder, "centre", "pacs")]);
    const labels = parseLabelsTable(await readFile(join(folder, "centre", "labels.csv")));
    await importRadiographs(home, files, { labels });
    await trainPrecedents(home, { settings: presets.small, seed: 0, target: "entity", epochs: 1, now });
    await buildIndex(home, { now });
    const linker = await Linker.open(home);
    const times: number[] = [];
    for (const file of files.slice(0, 3)) await linker.link(file); // the first calls start the reading thread
    for (let round = 0; round < rounds; round++) {
      say(`Linking ${files.length} radiographs, round ${round + 1} of ${rounds}`);
      for (const file of files) {
        const start = performance.now();
        await linker.link(file);
        times.push(performance.now() - start);
      }
    }
    await linker.close();
    return [
      { name: "link of one radiograph, median", value: median(times), unit: "ms" },
      { name: "link of one radiograph, p95", value: percentile(times, 0.95), unit: "ms", wanted: "< 150" },
      { name: "link of one radiograph, longest", value: Math.max(...times), unit: "ms" },
      { name: "radiographs linked", value: times.length, unit: "radiographs" },
    ];
  } finally {
    await home.close();
    await rm(folder, { recursive: true, force: true });
  }
};
