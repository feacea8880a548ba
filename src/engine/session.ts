/** Runs a graph: the one place that knows ONNX Runtime. */

import { availableParallelism } from "node:os";
import type * as Ort from "onnxruntime-node";
import { OsteonError } from "../errors.ts";
import { encodeModel } from "../onnx/encode-model.ts";
import type { OnnxModel, OnnxValue } from "../onnx/model.ts";
import { blockConvolutions, channelBlock } from "./blocked-convolutions.ts";
import { disableTelemetry } from "./no-telemetry.ts";
import { type Provider, prepareFor, providerFailure, providers } from "./providers.ts";
import type { Tensor } from "./tensor.ts";

/** The runtime, loaded with the first session, so that what needs none works where its library does not load. */
let runtime: typeof Ort | undefined;

const loadRuntime = async (): Promise<typeof Ort> => {
  if (runtime) return runtime;
  disableTelemetry();
  try {
    const loaded = await import("onnxruntime-node");
    // A provider that does not load would be told twice: as an error, and by the runtime with the paths of its files.
    loaded.env.logLevel = "fatal";
    runtime = loaded;
    return loaded;
  } catch (cause) {
    const reason = "its library does not load";
    throw new OsteonError(
      "unsupported",
      `ONNX Runtime: ${reason} on this machine (${process.platform} ${process.arch}). Install the packages again.`,
      { reason },
      cause,
    );
  }
};

/** How a session runs. */
export interface SessionOptions {
  /** Where its operators run; `cpu` by default. Tensors are fed from, and come back to, the computer's own memory. */
  readonly provider?: Provider;
  /** Whether operators that the provider lacks may run on the processor instead; they may by default. */
  readonly cpuFallback?: boolean;
  /** Threads inside one operator; all cores by default. Equal thread counts give equal bits. */
  readonly threads?: number;
  /** Whether convolutions of fed kernels may run in blocks of channels, where that is faster; they may by default. */
  readonly blocks?: boolean;
  /** Where the time of every operator is written when the session is released: ONNX Runtime adds the date and ".json". */
  readonly profileTo?: string;
}

/** Tensors by name. */
export type Tensors = Readonly<Record<string, Tensor>>;

/** A compiled graph. Make one per shape and keep it: making sessions over and over costs time and memory. */
export class Session {
  /** What `run` must be fed: names, element types and shapes. */
  readonly inputs: readonly OnnxValue[];
  /** What `run` gives. */
  readonly outputs: readonly OnnxValue[];
  readonly #session: Ort.InferenceSession;

  /** Found out once, when the first session is made. */
  static #channelBlock: Promise<number> | undefined;

  private constructor(session: Ort.InferenceSession, model: Pick<OnnxModel, "inputs" | "outputs">) {
    this.#session = session;
    this.inputs = model.inputs;
    this.outputs = model.outputs;
  }

  /**
   * Compiles a graph for this machine. What the processor's provider refuses is thrown as ONNX Runtime's own error.
   *
   * @throws OsteonError `unsupported` when the provider does not run here, `bad-usage` when there is none of that name
   * @example
   * const session = await Session.create(model, { threads: 2 });
   * const { logits } = await session.run({ x });
   * await session.release();
   */
  static async create(model: OnnxModel, options: SessionOptions = {}): Promise<Session> {
    const { provider = "cpu", blocks = provider === "cpu" } = options;
    return Session.#compile(blocks ? blockConvolutions(model, await Session.channelBlock()) : model, options);
  }

  /** Channels in a block of ONNX Runtime's fastest convolutions on this processor; 1 where there are none. */
  static channelBlock(): Promise<number> {
    Session.#channelBlock ??= channelBlock(Session.#compute);
    return Session.#channelBlock;
  }

  static readonly #compute = async (model: OnnxModel, x: Tensor): Promise<Tensor> => {
    const session = await Session.#compile(model, { threads: 1 });
    const { y } = await session.run({ x });
    await session.release();
    return y!;
  };

  static async #compile(
    model: OnnxModel,
    { threads = availableParallelism(), profileTo, provider = "cpu", cpuFallback = true }: SessionOptions,
  ): Promise<Session> {
    if (!providers.includes(provider)) {
      throw new OsteonError("bad-usage", `There is no provider "${provider}"; there are ${providers.join(", ")}.`);
    }
    const prepared = prepareFor(provider, model);
    const ort = await loadRuntime();
    const compiling = ort.InferenceSession.create(encodeModel(prepared.model), {
      executionProviders: [prepared.config],
      graphOptimizationLevel: "all",
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      logSeverityLevel: 3,
      // The plan of the second run would be a block of its own beside what the first one took: a training step of ResNet-18
      // held 1.73 GB with it and 1.19 without, and was no slower.
      enableMemPattern: false,
      ...(profileTo === undefined ? {} : { enableProfiling: true, profileFilePrefix: profileTo }),
      // Threads that spin while they wait take the cores from the other sessions: with three networks open, an embedding
      // took 194 ms with spinning and 80 ms without, a training step the same time either way.
      extra: {
        session: {
          intra_op: { allow_spinning: "0" },
          ...(cpuFallback || provider === "cpu" ? {} : { disable_cpu_ep_fallback: "1" }),
        },
      },
    });
    const session = await compiling.catch((error: unknown) => {
      throw provider === "cpu" ? error : providerFailure(provider, error);
    });
    return new Session(session, model);
  }

  /**
   * Feeds the inputs and returns every output by its name.
   *
   * @param feeds a tensor for each of `inputs`, by name; others are passed over
   * @param into tensors to write outputs into instead of new memory, by name; they must not be among the feeds
   * @throws OsteonError `shape-mismatch` when a feed is missing or has another shape than the graph was built for
   */
  async run(feeds: Tensors, into: Tensors = {}): Promise<Record<string, Tensor>> {
    const ort = await loadRuntime();
    const wrapped: Record<string, Ort.Tensor> = {};
    for (const { name, shape } of this.inputs) {
      const feed = feeds[name];
      if (!feed || feed.shape.join() !== shape.join()) {
        const got = feed ? `[${feed.shape.join(", ")}]` : "nothing";
        throw new OsteonError(
          "shape-mismatch",
          `The input "${name}" needs shape [${shape.join(", ")}] and was fed ${got}.`,
          { name },
        );
      }
      wrapped[name] = wrap(ort, feed);
    }
    const fetches: Record<string, Ort.Tensor | null> = {};
    for (const { name } of this.outputs) fetches[name] = into[name] ? wrap(ort, into[name]) : null;
    const results = await this.#session.run(wrapped, fetches);
    return Object.fromEntries(
      this.outputs.map(({ name, shape }) => [name, { shape, data: results[name]!.data as Tensor["data"] }]),
    );
  }

  /** Frees the session's memory; it cannot be run afterwards. */
  async release(): Promise<void> {
    await this.#session.release();
  }
}

const wrap = (ort: typeof Ort, { data, shape }: Tensor): Ort.Tensor =>
  data instanceof Float32Array ? new ort.Tensor("float32", data, shape) : new ort.Tensor("int64", data, shape);
