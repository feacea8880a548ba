/** System 4, the precedents: train, build the index, link, evaluate. */

export { type ExplainedLayer, explainedLayers } from "../../explain/residual-layers.ts";
export { modelName, outcomesName } from "./artefacts.ts";
export { type BuildReport, buildIndex, modelOf, newestModel } from "./build.ts";
export { ClassExplainer, type ClassExplanation, type ImageExplanation } from "./class-explainer.ts";
export { CodedArchive, type Shard } from "./coded-archive.ts";
export { compareEvaluations } from "./compare-evaluations.ts";
export {
  defaultK,
  epochsFor,
  type PrecedentsSettings,
  type PresetName,
  presets,
  type Target,
  targets,
} from "./config.ts";
export { describeBackground, describeRecords, percent } from "./describe-link.ts";
export { embedArchive } from "./embed-archive.ts";
export { Embedder } from "./embedder.ts";
export { type EvaluationReport, evaluatePrecedents, evaluateSystem } from "./evaluate.ts";
export { type EvaluationOutcome, readOutcomes } from "./evaluation-outcomes.ts";
export { type EvaluatedFigure, type EvaluatedLabel, mainFigure } from "./evaluation-scores.ts";
export { type FeatureWork, featuresOf, type SeenFeatures } from "./features/features-of.ts";
export type { Sight } from "./features/sight.ts";
export { withKeys } from "./features/sight.ts";
export { type HelpReport, helpIndex } from "./help-index.ts";
export { cropLesion, isInside, type LesionBox, lesionBoxes } from "./lesion-crop.ts";
export { disclaimer, type LinkPageContent, linkPage, type PageRadiograph } from "./link-page.ts";
export { type LinkNeighbour, type LinkResult, type LinkVote, verdictOf } from "./link-result.ts";
export type { ModelCard, PrecedentsModel } from "./model.ts";
export { type Link, Linker, type LinkOptions } from "./predict.ts";
export { cropKinds, type StudyPresetName, studyPresets } from "./study/config.ts";
export { runStudy, type StudyOptions, type StudyReport, studySystem } from "./study/run-study.ts";
export { parseStudyPlan, readStudyPlan, type StudyPlan, type StudyPlanInput } from "./study/study-plan.ts";
export { testRules } from "./study/study-split.ts";
export { type StudyTable, studyTables, tablesAsText } from "./study/study-tables.ts";
export { reportName as studyReportName } from "./study/write-report.ts";
export { mostHeldOut, type TrainOptions, type TrainReport, trainPrecedents, trainSystem } from "./train.ts";
