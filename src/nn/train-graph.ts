/** The graphs of a training step: forward pass, loss and gradients, and the update of everything that is kept. */

import { gradients } from "../engine/gradients.ts";
import { Graph, type Value } from "../engine/graph.ts";
import { add, scale } from "../engine/ops.ts";
import { clipGradientNorm, type Optimiser } from "../engine/optimisers.ts";
import type { Provider } from "../engine/providers.ts";
import { OsteonError } from "../errors.ts";
import type { OnnxModel } from "../onnx/model.ts";
import type { Network } from "./network.ts";
import type { Objective } from "./objective.ts";
import { type NoiseSpec, Scope, type StateSpec } from "./scope.ts";

/** The optimiser of a parameter. */
const optimiserOf = ({ optimiser }: Pick<TrainGraphOptions, "optimiser">, parameter: string): Optimiser =>
  typeof optimiser === "function" ? optimiser(parameter) : optimiser;

/** What the graphs of a training step are made from. */
export interface TrainGraphOptions<Output extends string = string> {
  readonly network: Network<Output>;
  /** The loss: `classification()`, `segmentation(...)` or your own. */
  readonly objective: Objective<Output>;
  /** [N, C, H, W] or [N, F]; every batch has this shape. */
  readonly inputShape: readonly number[];
  /** What moves the parameters: all of them, or each by its name, as PyTorch's parameter groups do. */
  readonly optimiser: Optimiser | ((parameter: string) => Optimiser);
  /** Whether the parameter of this name stays as it is; what lies before the first that moves costs no backward pass. None by default. */
  readonly frozen?: (name: string) => boolean;
  /** Gradients are scaled down so that their common norm is at most this (torch.nn.utils.clip_grad_norm_). */
  readonly clipGradientNorm?: number;
  /** Batches whose gradients are averaged for one update; 1 by default. */
  readonly accumulate?: number;
  /** Keeps an exponential moving average of parameters and buffers (timm's ModelEmaV2: decay 0.9999). */
  readonly ema?: { readonly decay: number };
  /** What the graphs are to run on, which decides the form of some gradients; `cpu` by default. */
  readonly provider?: Provider;
  /** The network's outputs that each step tells; `logits`, where there is one, by default. */
  readonly report?: readonly Output[];
}

/** A tensor of the training's state beside parameters and buffers, which begins at zero or as a copy of one of them. */
export interface SlotSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly copyOf?: string;
}

/** The graphs and what they need. */
export interface TrainGraphs {
  /** The whole step; with accumulation, up to the summed gradients. */
  readonly step: OnnxModel;
  /** With accumulation, the update that follows the last batch. */
  readonly update?: OnnxModel;
  readonly specs: readonly StateSpec[];
  readonly slots: readonly SlotSpec[];
  readonly noise: readonly NoiseSpec[];
  readonly report: readonly string[];
}

/** The output that holds a tensor's value after the step. */
export const nextName = (name: string): string => `next:${name}`;

/** The tensor in which a parameter's gradients are summed up. */
export const gradientName = (name: string): string => `${name}:gradient`;

/** The moving average of a parameter or buffer. */
export const averageName = (name: string): string => `${name}:ema`;

/** @throws OsteonError `bad-usage` when nothing is left to train or an output to report is missing */
export const buildTrainGraphs = <Output extends string>(options: TrainGraphOptions<Output>): TrainGraphs => {
  const { network, objective, inputShape, frozen = () => false, accumulate = 1, provider = "cpu" } = options;
  const graph = new Graph();
  const specs: StateSpec[] = [];
  const noise: NoiseSpec[] = [];
  const values = new Map<string, Value>();
  const next = new Map<string, Value>();
  const resolve = (spec: StateSpec): Value => {
    specs.push(spec);
    const value = graph.input(spec.name, spec.shape);
    values.set(spec.name, value);
    return value;
  };
  const drawNoise = (spec: NoiseSpec): Value => {
    noise.push(spec);
    return graph.input(spec.name, spec.shape);
  };
  const scope = new Scope({ graph, training: true, resolve, noise: drawNoise, bufferUpdates: next });
  const made = network(scope, graph.input("x", inputShape));
  const loss = objective(made);

  const trainable = specs.filter(({ kind, name }) => kind === "parameter" && !frozen(name));
  if (trainable.length === 0)
    throw new OsteonError("bad-usage", "Every parameter is frozen; nothing is left to train.");
  const parameterGradients = gradients(
    loss,
    trainable.map(({ name }) => values.get(name)!),
    { provider },
  );
  const report = options.report ?? ("logits" in made ? ["logits" as Output] : []);
  const outputs: Record<string, Value> = { loss };
  for (const name of report) {
    if (!made[name]) throw new OsteonError("bad-usage", `The network has no output "${name}" to report.`, { name });
    outputs[name] = made[name];
  }
  for (const [name, value] of next) outputs[nextName(name)] = value;

  const slots = slotsOf(options, { specs, trainable });
  if (accumulate === 1) {
    const gradientOf = new Map(trainable.map(({ name }, i) => [name, parameterGradients[i]!]));
    const parts = { graph, specs, trainable, values, next, gradientOf };
    return { step: graph.toModel({ ...outputs, ...updates(options, parts) }), specs, slots, noise, report };
  }
  graph.untaped(() => {
    trainable.forEach(({ name, shape }, i) => {
      const sum = graph.input(gradientName(name), shape);
      outputs[nextName(gradientName(name))] = add(sum, scale(parameterGradients[i]!, 1 / accumulate));
    });
  });
  return {
    step: graph.toModel(outputs),
    update: updateModel(options, { specs, trainable }),
    specs,
    slots,
    noise,
    report,
  };
};

interface Parts {
  readonly specs: readonly StateSpec[];
  readonly trainable: readonly StateSpec[];
}

const slotsOf = (options: TrainGraphOptions, { specs, trainable }: Parts): SlotSpec[] => [
  ...trainable.flatMap(({ name, shape }) =>
    optimiserOf(options, name).slots.map((slot) => ({ name: `${name}:${slot}`, shape })),
  ),
  ...((options.accumulate ?? 1) === 1 ? [] : trainable.map(({ name, shape }) => ({ name: gradientName(name), shape }))),
  ...(options.ema ? averaged({ specs, trainable }) : []).map(({ name, shape }) => ({
    name: averageName(name),
    shape,
    copyOf: name,
  })),
];

/** What the moving average follows: all that moves. */
const averaged = ({ specs, trainable }: Parts): readonly StateSpec[] => [
  ...trainable,
  ...specs.filter(({ kind }) => kind === "buffer"),
];

/** The update alone, on gradients summed up before. */
const updateModel = (options: TrainGraphOptions, parts: Parts): OnnxModel => {
  const graph = new Graph();
  const inputs = (specs: readonly StateSpec[], nameOf = (name: string): string => name): Map<string, Value> =>
    new Map(specs.map(({ name, shape }) => [name, graph.input(nameOf(name), shape)]));
  const buffers = options.ema ? parts.specs.filter(({ kind }) => kind === "buffer") : [];
  return graph.toModel(
    updates(options, {
      ...parts,
      graph,
      values: inputs(parts.trainable),
      next: inputs(buffers),
      gradientOf: inputs(parts.trainable, gradientName),
    }),
  );
};

interface UpdateParts extends Parts {
  readonly graph: Graph;
  readonly values: ReadonlyMap<string, Value>;
  /** The buffers as they are after the step. */
  readonly next: ReadonlyMap<string, Value>;
  readonly gradientOf: ReadonlyMap<string, Value>;
}

/** Parameters, optimiser state and moving averages after the step, by their output names. */
const updates = (options: TrainGraphOptions, { graph, values, next, gradientOf, ...parts }: UpdateParts) =>
  graph.untaped((): Record<string, Value> => {
    const { ema } = options;
    const outputs: Record<string, Value> = {};
    const scalars = { lr: graph.input("lr", []), step: graph.input("step", []) };
    const found = parts.trainable.map(({ name }) => gradientOf.get(name)!);
    const clipped =
      options.clipGradientNorm === undefined ? undefined : clipGradientNorm(found, options.clipGradientNorm);
    if (clipped) outputs.gradientNorm = clipped.norm;
    const after = new Map([...values, ...next]); // a buffer may stay as it is
    parts.trainable.forEach(({ name, shape }, i) => {
      const optimiser = optimiserOf(options, name);
      const state = optimiser.slots.map((slot) => graph.input(`${name}:${slot}`, shape));
      const update = optimiser.update(values.get(name)!, (clipped?.gradients ?? found)[i]!, { ...scalars, state });
      outputs[nextName(name)] = update.parameter;
      after.set(name, update.parameter);
      optimiser.slots.forEach((slot, s) => {
        outputs[nextName(`${name}:${slot}`)] = update.state[s]!;
      });
    });
    if (!ema) return outputs;
    for (const { name, shape } of averaged(parts)) {
      const average = graph.input(averageName(name), shape);
      outputs[nextName(averageName(name))] = add(scale(average, ema.decay), scale(after.get(name)!, 1 - ema.decay));
    }
    return outputs;
  });
