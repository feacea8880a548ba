/** What an `@example` may speak of without saying where it comes from; the compiler checks the examples against these. */

import type { readFile as ReadFile, writeFile as WriteFile } from "node:fs/promises";
import type { ExampleFiles, Preparation, Prepare, Sample } from "osteon/data";
import type { FloatTensor, Network, OnnxModel, Scope, StateDict, Value } from "osteon/nn";

/** A network, what it is built for, and its tensors. */
export declare const network: Network<"features" | "logits">;
export declare const inputShape: readonly number[];
export declare const state: StateDict;
/** Published weights of a network. */
export declare const published: StateDict;
export declare const model: OnnxModel;

/** A place in a network's names. */
export declare const scope: Scope;
/** In memory: a batch, and several. */
export declare const x: FloatTensor;
export declare const batches: readonly FloatTensor[];

/** In a graph: a parameter and a loss that depends on it. */
export declare const w: Value;
export declare const loss: Value;

/** A picture with its mask, and which it is. */
export declare const image: Sample["image"];
export declare const mask: Uint8Array;
export declare const epoch: number;
export declare const picture: number;

/** What threads make ready, and what is done with it. */
export declare const settings: object;
export declare const makeSquares: (settings: { readonly size: number }) => Prepare<number, number>;
export declare const squares: (size: number) => Preparation<number, number>;
export declare const use: (item: number, value: number) => void;
export declare const examples: readonly ExampleFiles[];
export declare const labelsOf: (indices: Uint32Array) => readonly number[];
export declare const trainOn: (x: Float32Array, targets: Float32Array | readonly number[]) => Promise<void>;

export declare const readFile: typeof ReadFile;
export declare const writeFile: typeof WriteFile;
