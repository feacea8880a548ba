import { expect, test } from "vitest";
import { Graph } from "./graph.ts";
import { matmulTransposedA, matmulTransposedB } from "./ops.ts";
import { writeOutTranspositions } from "./plain-matrix-products.ts";
import { Session } from "./session.ts";
import { floatTensor } from "./tensor.ts";

test("products of transposed matrices come out the same when the transposition is written", async () => {
  const graph = new Graph();
  const [a, b] = [graph.input("a", [2, 3, 2, 4]), graph.input("b", [5, 4])];
  const product = matmulTransposedB(a, b, 0.5); // [2, 3, 2, 5]
  const outputs = { product, turned: matmulTransposedA(product, graph.input("c", [2, 3, 2, 6])) };
  const model = graph.toModel(outputs);
  const plain = writeOutTranspositions(model);
  expect(plain.nodes.map(({ type }) => type)).not.toContain("FusedMatMul");
  const feeds = Object.fromEntries(
    model.inputs.map(({ name, shape }) => {
      const size = shape.reduce((all, one) => all * one, 1);
      return [
        name,
        floatTensor(
          shape,
          Float32Array.from({ length: size }, (_, i) => Math.sin(i + 1)),
        ),
      ];
    }),
  );
  const [expected, found] = await Promise.all(
    [model, plain].map(async (each) => {
      const session = await Session.create(each);
      const results = await session.run(feeds);
      await session.release();
      return results;
    }),
  );
  for (const name of Object.keys(outputs)) {
    expect(found![name]!.shape).toEqual(expected![name]!.shape);
    for (const [i, value] of expected![name]!.data.entries())
      expect(found![name]!.data[i]).toBeCloseTo(Number(value), 5);
  }
});
