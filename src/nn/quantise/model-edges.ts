/** Who makes and who reads each tensor of a model, and which nodes hold weights: what rewriting a model asks about. */

import type { OnnxInitializer, OnnxModel, OnnxNode } from "../../onnx/model.ts";

/** The edges of a model's graph. */
export interface ModelEdges {
  /** The node that makes a tensor; none for inputs and constants. */
  readonly producer: (tensor: string) => OnnxNode | undefined;
  /** The nodes that read a tensor, once for each time they do. */
  readonly consumers: (tensor: string) => readonly OnnxNode[];
  readonly constant: (tensor: string) => OnnxInitializer | undefined;
  /** Whether the model gives the tensor out. */
  readonly isOutput: (tensor: string) => boolean;
}

export const edgesOf = ({ nodes, outputs, initializers }: OnnxModel): ModelEdges => {
  const producers = new Map(nodes.flatMap((node) => node.outputs.map((output) => [output, node] as const)));
  const consumers = Map.groupBy(
    nodes.flatMap((node) => node.inputs.map((input) => ({ input, node }))),
    ({ input }) => input,
  );
  const constants = new Map(initializers.map((constant) => [constant.name, constant]));
  const given = new Set(outputs.map(({ name }) => name));
  return {
    producer: (tensor) => producers.get(tensor),
    consumers: (tensor) => consumers.get(tensor)?.map(({ node }) => node) ?? [],
    constant: (tensor) => constants.get(tensor),
    isOutput: (tensor) => given.has(tensor),
  };
};

/** The model without constants that no node reads. */
export const withoutUnusedConstants = (model: OnnxModel): OnnxModel => {
  const used = new Set([...model.nodes.flatMap(({ inputs }) => inputs), ...model.outputs.map(({ name }) => name)]);
  return { ...model, initializers: model.initializers.filter(({ name }) => used.has(name)) };
};

/** Whether a node is a two-dimensional convolution with constant weights [K, C, kh, kw] and, if any, a constant bias [K]. */
export const isConvolution = (node: OnnxNode, edges: ModelEdges): boolean =>
  node.type === "Conv" && hasConstantWeights(node, 4, edges);

/** Whether a node is x W^T + b, as linear layers are written, with constant weights [K, F] and, if any, a constant bias [K]. */
export const isLinear = (node: OnnxNode, edges: ModelEdges): boolean => {
  const { transA, transB, alpha, beta } = node.attributes;
  const isPlain = !transA?.value && transB?.value === 1 && (alpha?.value ?? 1) === 1 && (beta?.value ?? 1) === 1;
  return node.type === "Gemm" && isPlain && hasConstantWeights(node, 2, edges);
};

const hasConstantWeights = ({ inputs }: OnnxNode, rank: number, edges: ModelEdges): boolean => {
  const [x, weight, ...bias] = inputs.map(edges.constant);
  const isBias = (constant: OnnxInitializer | undefined): boolean =>
    constant?.type === "float32" && constant.shape.join() === String(weight?.shape[0]);
  return !x && weight?.type === "float32" && weight.shape.length === rank && bias.every(isBias);
};
