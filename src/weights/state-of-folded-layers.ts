/**
 * Weights whose batch normalisations were folded into their convolutions, as TensorFlow Lite has them, for a network that
 * still has both: the convolution takes the kernel, the normalisation keeps the bias and changes nothing else.
 */

import { sizeOf } from "../engine/shape-rules.ts";
import { type FloatTensor, floatTensor, type StateDict } from "../engine/tensor.ts";
import { OsteonError } from "../errors.ts";
import type { StateSpec } from "../nn/scope.ts";
import type { FoldedLayer } from "./tflite.ts";

/** The epsilon of the network's batch normalisations. */
export interface FoldedOptions {
  /** 1e-3, TensorFlow's. */
  readonly eps?: number;
}

/**
 * The state of a network of convolutions, each with a bias or followed by a batch normalisation, and fully connected layers.
 * Layers are told apart by their order alone, and checked by their shapes. A batch normalisation becomes: weight 1,
 * bias the folded bias, running mean 0, running variance 1 - eps.
 *
 * @param specs of the network, by `stateSpecs`, in the order of its construction
 * @param layers as `tfliteLayers` gives them, in the order of their use
 * @throws OsteonError `shape-mismatch` when the network has more or fewer layers, or one of another shape
 */
export const stateOfFoldedLayers = (
  specs: readonly StateSpec[],
  layers: readonly FoldedLayer[],
  { eps = 1e-3 }: FoldedOptions = {},
): StateDict => {
  const isKernel = ({ shape }: StateSpec): boolean => shape.length > 1;
  const count = specs.filter(isKernel).length;
  if (count !== layers.length) {
    throw new OsteonError("shape-mismatch", `The network has ${count} layers with weights, the file ${layers.length}.`);
  }
  let used = 0;
  return new Map(
    specs.map((spec): [string, FloatTensor] => {
      if (isKernel(spec)) used += 1;
      const layer = layers[used - 1];
      if (!layer)
        throw new OsteonError("shape-mismatch", `The network begins with "${spec.name}", before any convolution.`);
      return [spec.name, tensorFor(spec, { layer, eps })];
    }),
  );
};

const tensorFor = (spec: StateSpec, { layer, eps }: { layer: FoldedLayer; eps: number }): FloatTensor => {
  const { name, shape } = spec;
  if (shape.length > 1) return shaped(spec, layer.weight, layer.name);
  if (name.endsWith("bias")) return shaped(spec, layer.bias, layer.name);
  const value = name.endsWith("running_mean") ? 0 : name.endsWith("running_var") ? 1 - eps : 1;
  return floatTensor(shape, new Float32Array(sizeOf(shape)).fill(value));
};

/** A fully connected layer may be stored as a 1 x 1 convolution. */
const shaped = ({ name, shape }: StateSpec, { shape: found, data }: FloatTensor, source: string): FloatTensor => {
  const withoutWindow = found.length === 4 && shape.length === 2 && found[2] === 1 && found[3] === 1;
  if ((withoutWindow ? found.slice(0, 2) : found).join() === shape.join()) return floatTensor(shape, data);
  throw new OsteonError(
    "shape-mismatch",
    `"${name}" has shape [${shape.join(", ")}] and the file's layer ${JSON.stringify(source)} [${found.join(", ")}].`,
  );
};
