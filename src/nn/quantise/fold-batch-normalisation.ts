/**
 * Batch normalisation in use is an affine map per channel; behind a convolution or a linear layer it is folded into their
 * weights, so that there is one operator left to quantise (Jacob et al., 2018, "Quantization and Training of Neural
 * Networks for Efficient Integer-Arithmetic-Only Inference", section 3.2).
 */

import { floatsOf, initializer } from "../../onnx/initializer.ts";
import type { OnnxInitializer, OnnxModel, OnnxNode } from "../../onnx/model.ts";
import { edgesOf, isConvolution, isLinear, type ModelEdges, withoutUnusedConstants } from "./model-edges.ts";

/** The same model with every batch normalisation folded away that follows a convolution or linear layer alone. */
export const foldBatchNormalisation = (model: OnnxModel): OnnxModel => {
  const edges = edgesOf(model);
  const added: OnnxInitializer[] = [];
  const folded = new Map<OnnxNode, OnnxNode>(); // the normalisation, and the operator that stands in its place
  for (const node of model.nodes) {
    const operator = operatorBefore(node, edges);
    if (!operator) continue;
    const { weight, bias } = foldedWeights(operator, node, edges);
    added.push(weight, bias);
    folded.set(node, { ...operator, inputs: [operator.inputs[0]!, weight.name, bias.name], outputs: node.outputs });
  }
  const replaced = new Set([...folded.keys()].map((node) => edges.producer(node.inputs[0]!)!));
  const nodes = model.nodes.filter((node) => !replaced.has(node)).map((node) => folded.get(node) ?? node);
  return withoutUnusedConstants({ ...model, nodes, initializers: [...model.initializers, ...added] });
};

/** The operator whose weights can take a normalisation in, if there is one. */
const operatorBefore = (node: OnnxNode, edges: ModelEdges): OnnxNode | undefined => {
  const [x, ...statistics] = node.inputs;
  if (node.type !== "BatchNormalization" || !statistics.every(edges.constant)) return undefined;
  const before = edges.producer(x!);
  const isAlone = edges.consumers(x!).length === 1 && !edges.isOutput(x!);
  return before && isAlone && (isConvolution(before, edges) || isLinear(before, edges)) ? before : undefined;
};

/** With s = gamma / sqrt(variance + eps): weights W s, and bias (b - mean) s + beta, both [K, ...]. */
const foldedWeights = (
  operator: OnnxNode,
  normalisation: OnnxNode,
  edges: ModelEdges,
): { weight: OnnxInitializer; bias: OnnxInitializer } => {
  const constant = (name: string): OnnxInitializer => edges.constant(name)!;
  const [gamma, beta, mean, variance] = normalisation.inputs.slice(1).map((name) => floatsOf(constant(name)));
  const epsilon = (normalisation.attributes.epsilon?.value as number | undefined) ?? 1e-5;
  const scale = Float64Array.from(gamma!, (value, k) => value / Math.sqrt(variance![k]! + epsilon));
  const { shape } = constant(operator.inputs[1]!);
  const weight = floatsOf(constant(operator.inputs[1]!));
  const perChannel = weight.length / shape[0]!;
  const before = operator.inputs[2] ? floatsOf(constant(operator.inputs[2])) : new Float32Array(shape[0]!);
  const [output] = normalisation.outputs;
  return {
    weight: initializer(
      { name: `${output}:weight`, type: "float32", shape },
      weight.map((value, i) => value * scale[Math.floor(i / perChannel)]!),
    ),
    bias: initializer(
      { name: `${output}:bias`, type: "float32", shape: [shape[0]!] },
      before.map((value, k) => (value - mean![k]!) * scale[k]! + beta![k]!),
    ),
  };
};
