/** Optimisers as graph operators: given a parameter, its gradient and its state, the next parameter and state (torch.optim). */

import type { Value } from "./graph.ts";
import { add, divide, multiply, scale, sqrt, subtract } from "./ops.ts";

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

/** A rule that moves parameters along their gradients. */
export interface Optimiser {
  readonly name: string;
  /** The state tensors kept per parameter, each of the parameter's shape, zero at first. */
  readonly slots: readonly string[];
  readonly update: (parameter: Value, gradient: Value, context: StepScalars & { state: readonly Value[] }) => Update;
}

/** Options of `sgd`. */
export interface SgdOptions {
  readonly momentum?: number;
  readonly weightDecay?: number;
}

/** torch.optim.SGD: d = g + weightDecay p; v = momentum v + d; p = p - lr v. */
export const sgd = ({ momentum = 0, weightDecay = 0 }: SgdOptions = {}): Optimiser => ({
  name: "SGD",
  slots: ["momentum_buffer"],
  update: (parameter, gradient, { lr, state }) => {
    const decayed = weightDecay === 0 ? gradient : add(gradient, scale(parameter, weightDecay));
    const velocity = momentum === 0 ? decayed : add(scale(state[0]!, momentum), decayed);
    return { parameter: subtract(parameter, multiply(velocity, lr)), state: [velocity] };
  },
});

/** Options of `adamW`, with PyTorch's defaults. */
export interface AdamWOptions {
  readonly betas?: readonly [number, number];
  readonly eps?: number;
  readonly weightDecay?: number;
}

/**
 * torch.optim.AdamW (Loshchilov and Hutter, 2019): decay apart from the gradient. As is usual, tensors with one dimension
 * (biases, normalisation) are not decayed; PyTorch leaves that to parameter groups.
 */
export const adamW = ({ betas = [0.9, 0.999], eps = 1e-8, weightDecay = 0.01 }: AdamWOptions = {}): Optimiser => ({
  name: "AdamW",
  slots: ["exp_avg", "exp_avg_sq"],
  update: (parameter, gradient, { lr, step, state }) => {
    const { graph } = parameter;
    const [beta1, beta2] = betas;
    const mean = add(scale(state[0]!, beta1), scale(gradient, 1 - beta1));
    const square = add(scale(state[1]!, beta2), scale(multiply(gradient, gradient), 1 - beta2));
    // Both bias corrections go into two scalars, which spares four passes over every parameter:
    // lr / c1 * m / (sqrt(v / c2) + eps) = (lr sqrt(c2) / c1) * m / (sqrt(v) + eps sqrt(c2))
    const correction = (beta: number): Value =>
      subtract(graph.scalar(1), graph.apply("Pow", [graph.scalar(beta), step])); // 1 - beta^step
    const rootOfSecond = sqrt(correction(beta2));
    const rate = divide(multiply(lr, rootOfSecond), correction(beta1));
    const direction = divide(mean, add(sqrt(square), scale(rootOfSecond, eps)));
    const decay = parameter.shape.length > 1 ? weightDecay : 0;
    const kept = decay === 0 ? parameter : multiply(parameter, subtract(graph.scalar(1), scale(lr, decay)));
    return { parameter: subtract(kept, multiply(direction, rate)), state: [mean, square] };
  },
});
