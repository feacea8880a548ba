/** What guides the labelling of clusters. */

export { type AtlasGuide, type GuideOptions, guideAtlas } from "./guide-atlas.ts";
export type { LabellingProgress } from "./labelling-progress.ts";
export { type ShownGuide, showGuide } from "./show-guide.ts";
export { previewSplit, splitClusterInParts } from "./split-cluster.ts";
