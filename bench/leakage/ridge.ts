/** Ridge regression in its dual form: as many unknowns as examples, however long the codes are. The strongest linear attacker. */

import { cholesky, solveLower } from "../../src/numeric/cholesky.ts";
import { dot, type Matrix, meanOfRows, rowOf } from "../../src/numeric/matrix.ts";

/** Guesses what belongs to an input. */
export type Guess = (input: Float32Array) => Float64Array;

/** Inputs, what belongs to each, and whose they are. */
export interface Lessons {
  readonly inputs: Matrix<Float32Array>;
  readonly targets: Matrix<Float32Array>;
}

/** Strengths that are tried, as multiples of the inputs' mean square length. */
export const strengths = [0.003, 0.03, 0.3, 3] as const;

/** Fits targets to inputs; both are taken from their means. */
export const fitRidge = ({ inputs, targets }: Lessons, strength: number): Guess => {
  const n = inputs.rows;
  const inputMean = Float32Array.from(meanOfRows(inputs));
  const targetMean = meanOfRows(targets);
  const centred = Array.from({ length: n }, (_, i) => minus(rowOf(inputs, i) as Float32Array, inputMean));
  const kernel = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const product = dot(centred[i]!, centred[j]!);
      kernel[i * n + j] = product;
      kernel[j * n + i] = product;
    }
  }
  let trace = 0;
  for (let i = 0; i < n; i++) trace += kernel[i * n + i]!;
  for (let i = 0; i < n; i++) kernel[i * n + i]! += (strength * trace) / n;
  const lower = cholesky({ rows: n, columns: n, values: kernel });
  const upper = transposed(lower);
  const weights = Array.from({ length: targets.columns }, (_, column) => {
    const wanted = Float64Array.from(
      { length: n },
      (_, i) => targets.values[i * targets.columns + column]! - targetMean[column]!,
    );
    return solveUpper(upper, solveLower(lower, wanted));
  });
  return (input) => {
    const from = minus(input, inputMean);
    const products = Float64Array.from(centred, (known) => dot(known, from));
    return Float64Array.from(weights, (own, column) => targetMean[column]! + dot(own, products));
  };
};

const minus = (a: Float32Array, b: Float32Array): Float32Array => a.map((value, i) => value - b[i]!);

const transposed = ({ rows: n, values }: Matrix<Float64Array>): Matrix<Float64Array> => {
  const turned = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) turned[j * n + i] = values[i * n + j]!;
  return { rows: n, columns: n, values: turned };
};

const solveUpper = ({ rows: n, values }: Matrix<Float64Array>, b: Float64Array): Float64Array => {
  const x = new Float64Array(n);
  for (let i = n - 1; i >= 0; i--) {
    let rest = b[i]!;
    for (let k = i + 1; k < n; k++) rest -= values[i * n + k]! * x[k]!;
    x[i] = rest / values[i * n + i]!;
  }
  return x;
};
