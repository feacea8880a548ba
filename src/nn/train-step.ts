/** One step of supervised training as one graph: forward pass, loss, gradients and the optimiser's update. */

import { gradients } from "../engine/gradients.ts";
import { Graph, type Value } from "../engine/graph.ts";
import type { Optimiser } from "../engine/optimisers.ts";
import { Session, type SessionOptions } from "../engine/session.ts";
import { sizeOf } from "../engine/shape-rules.ts";
import { type FloatTensor, floatTensor, labelTensor, type StateDict, type Tensor } from "../engine/tensor.ts";
import { type CrossEntropyOptions, crossEntropy } from "./losses.ts";
import { type Network, stateTensor } from "./network.ts";
import { Scope, type StateSpec } from "./scope.ts";

/** What a train step is compiled from. */
export interface TrainStepOptions extends SessionOptions, CrossEntropyOptions {
  /** Must give an output `logits` [N, K]. */
  readonly network: Network<"logits">;
  /** [N, C, H, W]; every batch has this shape. */
  readonly inputShape: readonly number[];
  readonly optimiser: Optimiser;
  /** Parameters and buffers to begin with. */
  readonly state: StateDict;
  /** The optimiser's state to begin with, as `optimiserState` gave it; zeros when absent. */
  readonly optimiserState?: StateDict;
  /** Steps already made, for optimisers that count them. */
  readonly stepsDone?: number;
}

/** One labelled batch. */
export interface Batch {
  /** [N, C, H, W] */
  readonly x: FloatTensor;
  readonly labels: readonly number[];
  readonly lr: number;
}

/** What a step tells. */
export interface StepResult {
  readonly loss: number;
  /** [N, K], before the update. */
  readonly logits: FloatTensor;
}

/** A compiled training step that holds the network's state between calls. */
export class TrainStep {
  readonly #session: Session;
  readonly #specs: readonly StateSpec[];
  /** The state as it is, and as much memory again, into which the next state is written; they change places each step. */
  #current: Record<string, FloatTensor>;
  #next: Record<string, FloatTensor>;
  #stepsDone: number;

  private constructor(
    session: Session,
    specs: readonly StateSpec[],
    initial: { tensors: Record<string, FloatTensor>; stepsDone: number },
  ) {
    this.#session = session;
    this.#specs = specs;
    this.#current = initial.tensors;
    this.#next = Object.fromEntries(
      Object.entries(initial.tensors).map(([name, { shape, data }]) => [
        name,
        floatTensor(shape, new Float32Array(data.length)),
      ]),
    );
    this.#stepsDone = initial.stepsDone;
  }

  /** @throws OsteonError `shape-mismatch` when either state lacks a tensor or holds one of another shape */
  static async create(options: TrainStepOptions): Promise<TrainStep> {
    const { optimiser, state } = options;
    const graph = new Graph();
    const specs: StateSpec[] = [];
    const values = new Map<string, Value>();
    const resolve = (spec: StateSpec): Value => {
      specs.push(spec);
      const value = graph.input(spec.name, spec.shape);
      values.set(spec.name, value);
      return value;
    };
    const bufferUpdates = new Map<string, Value>();
    const x = graph.input("x", options.inputShape);
    const labels = graph.input("labels", [options.inputShape[0]!], "int64");
    const { logits } = options.network(new Scope({ graph, training: true, resolve, bufferUpdates }), x);
    const loss = crossEntropy(logits, labels, options);

    const trainable = specs.filter((spec) => spec.kind === "parameter");
    const parameterGradients = gradients(
      loss,
      trainable.map((spec) => values.get(spec.name)!),
    );
    const scalars = { lr: graph.input("lr", []), step: graph.input("step", []) };
    const outputs: Record<string, Value> = { loss, logits };
    const tensors: Record<string, FloatTensor> = {};
    for (const spec of specs) {
      const tensor = stateTensor(state, spec);
      tensors[spec.name] = floatTensor(tensor.shape, tensor.data.slice());
    }
    graph.untaped(() => {
      trainable.forEach(({ name, shape }, i) => {
        const slots = optimiser.slots.map((slot) => {
          const slotName = `${name}:${slot}`;
          const { optimiserState } = options;
          const given = optimiserState && stateTensor(optimiserState, { name: slotName, shape });
          tensors[slotName] = floatTensor(shape, given?.data.slice() ?? new Float32Array(sizeOf(shape)));
          return graph.input(slotName, shape);
        });
        const update = optimiser.update(values.get(name)!, parameterGradients[i]!, { ...scalars, state: slots });
        outputs[nextName(name)] = update.parameter;
        optimiser.slots.forEach((slot, s) => {
          outputs[nextName(`${name}:${slot}`)] = update.state[s]!;
        });
      });
    });
    for (const [name, value] of bufferUpdates) outputs[nextName(name)] = value;
    const session = await Session.create(graph.toModel(outputs), options);
    return new TrainStep(session, specs, { tensors, stepsDone: options.stepsDone ?? 0 });
  }

  /** How many steps the state has seen. */
  get stepsDone(): number {
    return this.#stepsDone;
  }

  /** Trains on one batch. */
  async step({ x, labels, lr }: Batch): Promise<StepResult> {
    const feeds: Record<string, Tensor> = {
      ...this.#current,
      x,
      labels: labelTensor(labels),
      lr: scalarTensor(lr),
      step: scalarTensor(this.#stepsDone + 1),
    };
    const into = Object.fromEntries(Object.entries(this.#next).map(([name, tensor]) => [nextName(name), tensor]));
    const outputs = await this.#session.run(feeds, into);
    [this.#current, this.#next] = [this.#next, this.#current];
    this.#stepsDone += 1;
    return { loss: outputs.loss!.data[0] as number, logits: outputs.logits as FloatTensor };
  }

  /** A copy of the parameters and buffers under their published names. */
  state(): StateDict {
    return new Map(this.#specs.map(({ name }) => [name, copy(this.#current[name]!)]));
  }

  /** A copy of the optimiser's state, as `parameter:slot`. */
  optimiserState(): StateDict {
    return new Map(
      Object.entries(this.#current)
        .filter(([name]) => name.includes(":"))
        .map(([name, tensor]) => [name, copy(tensor)]),
    );
  }

  /** Frees the session's memory. */
  release(): Promise<void> {
    return this.#session.release();
  }
}

const nextName = (name: string): string => `next:${name}`;

const scalarTensor = (value: number): FloatTensor => ({ shape: [], data: Float32Array.of(value) });

const copy = ({ shape, data }: FloatTensor): FloatTensor => ({ shape, data: data.slice() });
