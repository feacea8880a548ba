/** A home of phantom radiographs of all regions in clusters, for each test a copy of its own, and a reader who knows what they show. */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "csv-stringify/sync";
import { jsonLines, osteon } from "../../../scripts/osteon-process.ts";
import { readAtlasLabels } from "./atlas-truth.ts";
import { copyOfHome, type PhantomHome } from "./phantom-home.ts";

export const atlasHome = (): Promise<PhantomHome> =>
  copyOfHome({ name: "atlas-home", draw: "draw-atlas-centre.ts", fill: "fill-atlas-home.ts" });

/** A cluster as `osteon atlas clusters --json` tells it. */
interface ClusterLine {
  readonly cluster: number;
  readonly images: readonly string[];
}

/** What the reader does otherwise than the radiographs say. */
interface LabellingExceptions {
  /** Clusters that stay open: the last ones. */
  readonly open?: number;
  /** Clusters that get another label by a slip. */
  readonly slips?: ReadonlyMap<number, string>;
}

/**
 * Labels each cluster by what most of its radiographs show, as who works at a workbench without accounts; gives the labels by
 * cluster.
 */
export const labelByTruth = async (
  { home, centre }: PhantomHome,
  { open = 0, slips = new Map() }: LabellingExceptions = {},
): Promise<ReadonlyMap<number, string>> => {
  const truth = await readAtlasLabels(centre);
  const clusters = jsonLines<ClusterLine>(await osteon(["atlas", "clusters", "--json", "--home", home]));
  const labels = new Map(
    clusters
      .slice(0, clusters.length - open)
      .map(({ cluster, images }) => [cluster, slips.get(cluster) ?? commonest(images.map((one) => truth.get(one)!))]),
  );
  const table = join(home, "..", "labels.csv");
  await writeFile(table, stringify([["cluster", "region"], ...labels]));
  await osteon(["atlas", "label", table, "--home", home, "--quiet"]);
  return labels;
};

const commonest = (labels: readonly string[]): string =>
  [...Map.groupBy(labels, (label) => label)].sort(([, a], [, b]) => b.length - a.length)[0]![0];
