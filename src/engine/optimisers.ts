/** Optimisers as graph operators: given a parameter, its gradient and its state, the next parameter and state (torch.optim). */

import type { Value } from "./graph.ts";
import { add, broadcastable, divide, minimum, multiply, reduceSum, scale, sqrt, subtract } from "./ops.ts";

/** What one update of one parameter needs and gives. */
export interface Update {
  readonly parameter: Value;
  /** In the order of `slots`. */
  readonly state: readonly Value[];
}

/** The numbers that change from step to step, fed as scalars. */
export interface StepScalars {
  readonly lr: Value;
  /** 1 at the first step. */
  readonly step: Value;
}

/** A rule that moves parameters along their gradients; `update` adds the nodes of one parameter to the graph. */
export interface Optimiser {
  readonly name: string;
  /** The state tensors kept per parameter, each of the parameter's shape, zero at first. */
  readonly slots: readonly string[];
  readonly update: (parameter: Value, gradient: Value, context: StepScalars & { state: readonly Value[] }) => Update;
}

/** Options of `sgd`, all 0 or false by default, as in PyTorch. */
export interface SgdOptions {
  /** Share of the velocity that is kept from step to step, in [0, 1). */
  readonly momentum?: number;
  /** What is added to the gradient, as a share of the parameter; it moves every tensor, biases too. */
  readonly weightDecay?: number;
  /** Looks ahead along the velocity (Nesterov); needs a momentum. */
  readonly nesterov?: boolean;
}

/** torch.optim.SGD: d = g + weightDecay p; v = momentum v + d; p = p - lr v, or p - lr (d + momentum v) with Nesterov. */
export const sgd = ({ momentum = 0, weightDecay = 0, nesterov = false }: SgdOptions = {}): Optimiser => ({
  name: "SGD",
  slots: momentum === 0 ? [] : ["momentum_buffer"],
  update: (parameter, gradient, { lr, state }) => {
    const decayed = weightDecay === 0 ? gradient : add(gradient, scale(parameter, weightDecay));
    if (momentum === 0)
      return { parameter: subtract(parameter, multiply(decayed, broadcastable(lr, parameter))), state: [] };
    const velocity = add(scale(state[0]!, momentum), decayed);
    const direction = nesterov ? add(decayed, scale(velocity, momentum)) : velocity;
    return { parameter: subtract(parameter, multiply(direction, broadcastable(lr, parameter))), state: [velocity] };
  },
});

/** Options of `adam` and `adamW`, with PyTorch's defaults. */
export interface AdamOptions {
  /** Decay of the means of the gradient and of its square; [0.9, 0.999] by default. */
  readonly betas?: readonly [number, number];
  /** Added to the root of the mean square; 1e-8 by default. */
  readonly eps?: number;
  /** 0 by default for `adam`, 0.01 for `adamW`. */
  readonly weightDecay?: number;
}

/** torch.optim.Adam (Kingma and Ba, 2015): decay is added to the gradient. */
export const adam = ({ weightDecay = 0, ...options }: AdamOptions = {}): Optimiser => ({
  name: "Adam",
  slots: ["exp_avg", "exp_avg_sq"],
  update: (parameter, gradient, context) => {
    const decayed = weightDecay === 0 ? gradient : add(gradient, scale(parameter, weightDecay));
    const { step, state } = adamStep(decayed, context, options);
    return { parameter: subtract(parameter, step), state };
  },
});

/**
 * torch.optim.AdamW (Loshchilov and Hutter, 2019): decay apart from the gradient. As is usual, tensors with one dimension
 * (biases, normalisation) are not decayed; PyTorch leaves that to parameter groups.
 */
export const adamW = ({ weightDecay = 0.01, ...options }: AdamOptions = {}): Optimiser => ({
  name: "AdamW",
  slots: ["exp_avg", "exp_avg_sq"],
  update: (parameter, gradient, context) => {
    const { step, state } = adamStep(gradient, context, options);
    const decay = parameter.shape.length > 1 ? weightDecay : 0;
    const left = subtract(parameter.graph.scalar(1), scale(context.lr, decay));
    const kept = decay === 0 ? parameter : multiply(parameter, broadcastable(left, parameter));
    return { parameter: subtract(kept, step), state };
  },
});

/** What both subtract from a parameter, and the moments after it. */
const adamStep = (
  gradient: Value,
  { lr, step, state }: StepScalars & { readonly state: readonly Value[] },
  { betas: [beta1, beta2] = [0.9, 0.999], eps = 1e-8 }: AdamOptions,
): { step: Value; state: readonly Value[] } => {
  const { graph } = gradient;
  const mean = add(scale(state[0]!, beta1), scale(gradient, 1 - beta1));
  const square = add(scale(state[1]!, beta2), scale(multiply(gradient, gradient), 1 - beta2));
  // Both bias corrections go into two scalars, which spares four passes over every parameter:
  // lr / c1 * m / (sqrt(v / c2) + eps) = (lr sqrt(c2) / c1) * m / (sqrt(v) + eps sqrt(c2))
  const correction = (beta: number): Value => subtract(graph.scalar(1), graph.apply("Pow", [graph.scalar(beta), step])); // 1 - beta^step
  const rootOfSecond = sqrt(correction(beta2));
  const rate = divide(multiply(lr, rootOfSecond), correction(beta1));
  const floor = broadcastable(scale(rootOfSecond, eps), gradient);
  const direction = divide(mean, add(sqrt(square), floor));
  return { step: multiply(direction, broadcastable(rate, gradient)), state: [mean, square] };
};

/** torch.nn.utils.clip_grad_norm_: the gradients scaled so that their common norm is at most `maxNorm`, and that norm. */
export const clipGradientNorm = (
  gradients: readonly Value[],
  maxNorm: number,
): { readonly gradients: readonly Value[]; readonly norm: Value } => {
  const { graph } = gradients[0]!;
  const squares = gradients.map((g) =>
    reduceSum(
      multiply(g, g),
      g.shape.map((_, axis) => axis),
    ),
  );
  const norm = sqrt(squares.reduce((sum, square) => add(sum, square)));
  const factor = minimum(divide(graph.scalar(maxNorm), add(norm, graph.scalar(1e-6))), graph.scalar(1));
  return { gradients: gradients.map((gradient) => multiply(gradient, broadcastable(factor, gradient))), norm };
};
