/**
 * A simulated reader of the atlas, working by the command line. The reader sees of a cluster what its montage shows: which kinds, and how
 * many of each. Clusters that show several are split in two, the most mixed first, as long as there is room; then each gets the label of
 * what most of its pictures show.
 */

import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "csv-stringify/sync";
import { jsonLines, osteon, startOsteon } from "../scripts/osteon-process.ts";

/** A cluster as `osteon atlas clusters --json` tells it. */
export interface ListedCluster {
  readonly cluster: number;
  /** File names. */
  readonly images: readonly string[];
  readonly ids: readonly string[];
}

/** How a reader works. */
export interface ClusterReader {
  readonly home: string;
  /** What each picture of a cluster shows: a region, or `discard`. */
  readonly kindsIn: (cluster: ListedCluster) => readonly string[];
  /** A cluster with fewer pictures of other kinds than its commonest shows one kind to who looks through its montage. */
  readonly fewestStrangers: number;
  /** Whether a cluster may be split when there are so many clusters and were so many splits. */
  readonly maySplit: (clusters: number, splits: number) => boolean;
}

/** What a reader did. */
export interface Labelled {
  readonly clusters: readonly ListedCluster[];
  readonly splits: number;
}

export const readClusters = async (home: string): Promise<ListedCluster[]> =>
  jsonLines<ListedCluster>(await osteon(["atlas", "clusters", "--json", "--home", home]));

/** What pictures show, the commonest first. */
const countKinds = (kinds: readonly string[]): [kind: string, count: number][] =>
  [...Map.groupBy(kinds, (kind) => kind)]
    .map(([kind, own]): [string, number] => [kind, own.length])
    .sort(([, a], [, b]) => b - a);

/** How many of some pictures a label of their commonest kind gets wrong. */
const countStrangers = (kinds: readonly string[]): number => kinds.length - countKinds(kinds)[0]![1];

/** Splits and labels the clusters of a home; the labels are left beside it as a table. */
export const labelClusters = async ({ home, kindsIn, fewestStrangers, maySplit }: ClusterReader): Promise<Labelled> => {
  let clusters = await readClusters(home);
  let splits = 0;
  /** Those that were tried and stay as they are: a stranger alone is no part. */
  const whole = new Set<number>();
  while (maySplit(clusters.length, splits)) {
    const [mixed] = clusters
      .map((cluster) => ({ cluster, strangers: countStrangers(kindsIn(cluster)) }))
      .filter(({ cluster, strangers }) => strangers >= fewestStrangers && !whole.has(cluster.cluster))
      .sort((a, b) => b.strangers - a.strangers);
    if (!mixed) break;
    const { cluster } = mixed.cluster;
    const { code, stderr } = await startOsteon(["atlas", "split", String(cluster), "--parts", "2", "--home", home])
      .finished;
    if (code !== 0) {
      if (!stderr.includes("does not come apart")) throw new Error(`osteon atlas split ended with ${code}: ${stderr}`);
      whole.add(cluster);
      continue;
    }
    splits += 1;
    clusters = await readClusters(home);
  }
  const table = join(home, "..", "labels.csv");
  const rows = clusters.map((cluster) => [cluster.cluster, countKinds(kindsIn(cluster))[0]![0]]);
  await writeFile(table, stringify([["cluster", "region"], ...rows]));
  await osteon(["atlas", "label", table, "--home", home]);
  return { clusters, splits };
};
