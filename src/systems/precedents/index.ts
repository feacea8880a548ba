/** System 4, the precedents: train, build the index, link, evaluate. */

export { type BuildReport, buildIndex } from "./build.ts";
export { defaultK, type PrecedentsSettings, type PresetName, presets, type Target, targets } from "./config.ts";
export { type EvaluatedFigure, type EvaluationReport, evaluatePrecedents } from "./evaluate.ts";
export { disclaimer, type LinkPageContent, linkPage, type PageRadiograph } from "./link-page.ts";
export { type LinkNeighbour, type LinkResult, type LinkVote, verdictOf } from "./link-result.ts";
export { type Link, Linker, type LinkOptions } from "./predict.ts";
export { type TrainOptions, type TrainReport, trainPrecedents } from "./train.ts";
