/** A compiled training step that holds the network's state between batches. */

import { Session, type SessionOptions } from "../engine/session.ts";
import { type FloatTensor, floatTensor, type StateDict, type Tensor } from "../engine/tensor.ts";
import { OsteonError } from "../errors.ts";
import { Random } from "../numeric/random.ts";
import { stateTensor } from "./network.ts";
import type { NoiseSpec } from "./scope.ts";
import {
  averageName,
  buildTrainGraphs,
  gradientName,
  nextName,
  type SlotSpec,
  type TrainGraphOptions,
  type TrainGraphs,
} from "./train-graph.ts";

/** What a train step is compiled from. */
export interface TrainStepOptions<Output extends string = string> extends TrainGraphOptions<Output>, SessionOptions {
  /** Parameters and buffers to begin with. */
  readonly state: StateDict;
  /** The optimiser's state and the moving averages to begin with, as `optimiserState` gave them; new ones when absent. */
  readonly optimiserState?: StateDict;
  /** Updates already made, for optimisers that count them and for the masks of dropout; 0 by default. */
  readonly stepsDone?: number;
  /** What dropout and stochastic depth draw from; 0 by default. */
  readonly seed?: number;
}

/** One batch with what its loss is measured against. */
export interface Batch {
  /** [N, C, H, W], or [N, F] for a table. */
  readonly x: FloatTensor;
  /** By the names that the objective asks for: `labels` of `classification`, `masks` of `segmentation`. */
  readonly targets: Readonly<Record<string, Tensor>>;
  /** The learning rate of the update that this batch ends. */
  readonly lr: number;
}

/** What a step tells. */
export interface StepResult {
  /** Of this batch, before the update. */
  readonly loss: number;
  /** The reported outputs of the network, before the update. */
  readonly outputs: Readonly<Record<string, FloatTensor>>;
  /** The gradients' common norm before clipping; absent without clipping, and where this batch made no update. */
  readonly gradientNorm?: number;
}

interface Sessions {
  readonly step: Session;
  readonly update: Session | undefined;
}

/**
 * A network in training. Each call of `step` takes one batch; with accumulation every n-th call makes an update, and the
 * state between two updates is that of the last one.
 *
 * @example
 * const trainer = await TrainStep.create({ network, objective: classification(), inputShape, optimiser: sgd(), state });
 * const { loss } = await trainer.step({ x, targets: { labels: labelTensor([0, 1]) }, lr: 0.1 });
 */
export class TrainStep {
  readonly #sessions: Sessions;
  readonly #graphs: TrainGraphs;
  readonly #accumulate: number;
  readonly #seed: number;
  /** The state as it is, and as much memory again, into which the next state is written; they change places each step. */
  #current: Record<string, FloatTensor>;
  #next: Record<string, FloatTensor>;
  #stepsDone: number;
  #batchesSince = 0;

  private constructor(
    sessions: Sessions,
    graphs: TrainGraphs,
    { tensors, options }: { tensors: Record<string, FloatTensor>; options: TrainStepOptions },
  ) {
    this.#sessions = sessions;
    this.#graphs = graphs;
    this.#accumulate = options.accumulate ?? 1;
    this.#seed = options.seed ?? 0;
    this.#current = tensors;
    // Frozen parameters are never written, so they need no second place.
    const written = new Set([...sessions.step.outputs, ...(sessions.update?.outputs ?? [])].map(({ name }) => name));
    this.#next = Object.fromEntries(
      Object.entries(tensors)
        .filter(([name]) => written.has(nextName(name)))
        .map(([name, { shape, data }]) => [name, floatTensor(shape, new Float32Array(data.length))]),
    );
    this.#stepsDone = options.stepsDone ?? 0;
  }

  /**
   * Builds and compiles the step, and copies the state.
   *
   * @throws OsteonError `shape-mismatch` when either state lacks a tensor or holds one of another shape, `bad-usage` when
   *   nothing is left to train or an output to report is missing, `unsupported` when an operator has no gradient
   */
  static async create<Output extends string>(options: TrainStepOptions<Output>): Promise<TrainStep> {
    const graphs = buildTrainGraphs(options);
    const tensors: Record<string, FloatTensor> = {};
    for (const spec of graphs.specs) tensors[spec.name] = copy(stateTensor(options.state, spec));
    for (const slot of graphs.slots) tensors[slot.name] = initialSlot(slot, { tensors, given: options.optimiserState });
    const step = await Session.create(graphs.step, options);
    const update = graphs.update && (await Session.create(graphs.update, options));
    return new TrainStep({ step, update }, graphs, { tensors, options: options as unknown as TrainStepOptions });
  }

  /** How many updates the state has seen. */
  get stepsDone(): number {
    return this.#stepsDone;
  }

  /**
   * Trains on one batch. Wait for one step before the next.
   *
   * @throws OsteonError `shape-mismatch` when the batch lacks a tensor or holds one of another shape than the step was made for
   */
  async step({ x, targets, lr }: Batch): Promise<StepResult> {
    const scalars = { lr: scalarTensor(lr), step: scalarTensor(this.#stepsDone + 1) };
    const { step, update } = this.#sessions;
    const outputs = await this.#run(step, { ...targets, ...this.#noise(), ...scalars, x });
    this.#batchesSince += 1;
    let gradientNorm = outputs.gradientNorm?.data[0] as number | undefined;
    if (this.#batchesSince === this.#accumulate) {
      if (update) gradientNorm = (await this.#run(update, scalars)).gradientNorm?.data[0] as number | undefined;
      for (const name of update ? Object.keys(this.#current) : [])
        if (name.endsWith(gradientName(""))) this.#current[name]!.data.fill(0);
      this.#batchesSince = 0;
      this.#stepsDone += 1;
    }
    return {
      loss: outputs.loss!.data[0] as number,
      outputs: Object.fromEntries(this.#graphs.report.map((name) => [name, outputs[name] as FloatTensor])),
      ...(gradientNorm === undefined ? {} : { gradientNorm }),
    };
  }

  /** Runs on the state as it is and puts what the session makes of it in its place. */
  async #run(session: Session, feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>> {
    const written = session.outputs.map(({ name }) => name).filter((name) => name.startsWith(nextName("")));
    const names = written.map((name) => name.slice(nextName("").length));
    const into = Object.fromEntries(names.map((name) => [nextName(name), this.#next[name]!]));
    const outputs = await session.run({ ...this.#current, ...feeds }, into);
    for (const name of names) {
      const before = this.#current[name]!;
      this.#current[name] = this.#next[name]!;
      this.#next[name] = before;
    }
    return outputs;
  }

  /** The masks of this batch, each by its own name, so that adding a layer changes no other's. */
  #noise(): Record<string, FloatTensor> {
    const batch = this.#stepsDone * this.#accumulate + this.#batchesSince;
    return Object.fromEntries(
      this.#graphs.noise.map((spec) => [spec.name, mask(spec, new Random(this.#seed, "noise", spec.name, batch))]),
    );
  }

  /**
   * Puts other values in the place of some parameters or buffers, such as those of a new top layer; the optimiser's state stays.
   *
   * @throws OsteonError `bad-usage` for a tensor that the network does not have, `shape-mismatch` for one of another shape
   */
  replace(tensors: StateDict): void {
    const specs = new Map(this.#graphs.specs.map((spec) => [spec.name, spec]));
    for (const name of tensors.keys()) {
      const spec = specs.get(name);
      if (!spec) throw new OsteonError("bad-usage", `The network has no tensor "${name}" to replace.`, { name });
      this.#current[name] = copy(stateTensor(tensors, spec));
    }
  }

  /**
   * Begins another training with the same compiled step, which takes longer to make than a short training takes: other weights,
   * and an optimiser that remembers nothing unless it is told what.
   *
   * @throws OsteonError `shape-mismatch` when either state lacks a tensor or holds one of another shape
   */
  restart({
    state,
    optimiserState,
    stepsDone = 0,
  }: Pick<TrainStepOptions, "state" | "optimiserState" | "stepsDone">): void {
    const tensors: Record<string, FloatTensor> = {};
    for (const spec of this.#graphs.specs) tensors[spec.name] = copy(stateTensor(state, spec));
    for (const slot of this.#graphs.slots) tensors[slot.name] = initialSlot(slot, { tensors, given: optimiserState });
    this.#current = tensors;
    this.#stepsDone = stepsDone;
    this.#batchesSince = 0;
  }

  /** A copy of the parameters and buffers under their published names. */
  state(): StateDict {
    return new Map(this.#graphs.specs.map(({ name }) => [name, copy(this.#current[name]!)]));
  }

  /** The parameters and buffers with their moving averages in place of what has one. */
  averagedState(): StateDict {
    return new Map(
      this.#graphs.specs.map(({ name }) => [name, copy(this.#current[averageName(name)] ?? this.#current[name]!)]),
    );
  }

  /** A copy of the optimiser's state and of the moving averages, as `parameter:slot` and `tensor:ema`. */
  optimiserState(): StateDict {
    const kept = this.#graphs.slots.filter(({ name }) => !name.endsWith(gradientName("")));
    return new Map(kept.map(({ name }) => [name, copy(this.#current[name]!)]));
  }

  /** Frees the sessions' memory. */
  async release(): Promise<void> {
    await Promise.all([this.#sessions.step.release(), this.#sessions.update?.release()]);
  }
}

const initialSlot = (
  { name, shape, copyOf }: SlotSpec,
  { tensors, given }: { tensors: Readonly<Record<string, FloatTensor>>; given: StateDict | undefined },
): FloatTensor => {
  if (given && !name.endsWith(gradientName(""))) return copy(stateTensor(given, { name, shape }));
  if (copyOf !== undefined) return copy(tensors[copyOf]!);
  return floatTensor(shape, new Float32Array(shape.reduce((product, size) => product * size, 1)));
};

const mask = ({ shape, keep }: NoiseSpec, random: Random): FloatTensor => {
  const data = new Float32Array(shape.reduce((product, size) => product * size, 1));
  const [limit, kept] = [keep * 2 ** 32, 1 / keep];
  for (let i = 0; i < data.length; i++) if (random.uint32() < limit) data[i] = kept;
  return floatTensor(shape, data);
};

const scalarTensor = (value: number): FloatTensor => ({ shape: [], data: Float32Array.of(value) });

const copy = ({ shape, data }: FloatTensor): FloatTensor => ({ shape, data: data.slice() });
