/**
 * Matrix products of transposed matrices, for a provider without ONNX Runtime's own FusedMatMul: the transposed copy is
 * written. On the processor, where such a product would otherwise run, its operands would travel there and back; a weight
 * gradient's are many times as large as the pictures.
 */

import type { OnnxInitializer, OnnxModel, OnnxNode } from "../onnx/model.ts";

/** The model without FusedMatMul; those whose operands' shapes are not known stay. */
export const writeOutTranspositions = (model: OnnxModel): OnnxModel => {
  const scales = new Map<number, OnnxInitializer>();
  const nodes = model.nodes.flatMap((node) =>
    node.type === "FusedMatMul" ? writtenOut(node, { model, scales }) : node,
  );
  return { ...model, nodes, initializers: [...model.initializers, ...scales.values()] };
};

const writtenOut = (
  node: OnnxNode,
  { model, scales }: { model: OnnxModel; scales: Map<number, OnnxInitializer> },
): readonly OnnxNode[] => {
  const { inputs, outputs, attributes } = node;
  const [ranks, turned] = [
    inputs.map((name) => model.shapes?.get(name)?.length),
    [numberIn(attributes.transA, 0) === 1, numberIn(attributes.transB, 0) === 1],
  ];
  if (ranks.some((rank) => rank === undefined)) return [node];
  const output = outputs[0]!;
  const transpositions = inputs.flatMap((input, i) =>
    turned[i] ? [simple("Transpose", [input], `${output}.operand${i}`, lastTwoSwapped(ranks[i]!))] : [],
  );
  const operands = inputs.map((input, i) => (turned[i] ? `${output}.operand${i}` : input));
  const alpha = numberIn(attributes.alpha, 1);
  if (alpha === 1) return [...transpositions, simple("MatMul", operands, output)];
  if (!scales.has(alpha)) scales.set(alpha, scalar(`scale_of_products_${scales.size}`, alpha));
  return [
    ...transpositions,
    simple("MatMul", operands, `${output}.product`),
    simple("Mul", [`${output}.product`, scales.get(alpha)!.name], output),
  ];
};

const numberIn = (attribute: OnnxNode["attributes"][string] | undefined, otherwise: number): number =>
  attribute?.kind === "int" || attribute?.kind === "float" ? attribute.value : otherwise;

const lastTwoSwapped = (rank: number): OnnxNode["attributes"] => {
  const axes = Array.from({ length: rank }, (_, axis) => axis);
  return { perm: { kind: "ints", value: [...axes.slice(0, -2), rank - 1, rank - 2] } };
};

const simple = (
  type: string,
  inputs: readonly string[],
  output: string,
  attributes: OnnxNode["attributes"] = {},
): OnnxNode => ({ type, domain: "", inputs, outputs: [output], attributes });

const scalar = (name: string, value: number): OnnxInitializer => ({
  name,
  type: "float32",
  shape: [],
  data: new Uint8Array(Float32Array.of(value).buffer),
});
