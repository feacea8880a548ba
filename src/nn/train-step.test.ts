import { beforeAll, describe, expect, test } from "vitest";
import { globalAveragePool, relu } from "../engine/ops.ts";
import { adamW, sgd } from "../engine/optimisers.ts";
import { type FloatTensor, floatTensor, labelTensor, type StateDict } from "../engine/tensor.ts";
import { Random } from "../numeric/random.ts";
import { batchNormalisation } from "./batch-normalisation.ts";
import { dropout, stochasticDepth } from "./dropout.ts";
import { convolution, linear } from "./layers.ts";
import { initialState, type Network, stateSpecs } from "./network.ts";
import { classification } from "./objective.ts";
import { TrainStep, type TrainStepOptions } from "./train-step.ts";

const plain: Network<"logits"> = (scope, x) => {
  const y = relu(convolution(scope.at("conv1"), x, { outChannels: 4, kernelSize: 3, padding: 1 }));
  return { logits: linear(scope.at("fc"), globalAveragePool(y), 3) };
};

const inputShape = [6, 1, 5, 5];
const random = new Random(2);
const pictures = Float32Array.from({ length: 150 }, () => random.normal());
const classes = [0, 1, 2, 0, 1, 2];
const x = floatTensor(inputShape, pictures);
const targets = { labels: labelTensor(classes) };
let state: StateDict;

beforeAll(() => {
  state = initialState(stateSpecs(plain, inputShape), 1);
});

const train = async (
  options: Partial<TrainStepOptions<"logits">> = {},
  steps = 3,
): Promise<{ trainer: TrainStep; losses: number[]; state: StateDict }> => {
  const trainer = await TrainStep.create({
    network: plain,
    objective: classification(),
    inputShape,
    state,
    optimiser: sgd({ momentum: 0.9 }),
    ...options,
  });
  const losses: number[] = [];
  for (let i = 0; i < steps; i++) losses.push((await trainer.step({ x, targets, lr: 0.1 })).loss);
  return { trainer, losses, state: trainer.state() };
};

const distance = (a: StateDict, b: StateDict, names: Iterable<string> = a.keys()): number =>
  Math.max(
    ...[...names].map((name) =>
      Math.max(...a.get(name)!.data.map((value, i) => Math.abs(value - b.get(name)!.data[i]!))),
    ),
  );

describe("frozen parameters", () => {
  test("stay as they are while the others move, and cost no gradient", async () => {
    const frozen = (name: string): boolean => name.startsWith("conv1");
    const { trainer, state: after } = await train({ frozen });
    expect(distance(after, state, ["conv1.weight", "conv1.bias"])).toBe(0);
    expect(distance(after, state, ["fc.weight"])).toBeGreaterThan(0);
    expect([...trainer.optimiserState().keys()]).toEqual(["fc.weight:momentum_buffer", "fc.bias:momentum_buffer"]);
    await trainer.release();
  });

  test("all of them together are refused", async () => {
    await expect(train({ frozen: () => true })).rejects.toThrow("nothing is left to train");
  });
});

describe("optimisers by the parameter's name", () => {
  test("each moves its own as it would move all", async () => {
    const [plainSgd, momentum] = [sgd(), sgd({ momentum: 0.9 })];
    const one = await train({ optimiser: plainSgd }, 1);
    const both = await train({ optimiser: (name) => (name.startsWith("fc.") ? plainSgd : momentum) }, 1);
    expect(both.state).toEqual(one.state); // the velocity is the gradient at first
    expect([...both.trainer.optimiserState().keys()].sort()).toEqual([
      "conv1.bias:momentum_buffer",
      "conv1.weight:momentum_buffer",
    ]);
    await both.trainer.step({ x, targets, lr: 0.1 });
    await one.trainer.step({ x, targets, lr: 0.1 });
    expect(distance(both.trainer.state(), one.trainer.state(), ["conv1.weight"])).toBeGreaterThan(0);
    await Promise.all([one, both].map(({ trainer }) => trainer.release()));
  });
});

describe("tensors put in the place of others", () => {
  test("are trained on from, and leave the rest and the optimiser's state as they were", async () => {
    const { trainer, state: before } = await train();
    const slots = trainer.optimiserState();
    const bias = floatTensor([3], Float32Array.of(1, 2, 3));
    trainer.replace(new Map([["fc.bias", bias]]));
    expect(trainer.state()).toEqual(new Map([...before, ["fc.bias", bias]]));
    expect(trainer.optimiserState()).toEqual(slots);
    bias.data[0] = 7; // what was given stays the caller's
    expect(trainer.state().get("fc.bias")!.data[0]).toBe(1);
    expect(() => trainer.replace(new Map([["fc.scale", bias]]))).toThrow('no tensor "fc.scale"');
    expect(() => trainer.replace(new Map([["fc.weight", bias]]))).toThrow("fc.weight");
    await trainer.release();
  });
});

describe("accumulation", () => {
  const half = (from: number): { x: FloatTensor; targets: { labels: ReturnType<typeof labelTensor> } } => ({
    x: floatTensor([3, 1, 5, 5], pictures.slice(from * 25, (from + 3) * 25)),
    targets: { labels: labelTensor(classes.slice(from, from + 3)) },
  });

  test("two halves of a batch make the update of the whole", async () => {
    const whole = await train({ optimiser: adamW(), clipGradientNorm: 0.1 }, 2);
    const trainer = await TrainStep.create({
      network: plain,
      objective: classification(),
      inputShape: [3, 1, 5, 5],
      state,
      optimiser: adamW(),
      clipGradientNorm: 0.1,
      accumulate: 2,
    });
    for (const from of [0, 3, 0, 3]) {
      const { gradientNorm } = await trainer.step({ ...half(from), lr: 0.1 });
      expect(gradientNorm === undefined).toBe(from === 0);
    }
    expect(trainer.stepsDone).toBe(2);
    expect(distance(trainer.state(), whole.state)).toBeLessThan(1e-4);
    await Promise.all([trainer.release(), whole.trainer.release()]);
  });
});

describe("clipping", () => {
  test("scales the gradients to the norm asked for, and tells the norm before", async () => {
    const trainer = await TrainStep.create({
      network: plain,
      objective: classification(),
      inputShape,
      state,
      optimiser: sgd(),
      clipGradientNorm: 0.01,
    });
    const { gradientNorm } = await trainer.step({ x, targets, lr: 1 });
    expect(gradientNorm).toBeGreaterThan(0.05);
    const after = trainer.state();
    let squares = 0;
    for (const [name, { data }] of state)
      data.forEach((value, i) => {
        squares += (value - after.get(name)!.data[i]!) ** 2;
      });
    expect(Math.sqrt(squares)).toBeCloseTo(0.01, 4);
    await trainer.release();
  });
});

describe("the moving average", () => {
  test("follows the parameters by its decay", async () => {
    const { trainer } = await train({ ema: { decay: 0.75 } }, 0);
    let expected = state.get("fc.weight")!.data[0]!;
    for (let i = 0; i < 3; i++) {
      await trainer.step({ x, targets, lr: 0.1 });
      expected = 0.75 * expected + 0.25 * trainer.state().get("fc.weight")!.data[0]!;
    }
    expect(trainer.averagedState().get("fc.weight")!.data[0]).toBeCloseTo(expected, 6);
    await trainer.release();
  });

  test("follows buffers too", async () => {
    const normalised: Network<"logits"> = (scope, input) => ({
      logits: linear(scope.at("fc"), globalAveragePool(batchNormalisation(scope.at("bn"), input)), 3),
    });
    const trainer = await TrainStep.create({
      network: normalised,
      objective: classification(),
      inputShape,
      state: initialState(stateSpecs(normalised, inputShape), 1),
      optimiser: sgd(),
      ema: { decay: 0.5 },
    });
    await trainer.step({ x, targets, lr: 0.1 });
    const [now] = trainer.state().get("bn.running_var")!.data;
    expect(trainer.averagedState().get("bn.running_var")!.data[0]).toBeCloseTo(0.5 + 0.5 * now!, 6);
    await trainer.release();
  });

  test("and the optimiser's state go on after a break as if there had been none", async () => {
    const options = { ema: { decay: 0.9 }, optimiser: adamW() };
    const unbroken = await train(options, 4);
    const first = await train(options, 2);
    const second = await train(
      { ...options, state: first.state, optimiserState: first.trainer.optimiserState(), stepsDone: 2 },
      2,
    );
    expect(distance(second.trainer.averagedState(), unbroken.trainer.averagedState())).toBe(0);
    await Promise.all([unbroken, first, second].map(({ trainer }) => trainer.release()));
  });
});

describe("dropout and stochastic depth", () => {
  const dropping: Network<"logits"> = (scope, input) => {
    const y = convolution(scope.at("conv1"), input, { outChannels: 8, kernelSize: 3, padding: 1 });
    const kept = stochasticDepth(scope.at("drop_path1"), dropout(scope.at("drop1"), y, 0.5), 0.25);
    return { logits: linear(scope.at("fc"), globalAveragePool(kept), 3), kept, y };
  };
  const trainer = (seed: number): Promise<TrainStep> =>
    TrainStep.create({
      network: dropping,
      objective: classification(),
      inputShape,
      state: initialState(stateSpecs(dropping, inputShape), 1),
      optimiser: sgd(),
      report: ["kept", "y"] as never[],
      seed,
    });
  const outputs = async (step: TrainStep): Promise<Record<string, FloatTensor>> =>
    (await step.step({ x, targets, lr: 0 })).outputs;

  test("zero a share of the values and enlarge the rest", async () => {
    const step = await trainer(1);
    let [zeros, samples] = [0, 0];
    for (let i = 0; i < 20; i++) {
      const { kept, y } = await outputs(step);
      for (let n = 0; n < 6; n++) {
        const sample = Array.from(kept!.data.subarray(n * 200, (n + 1) * 200));
        if (sample.every((value) => value === 0)) continue; // the whole sample was dropped
        samples++;
        zeros += sample.filter((value) => value === 0).length;
        sample.forEach((value, at) => {
          if (value !== 0) expect(value / y!.data[n * 200 + at]!).toBeCloseTo(2 / 0.75, 4);
        });
      }
    }
    expect(samples / 120).toBeGreaterThan(0.6);
    expect(samples / 120).toBeLessThan(0.9);
    expect(zeros / (samples * 200)).toBeCloseTo(0.5, 1);
    await step.release();
  });

  test("follow the seed, and draw anew at each step", async () => {
    const steps = await Promise.all([trainer(1), trainer(1), trainer(2)]);
    const [first, same, other] = await Promise.all(steps.map(outputs));
    expect(same!.kept!.data).toEqual(first!.kept!.data);
    expect(other!.kept!.data).not.toEqual(first!.kept!.data);
    expect((await outputs(steps[0]!)).kept!.data).not.toEqual(first!.kept!.data);
    await Promise.all(steps.map((step) => step.release()));
  });
});

test("a loss that no batch brings the targets of is told by the name of the target", async () => {
  const { trainer } = await train({}, 0);
  await expect(trainer.step({ x, targets: {}, lr: 0.1 })).rejects.toThrow('"labels"');
  await trainer.release();
});
