/**
 * `osteon/nn`: build, train and export networks from TypeScript, on ONNX Runtime. Knows nothing of medicine.
 *
 * @module
 */

export { compareGradients, type GradientCase, worstGradientError } from "../engine/finite-differences.ts";
export { gradients } from "../engine/gradients.ts";
export { Graph, type Value } from "../engine/graph.ts";
export * as ops from "../engine/ops.ts";
export { type AdamWOptions, adamW, type Optimiser, type SgdOptions, sgd } from "../engine/optimisers.ts";
export { decodeSafetensors, encodeSafetensors, type SafetensorsFile } from "../engine/safetensors.ts";
export { Session, type SessionOptions } from "../engine/session.ts";
export { type FloatTensor, floatTensor, labelTensor, type StateDict, type Tensor } from "../engine/tensor.ts";
export { decodeModel } from "../onnx/decode-model.ts";
export { encodeModel } from "../onnx/encode-model.ts";
export { type BatchNormalisationOptions, batchNormalisation } from "./batch-normalisation.ts";
export { type ConvolutionOptions, convolution, linear } from "./layers.ts";
export { type CrossEntropyOptions, crossEntropy } from "./losses.ts";
export {
  exportOnnx,
  type InferenceOptions,
  inferenceModel,
  inferenceSession,
  initialState,
  type Network,
  stateSpecs,
} from "./network.ts";
export { Scope, type StateSpec } from "./scope.ts";
export { type Batch, type StepResult, TrainStep, type TrainStepOptions } from "./train-step.ts";
