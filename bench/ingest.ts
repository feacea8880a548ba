/**
 * Every file of ../shared/data/dicom, many of them broken or hostile, through `osteon import radiographs`: each must come in,
 * repeat another, or be set aside with a reason. Reading speed beside pydicom.
 */

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { jsonLines, osteon } from "../scripts/osteon-process.ts";
import type { ImportReport } from "../src/systems/cohort/index.ts";
import { type Bench, beside } from "./figure.ts";

const folder = resolve("../shared/data/dicom");

export const ingest: Bench = async ({ say }) => {
  if (!existsSync(folder)) {
    say("../shared/data/dicom is missing; nothing to measure.");
    return [];
  }
  const home = await mkdtemp(join(tmpdir(), "osteon-ingest-"));
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).length;
    const result = await osteon(["import", "radiographs", folder, "--json", "--home", home]);
    const { imported, duplicates, quarantined } = jsonLines<ImportReport>(result)[0]!;
    const accounted = imported + duplicates + quarantined.length;
    const peer = pydicom();
    return [
      { name: "files in the folder", value: files, unit: "files" },
      { name: "imported, repeated or set aside", value: accounted, unit: "files", wanted: `${files}` },
      { name: "imported", value: imported, unit: "files" },
      { name: "repeated in another encoding or copy", value: duplicates, unit: "files" },
      {
        name: "set aside without a reason",
        value: quarantined.filter(({ reason }) => reason === "").length,
        unit: "files",
        wanted: "0",
      },
      beside({
        name: "files of the folder a second (ours makes a home and stores; the peer only reads)",
        value: files / result.seconds,
        unit: "files/s",
        peer: peer?.peer ?? "pydicom (not installed)",
        ...(peer ? { peerValue: peer.files_per_s } : {}),
      }),
    ];
  } finally {
    await rm(home, { recursive: true, force: true });
  }
};

/** How fast the peer goes through the folder, what it cannot decode included; it prints how fast it decodes what it can. */
const pydicom = (): { peer: string; files_per_s: number } | undefined => {
  const run = spawnSync("/usr/bin/python3", [resolve("../shared/bench/pydicom_read.py"), folder], { encoding: "utf8" });
  if (run.status !== 0) return undefined;
  const { peer, files, decoded, files_per_s } = JSON.parse(run.stdout.trim().split("\n").at(-1)!);
  return { peer, files_per_s: (files_per_s * files) / Math.max(decoded, 1) };
};
