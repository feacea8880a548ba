/** System 2, transfer: pretraining by cluster numbers, and what it is worth on a small task. */

export {
  epochsFor,
  type TransferPresetName,
  type TransferSettings,
  transferPresets,
  withDownstream,
  withNetwork,
} from "./config.ts";
export {
  type EvaluateTransferOptions,
  evaluateTransfer,
  evaluateTransferSystem,
  type TransferReport,
} from "./evaluate.ts";
export { modelCardName } from "./model-card.ts";
export { imagesNamedIn } from "./named-images.ts";
export { type PretrainOptions, type PretrainReport, pretrainNetwork, pretrainSystem } from "./pretrain.ts";
export { pretrainedName } from "./pretrained-file.ts";
export { findPretrained } from "./starting-weights.ts";
export { patientsOfClasses, type TransferTarget, transferTargets } from "./task.ts";
