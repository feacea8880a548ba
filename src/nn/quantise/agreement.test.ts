import { expect, test } from "vitest";
import { floatTensor } from "../../engine/tensor.ts";
import { rowCosines, sameLargest } from "./agreement.ts";

const a = floatTensor([3, 2], Float32Array.of(3, 4, 1, 0, 1, 2));
const b = floatTensor([3, 2], Float32Array.of(6, 8, 0, 5, -1, -2));

test("cosines are taken row by row", () => {
  expect(rowCosines(a, b)).toEqual([1, 0, -1]);
});

test("the share of rows with the largest value at the same place", () => {
  expect(sameLargest(a, b)).toBeCloseTo(1 / 3);
  expect(sameLargest(a, a)).toBe(1);
});

test("outputs of different shapes are refused", () => {
  expect(() => rowCosines(a, floatTensor([2, 3], b.data))).toThrow("[3, 2] with [2, 3]");
});
