/**
 * Where a layer finds its parameters: a path of names, as `layer1.0.conv1.weight`, and what each tensor of that name is in
 * the graph at hand - an input when training, a constant in a deployable model. Names are those of torchvision and timm.
 */

import type { Graph, Value } from "../engine/graph.ts";
import type { Random } from "../numeric/random.ts";

/** Fills a new tensor of the given shape: as many values as it holds, row by row. */
export type Initialiser = (shape: readonly number[], random: Random) => Float32Array;

/** One tensor that a network keeps between steps. */
export interface StateSpec {
  readonly name: string;
  readonly shape: readonly number[];
  readonly initialise: Initialiser;
  /** A parameter is moved by the optimiser; a buffer (a running mean, say) by the forward pass itself. */
  readonly kind: "parameter" | "buffer";
}

/** A mask drawn anew at every training step: 1 / keep with probability `keep`, else 0. */
export interface NoiseSpec {
  readonly name: string;
  readonly shape: readonly number[];
  /** In (0, 1]. */
  readonly keep: number;
}

/** What a whole network's graph is built in; shared by all of its scopes. */
export interface NetworkContext {
  readonly graph: Graph;
  /** Batch statistics and buffer updates when true; running statistics when false. */
  readonly training: boolean;
  /** Brings the tensor behind a name into the graph. */
  readonly resolve: (spec: StateSpec) => Value;
  /** Brings a random mask into a training graph; absent, nothing is dropped. */
  readonly noise?: (spec: NoiseSpec) => Value;
  /** New values of buffers by name, filled while a training graph is built. */
  readonly bufferUpdates: Map<string, Value>;
}

/** A place in the network's tree of names. */
export class Scope {
  /** What the whole network is built in; `scope.context.training` says whether it trains. */
  readonly context: NetworkContext;
  readonly #path: string;

  constructor(context: NetworkContext, path = "") {
    this.context = context;
    this.#path = path;
  }

  /** The scope of a part: `scope.at("layer1").at(0)`. */
  at(part: string | number): Scope {
    return new Scope(this.context, this.#name(String(part)));
  }

  /**
   * A trainable tensor: `weight` of `scope.at("fc")` is `fc.weight`.
   *
   * @example
   * const weight = scope.at("fc").parameter("weight", [10, 64], initialisers.xavierUniform);
   */
  parameter(name: string, shape: readonly number[], initialise: Initialiser): Value {
    return this.context.resolve({ name: this.#name(name), shape, initialise, kind: "parameter" });
  }

  /** A tensor that the optimiser leaves alone: the forward pass updates it, or nothing does, as with fixed filters. */
  buffer(name: string, shape: readonly number[], initialise: Initialiser): Value {
    return this.context.resolve({ name: this.#name(name), shape, initialise, kind: "buffer" });
  }

  /** A random mask of this step while training (see `NoiseSpec`), else nothing: dropout and stochastic depth multiply by it. */
  noise(name: string, shape: readonly number[], keep: number): Value | undefined {
    const { training, noise } = this.context;
    return training && keep < 1 ? noise?.({ name: this.#name(name), shape, keep }) : undefined;
  }

  /** The value a buffer takes after this step; what is not updated stays as it is. */
  updateBuffer(name: string, value: Value): void {
    this.context.bufferUpdates.set(this.#name(name), value);
  }

  #name(part: string): string {
    return this.#path === "" ? part : `${this.#path}.${part}`;
  }
}
