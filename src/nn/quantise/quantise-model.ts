/**
 * Static quantisation after training: a model in floats to one that computes in eight-bit integers (Jacob et al., 2018;
 * Krishnamoorthi, 2018). It is written in ONNX's QDQ form: each integer tensor is a QuantizeLinear followed by a
 * DequantizeLinear, so the file says exactly what is rounded where and any runtime can run it in floats; ONNX Runtime
 * fuses the operators between such pairs to QLinearConv, QGemm and their like.
 */

import type { Tensors } from "../../engine/session.ts";
import { OsteonError } from "../../errors.ts";
import { floatsOf, initializer } from "../../onnx/initializer.ts";
import type { OnnxInitializer, OnnxModel, OnnxNode } from "../../onnx/model.ts";
import { foldBatchNormalisation } from "./fold-batch-normalisation.ts";
import { type ActivationScale, activationScale, integerWeights } from "./int8.ts";
import { planInt8, readsGivenLayer } from "./int8-plan.ts";
import { edgesOf, type ModelEdges, withoutUnusedConstants } from "./model-edges.ts";
import { observeRanges } from "./ranges.ts";

/** How a model is quantised. */
export interface QuantisationOptions {
  /** Sample batches by the model's input names; some tens of typical pictures, prepared as for use, give the scales. */
  readonly calibration: readonly Tensors[];
  /**
   * Whether weights take -64 to 64 instead of -127 to 127; true by default. On processors with AVX2 but without VNNI, ONNX
   * Runtime adds two products of eight bits in 16, which cuts off large sums: there a model with the full range gives
   * wrong results (unless the session is told `session.x64quantprecision`). ONNX Runtime's own tool has the full range by
   * default and recommends the reduced one for such processors.
   */
  readonly reduceRange?: boolean;
}

/**
 * The model in eight-bit integers; its inputs and outputs stay as they are, in floats.
 *
 * @throws OsteonError `bad-usage` without a calibration batch, `shape-mismatch` for a batch that the model does not take,
 *   `bad-input` where a calibration batch makes values that are not finite, `unsupported` for a model of an operator set
 *   before 13, or without a layer to quantise
 * @example
 * const model = inferenceModel(network, { inputShape, state });
 * const small = await quantiseModel(model, { calibration: batches.map((x) => ({ x })) });
 */
export const quantiseModel = async (
  model: OnnxModel,
  { calibration, reduceRange = true }: QuantisationOptions,
): Promise<OnnxModel> => {
  const version = model.operatorSets[""] ?? 0;
  if (version < 13)
    throw new OsteonError(
      "unsupported",
      `A model must use ONNX operator set 13 or later to be quantised, not ${version}.`,
    );
  const folded = foldBatchNormalisation(model);
  const { weighted, tensors } = planInt8(folded);
  if (weighted.size === 0) {
    throw new OsteonError(
      "unsupported",
      "The model has no convolution or linear layer with constant weights to quantise.",
    );
  }
  const observed = [...new Set(tensors.values())];
  const ranges = await observeRanges(folded, observed, calibration);
  const scales = new Map(observed.map((tensor) => [tensor, activationScale(ranges.get(tensor)!)]));

  const edges = edgesOf(folded);
  const constants = [zero, ...observed.flatMap((tensor) => scaleConstants(tensor, scales.get(tensor)!))];
  const realName = (tensor: string): string => (tensors.has(tensor) ? `${tensor}:real` : tensor);
  const pairsOf = (made: readonly string[]): OnnxNode[] =>
    made.filter((tensor) => tensors.has(tensor)).flatMap((tensor) => roundingPair(tensor, tensors.get(tensor)!));

  const nodes = pairsOf(folded.inputs.map(({ name }) => name));
  for (const node of folded.nodes) {
    const inputs = node.inputs.map(realName);
    if (weighted.has(node)) {
      const inputScale = scales.get(tensors.get(node.inputs[0]!)!)!.scale;
      const layer = integerLayer(node, edges, { inputScale, largest: reduceRange ? 64 : 127 });
      constants.push(...layer.constants);
      nodes.push(...layer.nodes);
      inputs.splice(1, 2, layer.weight, layer.bias);
    }
    const isBehindGiven = node.type === "Relu" && readsGivenLayer(node, { weighted, edges });
    nodes.push(isBehindGiven ? maximumWithZero(node) : { ...node, inputs }, ...pairsOf(node.outputs));
  }
  return withoutUnusedConstants({ ...folded, nodes, initializers: [...folded.initializers, ...constants] });
};

const zero = initializer({ name: "relu:zero", type: "float32", shape: [] }, Float32Array.of(0));

/**
 * A ReLU by another name, behind a layer whose own result is given out as well: features before their ReLU, say. ONNX
 * Runtime would take a ReLU for a part of the layer and run it in floats.
 */
const maximumWithZero = ({ inputs: [x], outputs: [y] }: OnnxNode): OnnxNode => operator("Max", [x!, zero.name], y!);

const scaleConstants = (tensor: string, { scale, zeroPoint }: ActivationScale): OnnxInitializer[] => [
  initializer({ name: `${tensor}:scale`, type: "float32", shape: [] }, Float32Array.of(scale)),
  initializer({ name: `${tensor}:zero_point`, type: "uint8", shape: [] }, Uint8Array.of(zeroPoint)),
];

/** Rounds `tensor` to integers and gives `tensor:real`, by the scale of the tensor `scaled`. */
const roundingPair = (tensor: string, scaled: string): OnnxNode[] => {
  const scale = [`${scaled}:scale`, `${scaled}:zero_point`];
  return [
    operator("QuantizeLinear", [tensor, ...scale], `${tensor}:uint8`),
    operator("DequantizeLinear", [`${tensor}:uint8`, ...scale], `${tensor}:real`),
  ];
};

interface IntegerLayer {
  readonly constants: readonly OnnxInitializer[];
  readonly nodes: readonly OnnxNode[];
  /** The names of the weights and of the bias as floats that the integers stand for. */
  readonly weight: string;
  readonly bias: string;
}

/** The constants of a convolution or linear layer in integers, with a scale for each output channel. */
const integerLayer = (
  { inputs, outputs: [output] }: OnnxNode,
  edges: ModelEdges,
  options: { readonly inputScale: number; readonly largest: number },
): IntegerLayer => {
  const { shape } = edges.constant(inputs[1]!)!;
  const perChannel = [shape[0]!];
  const before = inputs[2] ? floatsOf(edges.constant(inputs[2])!) : new Float32Array(shape[0]!);
  const { scales, weight, bias } = integerWeights(floatsOf(edges.constant(inputs[1]!)!), before, options);
  const name = (part: string): string => `${output}:${part}`;
  const dequantise = (part: string): OnnxNode => ({
    ...operator(
      "DequantizeLinear",
      ["", "_scale", "_zero_point"].map((end) => name(part + end)),
      name(`${part}:real`),
    ),
    attributes: { axis: { kind: "int", value: 0 } },
  });
  return {
    constants: [
      initializer({ name: name("weight:int8"), type: "int8", shape }, weight),
      initializer({ name: name("weight:int8_scale"), type: "float32", shape: perChannel }, scales),
      initializer({ name: name("weight:int8_zero_point"), type: "int8", shape: perChannel }, new Int8Array(shape[0]!)),
      initializer({ name: name("bias:int32"), type: "int32", shape: perChannel }, bias),
      initializer(
        { name: name("bias:int32_scale"), type: "float32", shape: perChannel },
        scales.map((scale) => scale * options.inputScale),
      ),
      initializer({ name: name("bias:int32_zero_point"), type: "int32", shape: perChannel }, new Int32Array(shape[0]!)),
    ],
    nodes: [dequantise("weight:int8"), dequantise("bias:int32")],
    weight: name("weight:int8:real"),
    bias: name("bias:int32:real"),
  };
};

const operator = (type: string, inputs: readonly string[], output: string): OnnxNode => ({
  type,
  domain: "",
  inputs,
  outputs: [output],
  attributes: {},
});
