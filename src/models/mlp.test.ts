import { expect, test } from "vitest";
import { sizeOf } from "../engine/shape-rules.ts";
import { stateSpecs } from "../nn/network.ts";
import { mlp } from "./mlp.ts";

const namesOf = (network: ReturnType<typeof mlp>, inputShape: readonly number[] = [1, 5]): string[] =>
  stateSpecs(network, inputShape).map(({ name }) => name);

test("the parameters are numbered as in a torch Sequential, whatever the dropout", () => {
  const hidden = [4, 3];
  const plain = ["0.weight", "0.bias", "3.weight", "3.bias", "6.weight", "6.bias"];
  expect(namesOf(mlp({ hidden, numClasses: 2 }))).toEqual(plain);
  expect(namesOf(mlp({ hidden, numClasses: 2, dropout: 0.5 }))).toEqual(plain);
  const weights = namesOf(mlp({ hidden, numClasses: 2, batchNorm: true })).filter((name) => name.endsWith("weight"));
  expect(weights).toEqual(["0.weight", "1.weight", "4.weight", "5.weight", "8.weight"]);
});

test("without hidden layers it is one linear layer", () => {
  const specs = stateSpecs(mlp({ hidden: [], numClasses: 2 }), [1, 5]);
  expect(specs.map(({ name, shape }) => [name, sizeOf(shape)])).toEqual([
    ["0.weight", 10],
    ["0.bias", 2],
  ]);
});

test("a picture and a width that is none are refused", () => {
  expect(() => namesOf(mlp({ hidden: [4], numClasses: 2 }), [1, 3, 8, 8])).toThrow("needs a table [N, F]");
  expect(() => namesOf(mlp({ hidden: [0], numClasses: 2 }))).toThrow("positive whole number of units, not 0");
});
