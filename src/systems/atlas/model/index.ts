/** The model of the regions: trained from readers' labels of clusters, sorting files and the archive. */

export { AtlasExplainer } from "./atlas-explainer.ts";
export { type AtlasCard, atlasModelName } from "./atlas-model.ts";
export { type AtlasOutcome, atlasOutcomesName, readAtlasOutcomes, sortedLabel } from "./atlas-outcomes.ts";
export { type AtlasFigure, atlasScoresOf, mainAtlasFigure } from "./atlas-scores.ts";
export { fingerprintOf, type Lesson, lessonsOf, problemOfLessons, regionsOf } from "./lessons.ts";
export { RegionSorter, type SortedPicture } from "./region-sorter.ts";
export { newestAtlasRun, type SortOptions, type SortReport, sortAfterImport, sortArchive } from "./sort-archive.ts";
export { FileSorter, type SortedFile } from "./sort-files.ts";
export { type TrainAtlasOptions, type TrainAtlasReport, trainAtlas, trainAtlasSystem } from "./train-atlas.ts";
export { type AtlasPresetName, atlasPresets } from "./training-settings.ts";
export { type AtlasView, viewOf } from "./view-of.ts";
