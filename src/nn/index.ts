/**
 * `osteon/nn`: build, train and export networks from TypeScript, on ONNX Runtime. Knows nothing of medicine.
 *
 * @module
 */

export {
  compareGradients,
  type GradientCase,
  type GradientComparison,
  worstGradientError,
} from "../engine/finite-differences.ts";
export { type GradientOptions, gradients } from "../engine/gradients.ts";
export { Graph, type Value } from "../engine/graph.ts";
export * as ops from "../engine/ops.ts";
export { type AdamOptions, adam, adamW, type Optimiser, type SgdOptions, sgd } from "../engine/optimisers.ts";
export { type Provider, providers } from "../engine/providers.ts";
export { decodeSafetensors, encodeSafetensors, type SafetensorsFile } from "../engine/safetensors.ts";
export { Session, type SessionOptions, type Tensors } from "../engine/session.ts";
export { type FloatTensor, floatTensor, labelTensor, type StateDict, type Tensor } from "../engine/tensor.ts";
export { decodeModel } from "../onnx/decode-model.ts";
export { encodeModel } from "../onnx/encode-model.ts";
export type { OnnxInitializer, OnnxModel, OnnxNode, OnnxValue } from "../onnx/model.ts";
export { type AttentionOptions, scaledDotProductAttention, selfAttention } from "./attention.ts";
export { type BatchNormalisationOptions, batchNormalisation } from "./batch-normalisation.ts";
export { dropout, stochasticDepth } from "./dropout.ts";
export { EarlyStopping, type EarlyStoppingOptions } from "./early-stopping.ts";
export * as initialisers from "./initialisers.ts";
export { type InstanceNormalisationOptions, instanceNormalisation } from "./instance-normalisation.ts";
export { type LayerNormalisationOptions, layerNormalisation } from "./layer-normalisation.ts";
export {
  type ConvolutionOptions,
  convolution,
  embedding,
  type LinearOptions,
  linear,
  type TransposedConvolutionOptions,
  transposedConvolution,
} from "./layers.ts";
export { type LoadOptions, loadStateDict } from "./load-state-dict.ts";
export {
  type BinaryCrossEntropyOptions,
  binaryCrossEntropy,
  type CrossEntropyOptions,
  crossEntropy,
  type DiceOptions,
  diceLoss,
  type FocalOptions,
  focalLoss,
} from "./losses.ts";
export {
  exportOnnx,
  type InferenceOptions,
  inferenceModel,
  inferenceSession,
  initialState,
  type Network,
  stateSpecs,
} from "./network.ts";
export { classification, type Objective, segmentation } from "./objective.ts";
export { rowCosines, sameLargest } from "./quantise/agreement.ts";
export { type QuantisationOptions, quantiseModel } from "./quantise/quantise-model.ts";
export { cosineLr, type Schedule, stepLr, warmUp } from "./schedules.ts";
export { type Initialiser, type NetworkContext, type NoiseSpec, Scope, type StateSpec } from "./scope.ts";
export type { TrainGraphOptions } from "./train-graph.ts";
export { type Batch, type StepResult, TrainStep, type TrainStepOptions } from "./train-step.ts";
