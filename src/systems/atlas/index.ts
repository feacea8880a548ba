/** System 3, the atlas: the archive in clusters, and readers' labels of them. */

export { type ClusterOptions, type ClusterReport, clusterArchive, clusterSystem } from "./build.ts";
export { exportLabels, type LabelReport, labelFromTable } from "./labels-table.ts";
export {
  agreements,
  countSettled,
  discloseAll,
  labelsByName,
  loadReadings,
  progressOfReaders,
  type Readings,
  readerOf,
  showClusters,
  showDisagreements,
} from "./readings.ts";
export { type WeakLabel, weakLabels } from "./weak-labels.ts";
