import { expect, test } from "vitest";
import { Graph, type Value } from "../engine/graph.ts";
import { Session } from "../engine/session.ts";
import { type FloatTensor, floatTensor, type StateDict } from "../engine/tensor.ts";
import { mobileNetV1 } from "../models/mobilenet.ts";
import { Random } from "../numeric/random.ts";
import { calibrateNormalisation } from "./calibrate-normalisation.ts";
import { initialState, stateSpecs } from "./network.ts";
import { Scope, type StateSpec } from "./scope.ts";

const eps = 1e-3;
const network = mobileNetV1({ numClasses: 4, width: 0.25, padding: "same", eps });
const shape = [12, 1, 32, 32];

/** As folded weights are: statistics that say nothing, and biases of any size. */
const foldedState = (): StateDict =>
  new Map(
    [...initialState(stateSpecs(network, shape), 1)].map(([name, tensor]) => {
      if (name.endsWith("running_var"))
        return [
          name,
          floatTensor(
            tensor.shape,
            tensor.data.map(() => 1 - eps),
          ),
        ];
      if (!/bn\d\.bias$/.test(name)) return [name, tensor];
      const random = new Random(2, name);
      return [
        name,
        floatTensor(
          tensor.shape,
          tensor.data.map(() => random.normal(0.3, 0.3)),
        ),
      ];
    }),
  );

const pictures = (seed: number): FloatTensor => {
  const random = new Random(seed);
  return floatTensor(
    shape,
    Float32Array.from({ length: 12 * 32 * 32 }, (_, i) => Math.sin(i / 9) + random.normal()),
  );
};

const featuresOf = async (state: StateDict, x: FloatTensor, training: boolean): Promise<Float32Array> => {
  const graph = new Graph();
  const resolve = (spec: StateSpec): Value => graph.input(spec.name, spec.shape);
  const scope = new Scope({ graph, training, resolve, bufferUpdates: new Map() });
  const { features } = network(scope, graph.input("x", shape));
  const session = await Session.create(graph.toModel({ features }));
  const known = new Set(session.inputs.map(({ name }) => name));
  const feeds = Object.fromEntries([...state].filter(([name]) => known.has(name)));
  const outputs = await session.run({ ...feeds, x });
  await session.release();
  return outputs.features!.data as Float32Array;
};

const distance = (a: Float32Array, b: Float32Array): number =>
  Math.sqrt(a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0) / b.reduce((sum, value) => sum + value ** 2, 0));

test("the network computes what it computed, and now also while it trains", async () => {
  const folded = foldedState();
  const x = pictures(5);
  const calibrated = await calibrateNormalisation(network, { state: folded, x, eps });
  const others = pictures(6);
  const wanted = await featuresOf(folded, others, false);
  expect(distance(await featuresOf(calibrated, others, false), wanted)).toBeLessThan(1e-3);
  expect(distance(await featuresOf(folded, others, true), wanted)).toBeGreaterThan(0.3);
  expect(distance(await featuresOf(calibrated, others, true), wanted)).toBeLessThan(0.1);
});
