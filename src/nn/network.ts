/** A network as a function from an input tensor to named outputs, and its graphs for use and for export. */

import { Graph, type Value } from "../engine/graph.ts";
import { Session, type SessionOptions } from "../engine/session.ts";
import { type FloatTensor, floatTensor, type StateDict } from "../engine/tensor.ts";
import { OsteonError } from "../errors.ts";
import { Random } from "../numeric/random.ts";
import { encodeModel } from "../onnx/encode-model.ts";
import type { OnnxModel } from "../onnx/model.ts";
import { Scope, type StateSpec } from "./scope.ts";

/** Builds the network on `x`, [N, C, H, W] or a table [N, F]; the same function serves training, inference and export. */
export type Network<Output extends string = string> = (scope: Scope, x: Value) => Readonly<Record<Output, Value>>;

/**
 * The tensors that a network keeps, parameters and buffers, in the order of its construction.
 *
 * @throws OsteonError whatever the network throws on an input of this shape
 */
export const stateSpecs = (network: Network, inputShape: readonly number[]): readonly StateSpec[] => {
  const graph = new Graph();
  const specs: StateSpec[] = [];
  const resolve = (spec: StateSpec): Value => {
    specs.push(spec);
    return graph.input(spec.name, spec.shape);
  };
  network(new Scope({ graph, training: false, resolve, bufferUpdates: new Map() }), graph.input("x", inputShape));
  return specs;
};

/**
 * New tensors for a network; each depends on the seed and its own name only, so adding a layer changes no other.
 *
 * @example
 * const fresh = initialState(stateSpecs(network, inputShape), 1);
 */
export const initialState = (specs: readonly StateSpec[], seed: number): StateDict =>
  new Map(
    specs.map(({ name, shape, initialise }) => [
      name,
      floatTensor(shape, initialise(shape, new Random(seed, "initialise", name))),
    ]),
  );

/** The tensor of a state dict behind a spec, checked for its shape. */
export const stateTensor = (state: StateDict, spec: Pick<StateSpec, "name" | "shape">): FloatTensor => {
  const tensor = state.get(spec.name);
  if (!tensor) throw new OsteonError("shape-mismatch", `The weights lack "${spec.name}".`, { name: spec.name });
  if (tensor.shape.join() !== spec.shape.join()) {
    const shapes = `[${tensor.shape.join(", ")}] instead of [${spec.shape.join(", ")}]`;
    throw new OsteonError("shape-mismatch", `The weights hold "${spec.name}" with shape ${shapes}.`, {
      name: spec.name,
    });
  }
  return tensor;
};

/** What a deployable model is made of. */
export interface InferenceOptions {
  /** [N, C, H, W] or [N, F]; the model takes inputs of this shape only. */
  readonly inputShape: readonly number[];
  /** Every parameter and buffer of the network; others are passed over. */
  readonly state: StateDict;
  /** Free text that is written into the file. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/**
 * The network with its weights inside, ready to be saved as `.onnx`: input `x`, the network's outputs by their names.
 * Constants let the runtime fold batch normalisation into the convolutions.
 *
 * @throws OsteonError `shape-mismatch` when the state lacks a tensor or holds one of another shape
 */
export const inferenceModel = (network: Network, { inputShape, state, metadata = {} }: InferenceOptions): OnnxModel => {
  const graph = new Graph();
  const resolve = (spec: StateSpec): Value => graph.initializer(spec.name, spec.shape, stateTensor(state, spec).data);
  const outputs = network(
    new Scope({ graph, training: false, resolve, bufferUpdates: new Map() }),
    graph.input("x", inputShape),
  );
  return graph.toModel(outputs, metadata);
};

/**
 * The bytes of the network's deployable `.onnx` file: ONNX operator set 21 and, where matrices are multiplied transposed, as in
 * attention, ONNX Runtime's own FusedMatMul.
 *
 * @throws OsteonError `shape-mismatch` as {@link inferenceModel}
 * @example
 * await writeFile("network.onnx", exportOnnx(network, { inputShape, state }));
 */
export const exportOnnx = (network: Network, options: InferenceOptions): Uint8Array =>
  encodeModel(inferenceModel(network, options));

/**
 * Compiles a network with its weights for use.
 *
 * @throws OsteonError `shape-mismatch` as {@link inferenceModel}
 * @example
 * const session = await inferenceSession(network, { inputShape, state });
 * const { features } = await session.run({ x });
 */
export const inferenceSession = (network: Network, options: InferenceOptions & SessionOptions): Promise<Session> =>
  Session.create(inferenceModel(network, options), options);
