/**
 * DeepCluster from the command line on phantom radiographs whose regions are known: how the epochs' clusters agree with each other
 * and with the truth, how fast it learns, and whether a run whose process is killed again and again, at moments that nobody chose,
 * ends with the very bytes of one that was let alone.
 *
 * `npm run bench -- deep-cluster [PATIENTS [KILLS [SIDE [EPOCHS]]]]`: 60 patients, 4 kills, 48 pixels and 5 epochs where nothing is
 * told; the small preset in everything else.
 */

import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { jsonLines, osteon, startOsteon } from "../scripts/osteon-process.ts";
import { decodeSafetensors } from "../src/engine/safetensors.ts";
import { normalizedMutualInfoScore, purityScore } from "../src/evidence/clustering-scores.ts";
import { Random } from "../src/numeric/random.ts";
import { listImages, listRunEpochs, openHome, readClusters } from "../src/store/index.ts";
import type { ClusterReport } from "../src/systems/atlas/index.ts";
import { type Bench, type Figure, median } from "./figure.ts";

/** What an epoch of a clustering measures. */
interface Measures {
  readonly nmi: number | null;
  readonly ami: number | null;
}

type TimedReport = ClusterReport & { readonly ms: number };

export const deepCluster: Bench = async ({ args, say }) => {
  const [patients = 60, kills = 4, side = 48, epochs = 5] = args.map(Number);
  const folder = await mkdtemp(join(tmpdir(), "osteon-deep-cluster-"));
  try {
    const [home, centre] = [join(folder, "home"), join(folder, "centre")];
    say(`Drawing ${patients} phantom patients`);
    await osteon(["phantom", centre, "--patients", String(patients), "--seed", "11", "--json", "--quiet"]);
    await osteon(["import", "radiographs", join(centre, "pacs"), "--home", home, "--json", "--quiet"]);
    const settings = ["--image-size", String(side), "--epochs", String(epochs)];
    const words = ["atlas", "cluster", ...settings, "--home", home, "--json", "--quiet"];
    say("Clustering, let alone");
    const alone = jsonLines<TimedReport>(await osteon(words))[0]!;
    const killed = await clusterKilled(words, { kills, seconds: alone.ms / 1e3, say });
    return [
      ...(await figuresOf(home, join(centre, "truth", "images.jsonl"), alone)),
      { name: "times the process was killed", value: killed.kills, unit: "times" },
      {
        name: "tensors that differ after the kills",
        value: await countDifferences(join(home, "runs"), alone.run, killed.report.run),
        unit: "tensors",
        wanted: "0",
      },
    ];
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
};

/** Kills the process after a time that is drawn, up to the given number of times, and then lets it come to its end. */
const clusterKilled = async (
  words: readonly string[],
  { kills, seconds, say }: { readonly kills: number; readonly seconds: number; readonly say: (line: string) => void },
): Promise<{ readonly report: ClusterReport; readonly kills: number }> => {
  const random = new Random(1, "kills");
  for (let kill = 1; kill <= kills; kill++) {
    const running = startOsteon(words);
    const wait = (seconds / kills) * random.uniform(0.4, 1.4);
    say(`Kill ${kill} of ${kills}, after ${wait.toFixed(1)} s`);
    const timer = sleep(wait * 1e3, undefined, { ref: false });
    const first = await Promise.race([running.finished, timer]);
    if (first) return { report: jsonLines<ClusterReport>(first)[0]!, kills: kill - 1 };
    running.child.kill("SIGKILL");
    await running.finished;
  }
  return { report: jsonLines<ClusterReport>(await osteon(words))[0]!, kills };
};

/** Tensors of the network and of the features that are not the same in both runs, bit for bit. */
const countDifferences = async (runs: string, first: string, second: string): Promise<number> => {
  let differences = 0;
  for (const name of (await readdir(join(runs, first))).filter((one) => one.endsWith(".safetensors"))) {
    const [own, other] = await Promise.all(
      [first, second].map(async (run) => decodeSafetensors(await readFile(join(runs, run, name))).tensors),
    );
    for (const [tensor, { data }] of own!) {
      const twin = other!.get(tensor)?.data;
      if (!twin || Buffer.compare(bytesOf(data), bytesOf(twin)) !== 0) differences++;
    }
  }
  return differences;
};

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

const figuresOf = async (directory: string, truthFile: string, report: TimedReport): Promise<Figure[]> => {
  const regions = await readRegions(truthFile);
  const home = await openHome(directory, { command: "bench", since: new Date().toISOString() });
  try {
    const names = new Map((await listImages(home.database)).map(({ id, fileName }) => [id, basename(fileName)]));
    const clusters = await readClusters(home.database, report.run);
    const placed = clusters.flatMap(({ cluster, members }) =>
      members.map(({ image }) => ({ cluster, region: regions.get(names.get(image)!) ?? "none" })),
    );
    const [shown, found] = [placed.map(({ region }) => region), placed.map(({ cluster }) => cluster)];
    const epochs = await listRunEpochs(home.database, report.run);
    const speed = median(epochs.map(({ pictures, seconds }) => pictures / seconds));
    return [
      { name: "radiographs", value: report.radiographs, unit: "" },
      { name: "clusters", value: report.clusters, unit: "" },
      ...epochs.map(({ epoch, measures }) => ({
        name: `NMI with the clusters before, epoch ${epoch}`,
        value: (measures as Measures).nmi ?? Number.NaN,
        unit: "",
      })),
      { name: "NMI of the last two clusterings", value: report.learned!.nmi!, unit: "" },
      { name: "the same, adjusted for chance", value: report.learned!.ami!, unit: "" },
      { name: "purity by the true regions", value: purityScore(shown, found), unit: "" },
      { name: "NMI with the true regions", value: normalizedMutualInfoScore(shown, found), unit: "" },
      { name: "learned from", value: speed, unit: "radiographs/s" },
      { name: "whole run", value: report.ms / 1e3, unit: "s" },
    ];
  } finally {
    await home.close();
  }
};

/** The region of each file; none where it shows no musculoskeletal anatomy. */
const readRegions = async (file: string): Promise<ReadonlyMap<string, string>> => {
  const lines = jsonLines<{ file: string; region: string | null }>({ stdout: await readFile(file, "utf8") });
  return new Map(lines.map(({ file: path, region }) => [basename(path), region ?? "none"]));
};
