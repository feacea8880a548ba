/** What the radiographs of a clustering show, as readers said it of their clusters: labels that cost one look for many, and err. */

import { type ClusterLabel, settledLabel } from "../../clinic/atlas/fold-actions.ts";
import type { ImageId } from "../../clinic/ids.ts";
import { type Home, listMemberDecisions, readClusters } from "../../store/index.ts";
import { loadReadings } from "./readings.ts";

/** What a radiograph got from its cluster. */
export interface WeakLabel {
  readonly cluster: number;
  /** A region's name, or `discard`. */
  readonly label: ClusterLabel;
}

/**
 * The label of every radiograph whose cluster's label is settled; those of clusters that nobody labelled or that readers dispute
 * have none. Nor has one that a reader told apart from its cluster.
 */
export const weakLabels = async (
  { database }: Pick<Home, "database">,
  clustering: string,
): Promise<Map<ImageId, WeakLabel>> => {
  const { byCluster } = await loadReadings(database, clustering);
  const apart = new Set(
    (await listMemberDecisions(database, clustering))
      .filter(({ verdict }) => verdict === "apart")
      .map(({ cluster, image }) => `${cluster} ${image}`),
  );
  const labels = new Map<ImageId, WeakLabel>();
  for (const { cluster, members } of await readClusters(database, clustering)) {
    const reading = byCluster.get(cluster);
    const label = reading ? settledLabel(reading) : null;
    if (label === null) continue;
    for (const { image } of members) if (!apart.has(`${cluster} ${image}`)) labels.set(image, { cluster, label });
  }
  return labels;
};
