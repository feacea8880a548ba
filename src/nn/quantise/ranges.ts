/** Between which values the tensors of a model lie on sample batches. */

import { Session, type Tensors } from "../../engine/session.ts";
import { OsteonError } from "../../errors.ts";
import type { OnnxModel, OnnxNode, OnnxValue } from "../../onnx/model.ts";

/** The smallest and the largest value of a tensor. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/**
 * Runs the model on each batch and keeps, of each named tensor, the range over all of them.
 *
 * @throws OsteonError `bad-usage` without a batch, `bad-input` where a tensor takes a value that is no finite number
 */
export const observeRanges = async (
  model: OnnxModel,
  tensors: readonly string[],
  batches: readonly Tensors[],
): Promise<ReadonlyMap<string, Range>> => {
  if (batches.length === 0)
    throw new OsteonError(
      "bad-usage",
      "Quantisation needs at least one batch to calibrate on; give it typical pictures.",
    );
  const session = await Session.create(observing(model, tensors));
  const ranges = new Map<string, Range>();
  try {
    for (const batch of batches) {
      const outputs = await session.run(batch);
      tensors.forEach((tensor, i) => {
        const [min, max, sum] = extremes.map((type) => outputs[`${type}:${i}`]!.data[0] as number);
        if (!Number.isFinite(sum)) {
          throw new OsteonError(
            "bad-input",
            `On a calibration batch "${tensor}" is not finite; check weights and input.`,
            {
              tensor,
            },
          );
        }
        const before = ranges.get(tensor) ?? { min: Infinity, max: -Infinity };
        ranges.set(tensor, { min: Math.min(before.min, min!), max: Math.max(before.max, max!) });
      });
    }
  } finally {
    await session.release();
  }
  return ranges;
};

/** Minimum and maximum pass over what is not a number; the sum does not. */
const extremes = ["ReduceMin", "ReduceMax", "ReduceSum"] as const;

/** The model that gives out the extremes of the tensors alone. */
const observing = (model: OnnxModel, tensors: readonly string[]): OnnxModel => {
  const nodes = tensors.flatMap((tensor, i) =>
    extremes.map(
      (type): OnnxNode => ({
        type,
        domain: "",
        inputs: [tensor],
        outputs: [`${type}:${i}`],
        attributes: { keepdims: { kind: "int", value: 0 } },
      }),
    ),
  );
  const outputs = nodes.map(({ outputs: [name] }): OnnxValue => ({ name: name!, type: "float32", shape: [] }));
  return { ...model, nodes: [...model.nodes, ...nodes], outputs };
};
