/**
 * One suite for every architecture: forward pass, every gradient, and five optimiser steps against golden values of PyTorch
 * (test/fixtures/pytorch/golden.py), with the same hashed weights on both sides.
 */

import { readFileSync } from "node:fs";
import { crc32 } from "node:zlib";
import { beforeAll, describe, expect, test } from "vitest";
import { gradients } from "../../src/engine/gradients.ts";
import { Graph, type Value } from "../../src/engine/graph.ts";
import { adamW, type Optimiser, sgd } from "../../src/engine/optimisers.ts";
import { Session } from "../../src/engine/session.ts";
import { sizeOf } from "../../src/engine/shape-rules.ts";
import { type FloatTensor, floatTensor, labelTensor, type StateDict, type Tensor } from "../../src/engine/tensor.ts";
import { binaryCrossEntropy } from "../../src/nn/losses.ts";
import { inferenceSession, type Network, stateSpecs } from "../../src/nn/network.ts";
import { classification, type Objective, segmentation } from "../../src/nn/objective.ts";
import { Scope, type StateSpec } from "../../src/nn/scope.ts";
import { TrainStep } from "../../src/nn/train-step.ts";

/** A tensor by its norm and a few of its values. */
export interface Sample {
  readonly norm: number;
  readonly at: readonly number[];
  readonly values: readonly number[];
}

type GoldenObjective =
  | { kind: "classification"; labels: number[]; labelSmoothing: number; weight?: number[] }
  | { kind: "segmentation" };

type GoldenOptimiser =
  | { name: "SGD"; lr: number; momentum: number; weightDecay: number }
  | { name: "AdamW"; lr: number; weightDecay: number; eps: number };

interface Golden {
  readonly inputShape: readonly number[];
  readonly objective: GoldenObjective;
  readonly optimiser: GoldenOptimiser;
  /** Factors of the tensors whose names match; see golden.py. */
  readonly gains: readonly (readonly [pattern: string, factor: number])[];
  readonly evaluationLogits: Sample;
  readonly trainingLogits: Sample;
  readonly losses: readonly number[];
  readonly gradients: Readonly<Record<string, Sample>>;
  readonly stateAfter: Readonly<Record<string, Sample>>;
}

/** The same hash as in golden.py. */
const hashed = (name: string, count: number): Float64Array => {
  const key = crc32(name);
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    let h = (Math.imul(i, 2654435761) + key) | 0;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    values[i] = ((h ^ (h >>> 16)) >>> 0) / 2 ** 31 - 1;
  }
  return values;
};

/** A tensor filled by the hash, as golden.py's `tensor`. */
export const hashedTensor = (name: string, shape: readonly number[], scale = 1): FloatTensor =>
  floatTensor(
    shape,
    Float32Array.from(hashed(name, sizeOf(shape)), (u) => Math.fround(u) * Math.fround(scale)),
  );

/** The weights as golden.py fills them. */
export const filled = (specs: readonly StateSpec[], gains: Golden["gains"] = []): StateDict => {
  const names = new Set(specs.map(({ name }) => name));
  const fill = ({ name, shape }: StateSpec): FloatTensor => {
    const [, layer = "", kind = ""] = /^(.*)\.([^.]*)$/.exec(name) ?? [];
    const isBatchNormalisation = names.has(`${layer}.running_mean`);
    const matching = gains.filter(([pattern]) => new RegExp(pattern).test(name));
    const gain = matching.reduce((product, [, factor]) => product * factor, 1);
    const spread = (u: number): number => {
      if (isBatchNormalisation && kind === "weight") return 0.2 + 0.04 * u;
      if (isBatchNormalisation && kind === "bias") return 0.2 * u + (u < 0 ? -0.8 : 0.8);
      if (shape.length === 4) return u * Math.sqrt(6 / (shape[0]! * shape[2]! * shape[3]!));
      if (shape.length === 2) return u / Math.sqrt(shape[1]!);
      return shape.length === 1 && /^(running_var|weight)$/.test(kind) ? 1 + 0.2 * u : 0.1 * u;
    };
    return floatTensor(
      shape,
      Float32Array.from(hashed(name, sizeOf(shape)), (u) => spread(u) * gain),
    );
  };
  return new Map(specs.map((spec) => [spec.name, fill(spec)]));
};

const objectiveOf = (golden: GoldenObjective): Objective<"logits"> =>
  golden.kind === "classification" ? classification(golden) : segmentation((x, masks) => binaryCrossEntropy(x, masks));

const targetsOf = (golden: GoldenObjective, logits: readonly number[]): Record<string, Tensor> => {
  if (golden.kind === "classification") return { labels: labelTensor(golden.labels) };
  const masks = hashedTensor("masks", logits);
  return {
    masks: floatTensor(
      logits,
      masks.data.map((u) => Number(u > 0.3)),
    ),
  };
};

const optimiserOf = (golden: GoldenOptimiser): Optimiser => (golden.name === "SGD" ? sgd(golden) : adamW(golden));

/** The worst error of the norm and of the sampled values, each relative to the tensor's root mean square. */
const sampleError = ({ data }: Tensor, expected: Sample): number => {
  const values = data as Float32Array;
  const norm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  const rootMeanSquare = expected.norm / Math.sqrt(values.length);
  const errors = expected.at.map((index, i) => Math.abs(values[index]! - expected.values[i]!) / rootMeanSquare);
  return Math.max(Math.abs(norm - expected.norm) / expected.norm, ...errors);
};

/** The tensors that are off by more than the tolerance, so that a failure names its layer. */
const wrongTensors = (
  tensors: Readonly<Record<string, Tensor>>,
  expected: Readonly<Record<string, Sample>>,
  tolerance: number,
): Record<string, number> => {
  const errors = Object.entries(expected).map(([name, sample]) => [name, sampleError(tensors[name]!, sample)] as const);
  return Object.fromEntries(errors.filter(([, error]) => !(error < tolerance)));
};

/** What is asked of an architecture beside its golden file. */
export interface PublishedNetwork {
  readonly network: Network<"logits">;
  /** The file in test/fixtures/pytorch. */
  readonly golden: string;
  /** Published numbers of parameters of the same architecture in its usual sizes. */
  readonly parameterCounts?: readonly {
    readonly network: Network;
    readonly inputShape: readonly number[];
    readonly count: number;
  }[];
  /**
   * Parameters whose gradient is zero but for rounding, such as a bias before a batch normalisation: they are compared by
   * absolute size only.
   */
  readonly withoutGradient?: (name: string) => boolean;
}

/** Compares a network with PyTorch; every tolerance is 1e-3 of a tensor's root mean square. */
export const describeAgainstPytorch = (
  name: string,
  { network, golden: file, parameterCounts = [], withoutGradient = () => false }: PublishedNetwork,
): void => {
  describe(name, () => {
    const golden = JSON.parse(readFileSync(new URL(`../fixtures/pytorch/${file}`, import.meta.url), "utf8")) as Golden;
    const { inputShape } = golden;
    const x = hashedTensor("x", inputShape, 1.7);
    const objective = objectiveOf(golden.objective);
    let state: StateDict;
    let logitsShape: readonly number[];

    beforeAll(async () => {
      state = filled(stateSpecs(network, inputShape), golden.gains);
    });

    test("the parameters carry the published names", () => {
      expect([...state.keys()].sort()).toEqual(Object.keys(golden.stateAfter).sort());
    });

    test.each(parameterCounts)(
      "has $count parameters in its published size",
      ({ network: sized, inputShape: of, count }) => {
        const parameters = stateSpecs(sized, of).filter(({ kind }) => kind === "parameter");
        expect(parameters.reduce((sum, { shape }) => sum + sizeOf(shape), 0)).toBe(count);
      },
    );

    test("the forward pass in evaluation agrees", async () => {
      const session = await inferenceSession(network, { inputShape, state });
      const { logits } = await session.run({ x });
      expect(sampleError(logits!, golden.evaluationLogits)).toBeLessThan(1e-3);
      logitsShape = logits!.shape;
      await session.release();
    });

    test("every gradient agrees", async () => {
      const graph = new Graph();
      const values = new Map<string, Value>();
      const resolve = (spec: StateSpec): Value => {
        values.set(spec.name, graph.input(spec.name, spec.shape));
        return values.get(spec.name)!;
      };
      const scope = new Scope({ graph, training: true, resolve, bufferUpdates: new Map() });
      const made = network(scope, graph.input("x", inputShape));
      const names = Object.keys(golden.gradients);
      const found = gradients(
        objective(made),
        names.map((each) => values.get(each)!),
      );
      const outputs = Object.fromEntries(names.map((each, i) => [`d:${each}`, found[i]!]));
      const session = await Session.create(graph.toModel({ logits: made.logits, ...outputs }));
      const targets = targetsOf(golden.objective, made.logits.shape);
      const results = await session.run({ x, ...targets, ...Object.fromEntries(state) });
      await session.release();
      expect(sampleError(results.logits!, golden.trainingLogits)).toBeLessThan(1e-3);
      const computed = Object.fromEntries(names.map((each) => [each, results[`d:${each}`]!]));
      const compared = Object.entries(golden.gradients).filter(([each]) => !withoutGradient(each));
      expect(wrongTensors(computed, Object.fromEntries(compared), 1e-3)).toEqual({});
      for (const each of names.filter(withoutGradient)) {
        const { data } = computed[each]!;
        expect(Math.max(...(data as Float32Array).map(Math.abs))).toBeLessThan(1e-4);
      }
    });

    test("five optimiser steps agree", async () => {
      const { lr } = golden.optimiser;
      const optimiser = optimiserOf(golden.optimiser);
      const trainer = await TrainStep.create({ network, objective, inputShape, optimiser, state, seed: 0 });
      const targets = targetsOf(golden.objective, logitsShape);
      const losses: number[] = [];
      for (const _ of golden.losses) losses.push((await trainer.step({ x, targets, lr })).loss);
      const after = Object.fromEntries(trainer.state());
      await trainer.release();
      losses.forEach((loss, i) => {
        expect(Math.abs(loss - golden.losses[i]!) / golden.losses[i]!).toBeLessThan(1e-3);
      });
      expect(wrongTensors(after, golden.stateAfter, 1e-3)).toEqual({});
    });
  });
};
