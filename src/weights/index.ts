/**
 * `osteon/weights`: published weights from the files they come in - PyTorch, safetensors, ONNX, TensorFlow Lite. Nothing in a file
 * is ever executed.
 *
 * @module
 */

export { decodeOnnxWeights } from "./onnx.ts";
export { decodePytorch, type PytorchOptions } from "./pytorch.ts";
export { decodeWeights, readWeights, type Weights, type WeightsFormat } from "./read-weights.ts";
export { type FoldedOptions, stateOfFoldedLayers } from "./state-of-folded-layers.ts";
export { decodeTfliteWeights, type FoldedLayer, tfliteLayers } from "./tflite.ts";
