/**
 * A multilayer perceptron for tabular input: linear layers, each but the last followed by batch normalisation (if wanted),
 * an activation and dropout.
 *
 * Parameters are numbered as in the torch Sequential that torchvision.ops.MLP is. Every hidden layer takes three numbers
 * (linear, activation, dropout), four with batch normalisation behind the linear layer: with two hidden layers
 * `0.weight`, `3.weight`, `6.weight`, or `0.weight`, `1.weight` (normalisation), `4.weight`, `5.weight`, `8.weight`. The
 * dropout has its number even at probability 0. Unlike there, nothing is dropped behind the last layer: its values are
 * logits.
 */

import type { Value } from "../engine/graph.ts";
import { gelu, relu } from "../engine/ops.ts";
import { OsteonError } from "../errors.ts";
import { batchNormalisation } from "../nn/batch-normalisation.ts";
import { dropout as drop } from "../nn/dropout.ts";
import { linear } from "../nn/layers.ts";
import type { Network } from "../nn/network.ts";
import type { Scope } from "../nn/scope.ts";

/** The hidden layers of a perceptron. */
export interface HiddenLayersOptions {
  /** The width of each hidden layer; none makes the network linear. */
  readonly hidden: readonly number[];
  /** ReLU by default. */
  readonly activation?: "relu" | "gelu";
  /** The probability that a hidden value is dropped in training, in [0, 1); 0 by default. */
  readonly dropout?: number;
  /** Whether each hidden layer is batch-normalised before its activation; false by default. */
  readonly batchNorm?: boolean;
}

/** What a perceptron is told. */
export interface MlpOptions extends HiddenLayersOptions {
  /** Length of `logits`. */
  readonly numClasses: number;
}

/** `features` [N, last hidden width] (the input itself without hidden layers), and `logits` [N, numClasses]. */
export type Mlp = Network<"features" | "logits">;

const activations = { relu, gelu } as const;

/** How many numbers of the Sequential one hidden layer takes. */
const modulesPerLayer = ({ batchNorm = false }: HiddenLayersOptions): number => (batchNorm ? 4 : 3);

/**
 * The hidden layers alone, for networks that join them with others: x [N, F] to [N, last hidden width].
 *
 * @throws OsteonError `shape-mismatch` when x is no table, `bad-usage` when a width is no positive whole number
 */
export const hiddenLayers = (scope: Scope, x: Value, options: HiddenLayersOptions): Value => {
  const { hidden, activation = "relu", dropout = 0, batchNorm = false } = options;
  if (x.shape.length !== 2) {
    throw new OsteonError(
      "shape-mismatch",
      `A perceptron needs a table [N, F], not a tensor of shape [${x.shape.join(", ")}].`,
    );
  }
  return hidden.reduce((input, width, i) => {
    if (!(Number.isInteger(width) && width > 0))
      throw new OsteonError("bad-usage", `A hidden layer needs a positive whole number of units, not ${width}.`);
    const first = i * modulesPerLayer(options);
    const values = linear(scope.at(first), input, width);
    const normal = batchNorm ? batchNormalisation(scope.at(first + 1), values) : values;
    const active = activations[activation](normal);
    return drop(scope.at(first + modulesPerLayer(options) - 1), active, dropout);
  }, x);
};

/**
 * The whole perceptron: x [N, F] to `logits` [N, numClasses].
 *
 * @throws OsteonError `shape-mismatch` when x is no table, `bad-usage` when a width is no positive whole number
 * @example
 * const network = mlp({ hidden: [64, 32], numClasses: 10, activation: "gelu", dropout: 0.2 });
 */
export const mlp =
  ({ numClasses, ...options }: MlpOptions): Mlp =>
  (scope, x) => {
    const features = hiddenLayers(scope, x, options);
    return {
      features,
      logits: linear(scope.at(options.hidden.length * modulesPerLayer(options)), features, numClasses),
    };
  };
