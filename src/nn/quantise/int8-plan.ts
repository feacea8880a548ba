/** Which operators of a model are to work on eight-bit integers, and which tensors lie between them. */

import type { OnnxModel, OnnxNode } from "../../onnx/model.ts";
import { edgesOf, isConvolution, isLinear, type ModelEdges } from "./model-edges.ts";

/** What becomes integer. */
export interface Int8Plan {
  /** Convolutions and linear layers, whose weights become int8. */
  readonly weighted: ReadonlySet<OnnxNode>;
  /** The tensors that become uint8, each with the tensor whose scale it takes: itself, unless its values are moved only. */
  readonly tensors: ReadonlyMap<string, string>;
}

/**
 * Convolutions and linear layers with constant weights; and sums, concatenations, pools and reshapes between them where
 * everything that they read is integer already. What the model gives out is computed in floats to the end: eight bits
 * would hold 256 values of a logit or of a feature.
 */
export const planInt8 = (model: OnnxModel): Int8Plan => {
  const edges = edgesOf(model);
  const weighted = new Set<OnnxNode>();
  const tensors = new Map<string, string>();
  for (const node of model.nodes) {
    const [x] = node.inputs;
    const result = resultOf(node, edges);
    const isInside = node.outputs.length === 1 && !edges.isOutput(node.outputs[0]!) && !edges.isOutput(result);
    const becomesInteger = isInside && (isConvolution(node, edges) || joins(node, tensors) || moves(node, tensors));
    if (becomesInteger) tensors.set(result, moves(node, tensors) ? tensors.get(x!)! : result);
    const isLayer = isLinear(node, edges) || (isInside && isConvolution(node, edges));
    if (isLayer && !readsGivenLayer(node, { weighted, edges })) {
      weighted.add(node);
      if (!tensors.has(x!)) tensors.set(x!, x!);
    }
  }
  return { weighted, tensors };
};

type Tensors = ReadonlyMap<string, unknown>;

/** Whether a node puts integer tensors together. */
const joins = ({ type, inputs }: OnnxNode, integer: Tensors): boolean =>
  (type === "Add" || type === "Concat") && inputs.every((input) => integer.has(input));

/** Whether a node chooses or orders integers and computes none: what leaves it has the scale of what came in. */
const moves = ({ type, inputs: [x], attributes }: OnnxNode, integer: Tensors): boolean => {
  const isMoving =
    type === "MaxPool" || type === "Reshape" || (type === "Resize" && attributes.mode?.value === "nearest");
  return isMoving && integer.has(x!);
};

/** The tensor that is written in integers: behind the ReLU, where one follows alone, which saturation at 0 replaces. */
const resultOf = ({ outputs: [output] }: OnnxNode, edges: ModelEdges): string => {
  const [next, ...others] = edges.consumers(output!);
  return next?.type === "Relu" && others.length === 0 ? next.outputs[0]! : output!;
};

/**
 * Whether a node reads an integer layer's result that the model gives out too. ONNX Runtime runs such a layer in integers
 * only while no rounding and no ReLU follows it.
 */
export const readsGivenLayer = (
  { inputs: [x] }: OnnxNode,
  { weighted, edges }: { readonly weighted: ReadonlySet<OnnxNode>; readonly edges: ModelEdges },
): boolean => edges.isOutput(x!) && weighted.has(edges.producer(x!)!);
