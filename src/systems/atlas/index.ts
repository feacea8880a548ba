/** System 3, the atlas: the archive in clusters, and readers' labels of them. */

export { type ClusterReport, clusterArchive, clusterSystem } from "./build.ts";
export {
  type ClusterFeatures,
  type DeepClusterCard,
  type DeepClusterModel,
  readClusterFeatures,
  readDeepCluster,
} from "./cluster-files.ts";
export { type ClusterNetwork, type ClusterNetworkName, clusterNetworkNames } from "./cluster-network.ts";
export type { ClusterOptions, DeepClusterPlan } from "./cluster-options.ts";
export { candidatesFor, clusteringPresets, learningFor, settingsFor } from "./config.ts";
export { embedIntoClusters } from "./embed-into-clusters.ts";
export {
  type AtlasGuide,
  type GuideOptions,
  guideAtlas,
  type LabellingProgress,
  previewSplit,
  type ShownGuide,
  showGuide,
  splitClusterInParts,
} from "./guide/index.ts";
export { exportLabels, type LabelReport, labelFromTable } from "./labels-table.ts";
export {
  type AtlasCard,
  AtlasExplainer,
  type AtlasFigure,
  type AtlasOutcome,
  type AtlasPresetName,
  atlasModelName,
  atlasOutcomesName,
  atlasPresets,
  atlasScoresOf,
  FileSorter,
  fingerprintOf,
  type Lesson,
  lessonsOf,
  mainAtlasFigure,
  newestAtlasRun,
  problemOfLessons,
  RegionSorter,
  readAtlasOutcomes,
  regionsOf,
  type SortedFile,
  type SortReport,
  sortAfterImport,
  sortArchive,
  sortedLabel,
  type TrainAtlasReport,
  trainAtlas,
  trainAtlasSystem,
} from "./model/index.ts";
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
