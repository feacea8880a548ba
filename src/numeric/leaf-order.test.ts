import fc from "fast-check";
import { expect, test } from "vitest";
import { leafOrder } from "./leaf-order.ts";
import { matrixOfRows } from "./matrix.ts";
import { Random } from "./random.ts";

test("every row stands in the line once, also where rows are alike", () => {
  const row = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 2 });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 30 }), (rows) => {
      const order = leafOrder(matrixOfRows(rows));
      expect(order.toSorted((a, b) => a - b)).toEqual(rows.map((_, i) => i));
    }),
  );
});

test("points on a line come in the line's order, from one end or the other", () => {
  const places = [5, 1, 9, 3, 7, 0, 20];
  const order = leafOrder(matrixOfRows(places.map((place) => [place]))).map((i) => places[i]!);
  expect([order, order.toReversed()]).toContainEqual(places.toSorted((a, b) => a - b));
});

test("groups that lie apart stay together", () => {
  const random = new Random(6, "leaf order");
  const rows = Array.from({ length: 120 }, (_, i) => [random.normal((i % 6) * 50), random.normal((i % 6) ** 2 * 30)]);
  const groups = leafOrder(matrixOfRows(rows)).map((i) => i % 6);
  expect(groups.filter((group, i) => group !== groups[i - 1])).toHaveLength(6);
});
