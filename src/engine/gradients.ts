/** Reverse-mode differentiation on the graph: walks the tape backwards and adds the nodes that compute the gradients. */

import { OsteonError } from "../errors.ts";
import { gradientRules } from "./gradient-rules.ts";
import type { TapeEntry, Value } from "./graph.ts";
import { add } from "./ops.ts";
import { formsOf, type Provider, type ProviderForms } from "./providers.ts";
import { type OperatorType, sizeOf } from "./shape-rules.ts";

/** How gradients are written. */
export interface GradientOptions {
  /** What the graph is to run on; `cpu` by default. */
  readonly provider?: Provider;
}

/**
 * The gradients of a scalar with respect to tensors of the same graph, each with its tensor's shape.
 *
 * Only the part of the graph that lies between `wrt` and the loss is differentiated, so a frozen parameter costs nothing.
 *
 * @throws OsteonError `bad-usage` when the loss is no scalar or does not depend on one of the tensors, `unsupported` when
 *   an operator on the way has no gradient rule
 * @example
 * const [dw] = gradients(loss, [w]);
 */
export const gradients = (loss: Value, wrt: readonly Value[], { provider = "cpu" }: GradientOptions = {}): Value[] => {
  if (sizeOf(loss.shape) !== 1) {
    throw new OsteonError(
      "bad-usage",
      `Only a scalar can be differentiated; the loss has shape [${loss.shape.join(", ")}].`,
    );
  }
  const { graph } = loss;
  const entries = entriesBetween(graph.tape, wrt);
  const forms = formsOf(provider);
  return graph.untaped(() => {
    const found = new Map<string, Value>([[loss.name, graph.constant([1], loss.shape)]]);
    for (const entry of entries.toReversed()) {
      const outputGradients = entry.outputs.map((output) => found.get(output.name));
      if (outputGradients.every((gradient) => gradient === undefined)) continue;
      const inputGradients = applyRule(entry, outputGradients, forms);
      entry.inputs.forEach((input, i) => {
        const gradient = inputGradients[i];
        if (!gradient) return;
        const earlier = found.get(input.name);
        found.set(input.name, earlier ? add(earlier, gradient) : gradient);
      });
    }
    return wrt.map((value) => {
      const gradient = found.get(value.name);
      if (gradient) return gradient;
      throw new OsteonError("bad-usage", `The loss does not depend on "${value.name}".`, { name: value.name });
    });
  });
};

/** The tape entries whose outputs depend on one of the tensors, in order. */
const entriesBetween = (tape: readonly TapeEntry[], wrt: readonly Value[]): TapeEntry[] => {
  const dependent = new Set(wrt.map((value) => value.name));
  return tape.filter((entry) => {
    if (!entry.inputs.some((input) => dependent.has(input.name))) return false;
    for (const output of entry.outputs) dependent.add(output.name);
    return true;
  });
};

const applyRule = (
  entry: TapeEntry,
  outputGradients: readonly (Value | undefined)[],
  forms: ProviderForms,
): readonly (Value | undefined)[] => {
  if (entry.gradient) return entry.gradient(entry, outputGradients);
  const rule = gradientRules[entry.type as OperatorType];
  if (!rule)
    throw new OsteonError("unsupported", `The operator ${entry.type} has no gradient rule.`, { type: entry.type });
  return rule(entry, outputGradients[0]!, forms);
};
