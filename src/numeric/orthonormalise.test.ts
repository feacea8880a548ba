import { expect, test } from "vitest";
import { dot, type Matrix, rowOf } from "./matrix.ts";
import { orthonormaliseRows } from "./orthonormalise.ts";
import { Random } from "./random.ts";

const gaussian = (rows: number, columns: number): Matrix<Float64Array> => {
  const random = new Random(6, "orthonormalise", rows, columns);
  return { rows, columns, values: Float64Array.from({ length: rows * columns }, () => random.normal()) };
};

test.each([
  [1, 1],
  [2, 2],
  [3, 9],
  [9, 9],
  [64, 64],
  [30, 300],
])("%i random rows of %i columns become orthonormal, each beyond those before it", (rows, columns) => {
  const given = gaussian(rows, columns);
  const made = { ...given, values: given.values.slice() };
  orthonormaliseRows(made);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j <= i; j++) {
      expect(Math.abs(dot(rowOf(made, i), rowOf(made, j)) - (i === j ? 1 : 0))).toBeLessThan(1e-10);
    }
    // A row is a sum over the made rows up to its own, of which it has a positive share.
    const rest = rowOf(given, i).slice();
    for (let j = 0; j <= i; j++) {
      const share = dot(rowOf(given, i), rowOf(made, j));
      rowOf(made, j).forEach((value, at) => {
        rest[at] -= share * value;
      });
    }
    expect(dot(rowOf(given, i), rowOf(made, i))).toBeGreaterThan(0);
    expect(Math.sqrt(dot(rest, rest))).toBeLessThan(1e-10);
  }
});

test("the rows are made in their order", () => {
  const values = Float64Array.of(0, 2, 1, 1);
  orthonormaliseRows({ rows: 2, columns: 2, values });
  expect([...values]).toEqual([0, 1, 1, 0]);
});
