/**
 * Convolutions in blocks of channels. ONNX Runtime has convolutions for maps that lie in blocks of 8 or 16 channels (NCHWc),
 * and lays constant weights out for them when a session is made; weights that are fed, as in training, it leaves as they
 * are. Here the same is done within the graph: for the shapes where it pays, map and kernel are laid out in blocks, and the
 * result is laid out back (docs/decisions/008-blocked-convolutions.md).
 */

import { initializer } from "../onnx/initializer.ts";
import type { OnnxInitializer, OnnxModel, OnnxNode } from "../onnx/model.ts";
import { type FloatTensor, floatTensor, type Tensor } from "./tensor.ts";

const domain = "com.microsoft.nchwc";

/** Below this many positions of the result, laying out costs more than it gains. */
const fewestPositions = 196;

/** A convolution that gains, with the shapes of its kernel. */
interface Blockable {
  readonly outChannels: number;
  readonly inChannels: number;
  readonly taps: number;
}

const blockable = (model: OnnxModel, node: OnnxNode, block: number): Blockable | undefined => {
  if (node.type !== "Conv" || node.domain !== "" || node.attributes.group?.value !== 1) return undefined;
  const [x, w] = node.inputs.map((name) => model.shapes?.get(name));
  const y = model.shapes?.get(node.outputs[0]!);
  if (!x || !w || !y || w.length !== 4) return undefined;
  const [outChannels, inChannels, height, width] = w as [number, number, number, number];
  const taps = height * width;
  const isWorthIt = taps > 1 && y[2]! * y[3]! >= fewestPositions;
  return isWorthIt && outChannels % block === 0 && inChannels % block === 0
    ? { outChannels, inChannels, taps }
    : undefined;
};

/**
 * The same model with its convolutions of fed or computed kernels in blocks, where that is faster; others stay as they are.
 *
 * @param block channels in a block on this machine, see {@link channelBlock}; 1 leaves the model as it is
 */
export const blockConvolutions = (model: OnnxModel, block: number): OnnxModel => {
  if (block <= 1) return model;
  const constant = new Set(model.initializers.map(({ name }) => name));
  const shapes = new Map<string, OnnxInitializer>();
  const shape = (sizes: readonly number[]): string => {
    const name = `blocked_shape_${sizes.join("x")}`;
    shapes.set(name, initializer({ name, type: "int64", shape: [sizes.length] }, BigInt64Array.from(sizes, BigInt)));
    return name;
  };
  const nodes = model.nodes.flatMap((node): OnnxNode[] => {
    const found = constant.has(node.inputs[1]!) ? undefined : blockable(model, node, block);
    return found ? blocked(node, found, { block, shape }) : [node];
  });
  if (shapes.size === 0) return model;
  return {
    ...model,
    nodes,
    initializers: [...model.initializers, ...shapes.values()],
    operatorSets: { ...model.operatorSets, [domain]: 1 },
  };
};

interface Layout {
  readonly block: number;
  /** The name of a constant that holds a shape. */
  readonly shape: (sizes: readonly number[]) => string;
}

const blocked = (node: OnnxNode, kernel: Blockable, { block, shape }: Layout): OnnxNode[] => {
  const [x, w, ...bias] = node.inputs as [string, string];
  const y = node.outputs[0]!;
  const { outChannels, inChannels, taps } = kernel;
  const make = (type: string, inputs: readonly string[], output: string, rest: Partial<OnnxNode> = {}): OnnxNode => ({
    type,
    domain: "",
    inputs,
    outputs: [output],
    attributes: {},
    ...rest,
  });
  const channels = { channels: { kind: "int", value: outChannels } } as const;
  // [out, in, taps] to [out / block, in / block, taps, block of in, block of out].
  const split = shape([outChannels / block, block, inChannels / block, block, taps]);
  const whole = shape([outChannels, inChannels, ...(node.attributes.kernel_shape!.value as readonly number[])]);
  const order = { perm: { kind: "ints", value: [0, 2, 4, 3, 1] } } as const;
  return [
    make("Reshape", [w, split], `${y}:kernel-split`),
    make("Transpose", [`${y}:kernel-split`], `${y}:kernel-blocks`, { attributes: order }),
    make("Reshape", [`${y}:kernel-blocks`, whole], `${y}:kernel`),
    make("ReorderInput", [x], `${y}:input`, { domain }),
    make("Conv", [`${y}:input`, `${y}:kernel`, ...bias], `${y}:blocks`, { domain, attributes: node.attributes }),
    make("ReorderOutput", [`${y}:blocks`], y, { domain, attributes: channels }),
  ];
};

const probed: OnnxModel = {
  graphName: "osteon",
  nodes: [{ type: "ReorderInput", domain, inputs: ["x"], outputs: ["y"], attributes: {} }],
  inputs: [{ name: "x", type: "float32", shape: [1, 16, 1, 2] }],
  outputs: [{ name: "y", type: "float32", shape: [1, 16, 1, 2] }],
  initializers: [],
  operatorSets: { "": 21, [domain]: 1 },
  metadata: {},
};

/**
 * Channels in a block on this machine's processor, 8 or 16; 1 where ONNX Runtime has no blocks. It follows from where the
 * second pixel of the first channel comes to lie.
 *
 * @param run computes a model
 */
export const channelBlock = async (run: (model: OnnxModel, x: FloatTensor) => Promise<Tensor>): Promise<number> => {
  try {
    const { data } = await run(probed, floatTensor([1, 16, 1, 2], Float32Array.from(Array(32).keys())));
    return Math.max(1, (data as Float32Array).indexOf(1));
  } catch {
    return 1;
  }
};
