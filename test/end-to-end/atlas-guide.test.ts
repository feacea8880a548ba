/** The labelling guide by the command line: what to label next, a split and its undoing, and doubted labels. */

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jsonLines, osteon, startOsteon } from "../../scripts/osteon-process.ts";
import { openHome } from "../../src/store/index.ts";
import type { AtlasGuide, LabellingProgress } from "../../src/systems/atlas/index.ts";
import { writeGroupedClustering } from "../support/grouped-clustering.ts";
import { groupRadiographs } from "../support/grouped-radiographs.ts";

let folder: string;
let home: string;
const { data, regionOf } = groupRadiographs({ regions: 4, clustersPerRegion: 6, seed: 5 });
const words = ["Knee", "Hip", "Hand", "discard"];
const labelOf = (cluster: number): string => words[Number(regionOf.get(cluster)!.slice(-1))]!;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-atlas-guide-"));
  home = join(folder, "home");
  const opened = await openHome(home, { command: "a test", since: "2026-01-02T03:04:05Z", create: true });
  await writeGroupedClustering(
    opened,
    data,
    data.clusters.map(({ rows }) => rows),
  );
  await opened.close();
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Suggested extends AtlasGuide {
  readonly clustering: string;
  readonly progress: LabellingProgress;
}

const run = async <T>(...told: string[]): Promise<T> =>
  jsonLines<T>(await osteon(["atlas", ...told, "--home", home, "--json", "--quiet"]))[0]!;
const text = async (...told: string[]): Promise<string> =>
  (await osteon(["atlas", ...told, "--home", home, "--quiet"])).stdout;
const label = async (labels: readonly (readonly [cluster: number, label: string])[]): Promise<void> => {
  const path = join(folder, "labels.csv");
  await writeFile(path, ["cluster,region", ...labels.map((row) => row.join(",")), ""].join("\n"));
  await run("label", path);
};

test("from the first suggestion to a slip that is found", { timeout: 600_000 }, async () => {
  const first = await run<Suggested>("suggest", "--most", "8");
  expect(first.next).toHaveLength(8);
  expect(first.progress.actions.total).toBe(0);
  expect(first.curve).toBeNull();
  await label(first.next.map(({ cluster }) => [cluster, labelOf(cluster)]));

  const second = await run<Suggested>("suggest");
  expect(second.labelledClusters).toBe(8);
  const proposed = second.next.filter((one) => one.proposed !== null);
  const right = proposed.filter((one) => one.proposed!.label === labelOf(one.cluster));
  expect(right.length / second.next.length).toBeGreaterThan(0.7);

  const all = data.clusters.map(({ cluster }) => cluster);
  const slip = all.find((cluster) => labelOf(cluster) === "Hip")!;
  await label(all.map((cluster) => [cluster, cluster === slip ? "Hand" : labelOf(cluster)]));
  const third = await run<Suggested>("suggest");
  expect(third.next).toEqual([]);
  expect(third.progress).toMatchObject({ labelledClusters: all.length, labelledImages: data.images.length });
  expect(third.curve!.points.at(-1)).toMatchObject({ clusters: all.length, accuracy: 1 });
  expect(third.noise.clusters[0]).toMatchObject({ cluster: slip, given: "Hand", suggested: "Hip" });
  expect(await text("noise")).toContain(`${slip}  Hand, rather Hip`);
  expect(await text("suggest")).toContain(`${all.length} of ${all.length} clusters labelled`);
});

test("a cluster is split and made one again, as nothing was done with its parts", { timeout: 600_000 }, async () => {
  const count = data.clusters.length;
  const split = await run<{ parts: number[] }>("split", "3", "--parts", "2");
  expect(split.parts).toEqual([count + 1, count + 2]);
  const clusters = jsonLines<{ cluster: number; ids: string[] }>(
    await osteon(["atlas", "clusters", "--home", home, "--json", "--quiet"]),
  );
  expect(clusters.map(({ cluster }) => cluster).slice(0, 5)).toEqual([1, 2, ...split.parts, 4]);
  const ids = clusters.filter(({ cluster }) => split.parts.includes(cluster)).flatMap((one) => one.ids);
  expect(ids.sort()).toEqual(data.clusters[2]!.rows.map((row) => data.images[row]!).sort());
  const refused = await startOsteon(["atlas", "split", "3", "--home", home]).finished;
  expect([refused.code, refused.stderr.trim()]).toEqual([1, "osteon: Cluster 3 is split already; load the page anew."]);
  expect(await text("split", "3", "--undo")).toBe("Cluster 3 is one again.\n");
});
