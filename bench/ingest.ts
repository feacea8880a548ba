/**
 * Two sets of files through `osteon import radiographs`, beside pydicom: every file of ../shared/data/dicom, many of them
 * broken or hostile, each of which must come in, repeat another, or be set aside with a reason; and 320 radiographs of 1 to 4
 * megapixels (radiograph-set.ts). Both sides are asked how many files a second they go through, what they refuse included.
 */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { jsonLines, osteon } from "../scripts/osteon-process.ts";
import type { ImportReport } from "../src/systems/cohort/index.ts";
import { type Bench, beside, type Figure, median } from "./figure.ts";
import { hasEncoders, writeRadiographSet } from "./radiograph-set.ts";

const oddFiles = resolve("../shared/data/dicom");
const peerProgram = resolve("../shared/bench/pydicom_read.py");
const setSize = 320;

export const ingest: Bench = async ({ say }) => {
  const work = await mkdtemp(join(tmpdir(), "osteon-ingest-"));
  try {
    const figures: Figure[] = [];
    if (existsSync(oddFiles)) figures.push(...(await measure("odd files", oddFiles, { work, rounds: 3, say })));
    else say("../shared/data/dicom is missing; its files are not measured.");
    if (hasEncoders()) {
      const folder = join(work, "set");
      say(`Drawing ${setSize} radiographs`);
      const megapixels = await writeRadiographSet(folder, { count: setSize, seed: 4, pixels: [1e6, 4e6] });
      const measured = await measure("radiographs", folder, { work, rounds: 1, say });
      figures.push({ name: "radiographs: mean size", value: megapixels / setSize, unit: "megapixels" }, ...measured);
    } else say("dcmtk is missing; the set of radiographs is not measured.");
    return figures;
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};

interface MeasureOptions {
  readonly work: string;
  /** Times that both sides go through the folder, in turn. */
  readonly rounds: number;
  readonly say: (line: string) => void;
}

const measure = async (name: string, folder: string, { work, rounds, say }: MeasureOptions): Promise<Figure[]> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).length;
  const [ours, theirs]: [number[], number[]] = [[], []];
  let peerName: string | undefined;
  let report: ImportReport | undefined;
  await osteon(["import", "radiographs", resolve("package.json"), "--home", join(work, "warm"), "--json"]); // templates are made
  for (let round = 0; round < rounds; round++) {
    say(`${name}: round ${round + 1} of ${rounds}`);
    const home = join(work, "home");
    const result = await osteon(["import", "radiographs", folder, "--json", "--home", home]);
    await rm(home, { recursive: true, force: true });
    report = jsonLines<ImportReport>(result)[0]!;
    ours.push(files / result.seconds);
    const peer = pydicom(folder);
    if (peer) {
      peerName = peer.peer;
      theirs.push(peer.filesPerSecond);
    }
  }
  const { imported, duplicates, quarantined } = report!;
  return [
    { name: `${name}: in the folder`, value: files, unit: "files" },
    {
      name: `${name}: imported, repeated or set aside`,
      value: imported + duplicates + quarantined.length,
      unit: "files",
      wanted: `${files}`,
    },
    { name: `${name}: imported`, value: imported, unit: "files" },
    { name: `${name}: repeated in another encoding or copy`, value: duplicates, unit: "files" },
    {
      name: `${name}: set aside without a reason`,
      value: quarantined.filter(({ reason }) => reason === "").length,
      unit: "files",
      wanted: "0",
    },
    beside({
      name: `${name}: gone through a second (ours makes a home and stores; the peer only reads)`,
      value: median(ours),
      unit: "files/s",
      peer: peerName ?? "pydicom (not installed)",
      ...(theirs.length > 0 ? { peerValue: median(theirs) } : {}),
      wanted: "ratio >= 2",
    }),
  ];
};

/** How fast the peer goes through the folder, what it cannot decode included; it prints how fast it decodes what it can. */
const pydicom = (folder: string): { peer: string; filesPerSecond: number } | undefined => {
  if (!existsSync(peerProgram)) return undefined;
  const run = spawnSync("/usr/bin/python3", [peerProgram, folder], { encoding: "utf8" });
  if (run.status !== 0) return undefined;
  const { peer, files, decoded, files_per_s } = JSON.parse(run.stdout.trim().split("\n").at(-1)!);
  return { peer, filesPerSecond: (files_per_s * files) / Math.max(decoded, 1) };
};
