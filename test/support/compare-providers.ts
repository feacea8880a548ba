/**
 * A program of its own: runs networks on the provider named by its argument and on the processor, and prints what both made
 * of them as JSON. It is a process by itself because a Vulkan driver is found through the environment it starts with, and
 * may take the process down with it.
 */

import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gradients } from "../../src/engine/gradients.ts";
import { Graph, type Value } from "../../src/engine/graph.ts";
import { add, convTranspose2d, globalAveragePool, maxPool2d, multiply, reduceSum, relu } from "../../src/engine/ops.ts";
import { adamW, type Optimiser, sgd } from "../../src/engine/optimisers.ts";
import type { Provider } from "../../src/engine/providers.ts";
import { Session } from "../../src/engine/session.ts";
import { sizeOf } from "../../src/engine/shape-rules.ts";
import { type FloatTensor, floatTensor, labelTensor, type StateDict, type Tensor } from "../../src/engine/tensor.ts";
import { resNet18 } from "../../src/models/resnet.ts";
import { batchNormalisation } from "../../src/nn/batch-normalisation.ts";
import { convolution, linear } from "../../src/nn/layers.ts";
import { inferenceSession, initialState, type Network, stateSpecs } from "../../src/nn/network.ts";
import { classification } from "../../src/nn/objective.ts";
import { TrainStep } from "../../src/nn/train-step.ts";
import { Random } from "../../src/numeric/random.ts";

/** Tensors by name, as plain numbers. */
type Figures = Record<string, number[]>;

/** What the program prints. */
export interface ProviderComparison {
  /** By what was run, then by provider, `cpu` among them. */
  readonly figures: Readonly<Record<string, Readonly<Record<string, Figures>>>>;
  /** By operator, the execution providers of ONNX Runtime that ran it in a training step. */
  readonly placement: Readonly<Record<string, readonly string[]>>;
}

const random = (shape: readonly number[], name: string, whole = false): FloatTensor => {
  const stream = new Random(1, "compare providers", name);
  const draw = (): number => (whole ? Math.floor(stream.uniform(-3, 2)) : stream.uniform(-1, 1));
  return floatTensor(shape, Float32Array.from({ length: sizeOf(shape) }, draw));
};

const figuresOf = (tensors: Iterable<readonly [string, Tensor]>): Figures =>
  Object.fromEntries([...tensors].map(([name, { data }]) => [name, Array.from(data as Float32Array)]));

const smallNetwork: Network<"logits"> = (scope, x) => {
  const block = (name: string, y: Value, stride: number): Value => {
    const window = { outChannels: 16, kernelSize: 3, padding: 1, stride, bias: false };
    const wide = convolution(scope.at(`${name}.conv`), y, window);
    return relu(batchNormalisation(scope.at(`${name}.bn`), wide));
  };
  const pooled = maxPool2d(block("first", x, 1), { kernel: 3, stride: 2, padding: 1 });
  const last = add(block("second", pooled, 1), pooled);
  return { logits: linear(scope.at("fc"), globalAveragePool(block("third", last, 2)), 3) };
};

const inputShape = [4, 3, 16, 16];

/** How the state moves in two updates, with the losses and the logits on the way. */
const training = async (
  provider: Provider,
  options: { readonly optimiser: Optimiser; readonly accumulate?: number; readonly profileTo?: string },
): Promise<Figures> => {
  const before: StateDict = initialState(stateSpecs(smallNetwork, inputShape), 3);
  const trainer = await TrainStep.create({
    ...options,
    network: smallNetwork,
    objective: classification(),
    inputShape,
    state: before,
    clipGradientNorm: 0.5,
    provider,
  });
  const figures: Figures = { loss: [], gradientNorm: [] };
  for (let batch = 0; trainer.stepsDone < 2; batch++) {
    const x = random(inputShape, `batch ${batch}`);
    const result = await trainer.step({ x, targets: { labels: labelTensor([0, 1, 2, 1]) }, lr: 0.1 });
    figures.loss!.push(result.loss);
    if (result.gradientNorm !== undefined) figures.gradientNorm!.push(result.gradientNorm);
    figures[`logits ${batch}`] = Array.from(result.outputs.logits!.data);
  }
  for (const [name, { data }] of trainer.state())
    figures[`change of ${name}`] = Array.from(data, (value, i) => value - before.get(name)!.data[i]!);
  await trainer.release();
  return figures;
};

const inference = async (provider: Provider): Promise<Figures> => {
  const network = resNet18({ numClasses: 10 });
  const shape = [1, 3, 32, 32];
  const state = initialState(stateSpecs(network, shape), 2);
  const session = await inferenceSession(network, { inputShape: shape, state, provider });
  const outputs = await session.run({ x: random(shape, "picture") });
  await session.release();
  return figuresOf(Object.entries(outputs));
};

/** A gradient of ties, in the form of each provider: whole numbers, so that both must be equal to the last bit. */
const poolingOf =
  (form: Provider) =>
  async (provider: Provider): Promise<Figures> => {
    const graph = new Graph();
    const x = graph.input("x", [1, 2, 7, 7]);
    const y = maxPool2d(x, { kernel: 3, stride: 2, padding: 1, ceilMode: true });
    const weighting = random(y.shape, "weighting", true);
    const loss = reduceSum(multiply(y, graph.constant([...weighting.data], y.shape)), [0, 1, 2, 3]);
    const [dx] = gradients(loss, [x], { provider: form });
    return runOn(provider, { graph, outputs: { y, dx: dx! }, feeds: { x: random(x.shape, "ties", true) } });
  };

/** A transposed convolution in groups with one output channel each, which WebGPU's own kernel computes wrongly. */
const groupedTransposition = (provider: Provider): Promise<Figures> => {
  const graph = new Graph();
  const [x, w] = [graph.input("x", [1, 8, 4, 3]), graph.input("w", [8, 1, 3, 3])];
  const outputs = { y: convTranspose2d(x, w, { groups: 2, padding: 1 }) };
  return runOn(provider, { graph, outputs, feeds: { x: random(x.shape, "x"), w: random(w.shape, "w") } });
};

const runOn = async (
  provider: Provider,
  { graph, outputs, feeds }: { graph: Graph; outputs: Record<string, Value>; feeds: Record<string, Tensor> },
): Promise<Figures> => {
  const session = await Session.create(graph.toModel(outputs), { provider });
  const results = await session.run(feeds);
  await session.release();
  return figuresOf(Object.entries(results));
};

/** From the profile of one session, where its operators ran. */
const placementIn = async (folder: string): Promise<Record<string, string[]>> => {
  const placement: Record<string, string[]> = {};
  for (const file of await readdir(folder)) {
    const events = JSON.parse(await readFile(join(folder, file), "utf8")) as {
      args?: { op_name?: string; provider?: string };
    }[];
    for (const { args } of events) {
      if (!args?.op_name || !args.provider) continue;
      placement[args.op_name] = [...new Set([...(placement[args.op_name] ?? []), args.provider])];
    }
  }
  return placement;
};

const compare = async (provider: Provider): Promise<ProviderComparison> => {
  const folder = await mkdtemp(join(tmpdir(), "osteon-profile-"));
  const runs: Record<string, (on: Provider) => Promise<Figures>> = {
    "two steps of SGD": (on) =>
      training(on, { optimiser: sgd({ momentum: 0.9 }), ...(on === provider ? { profileTo: join(folder, "p") } : {}) }),
    "two updates of AdamW on two batches each": (on) =>
      training(on, { optimiser: adamW({ eps: 1e-3 }), accumulate: 2 }),
    "a ResNet-18's forward pass": inference,
    "max pooling's gradient in the form of cpu": poolingOf("cpu"),
    [`max pooling's gradient in the form of ${provider}`]: poolingOf(provider),
    "a grouped transposed convolution": groupedTransposition,
  };
  const figures: Record<string, Record<string, Figures>> = {};
  for (const [name, run] of Object.entries(runs)) {
    figures[name] = { cpu: await run("cpu"), [provider]: await run(provider) };
  }
  const placement = await placementIn(folder);
  await rm(folder, { recursive: true });
  return { figures, placement };
};

process.stdout.write(JSON.stringify(await compare(process.argv[2] as Provider)));
