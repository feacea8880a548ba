/** A clustering in a home of radiographs whose regions are known (grouped-radiographs.ts), with its features kept. */

import { continueOrCreateRun, type Home, insertBatch, writeClustering } from "../../src/store/index.ts";
import { encodeClusterFeatures, featuresName } from "../../src/systems/atlas/cluster-files.ts";
import type { GuideData } from "../../src/systems/atlas/guide/guide-data.ts";
import { storedImage } from "./stored-image.ts";

/**
 * Puts the radiographs in a home and clusters them.
 *
 * @param rowsOf the rows of each cluster, which is numbered by its place from 1
 * @returns the run
 */
export const writeGroupedClustering = async (
  home: Home,
  { features, images, patients }: Pick<GuideData, "features" | "images" | "patients">,
  rowsOf: readonly (readonly number[])[],
): Promise<string> => {
  const stored = images.map((id, row) => storedImage(id, { id, patient: patients[row]! }));
  await insertBatch(home.database, { images: stored, duplicates: [], quarantined: [] });
  const { run } = await continueOrCreateRun(home.database, { system: "atlas/cluster", settings: {}, fingerprint: "f" });
  await writeClustering(home.database, run.id, {
    at: new Date("2026-01-03T03:04:05Z"),
    clusters: rowsOf.map((rows, i) => ({
      cluster: i + 1,
      members: rows.map((row, rank) => ({ image: images[row]!, distance: rank, outlier: false })),
    })),
  });
  const { columns } = features;
  const axes = { rows: 1, columns, values: new Float64Array(columns) };
  const components = { mean: new Float64Array(columns), variances: new Float64Array(1), axes };
  const bytes = encodeClusterFeatures({ madeBy: run.id, images, features, components });
  await home.files.writeArtefact(run.id, featuresName, bytes);
  return run.id;
};
