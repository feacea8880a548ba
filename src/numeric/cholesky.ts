/** Cholesky factorisation of a symmetric positive definite matrix, for Mahalanobis distances without an inverse. */

import { OsteonError } from "../errors.ts";
import type { Matrix, Reals } from "./matrix.ts";

/**
 * The lower triangle L with L L^T = `matrix`; what stands above the diagonal is 0.
 *
 * @throws OsteonError `bad-input` when the matrix is not positive definite
 * @example
 * cholesky({ rows: 1, columns: 1, values: Float64Array.of(9) }).values; // [3]
 */
export const cholesky = ({ rows: n, values }: Matrix): Matrix<Float64Array> => {
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let rest = values[i * n + j];
      for (let k = 0; k < j; k++) rest -= lower[i * n + k] * lower[j * n + k];
      if (i !== j) lower[i * n + j] = rest / lower[j * n + j];
      else if (rest > 0) lower[i * n + i] = Math.sqrt(rest);
      else throw new OsteonError("bad-input", `The matrix is not positive definite: pivot ${i} of ${n} is ${rest}.`);
    }
  }
  return { rows: n, columns: n, values: lower };
};

/** The solution y of L y = b for a lower triangle L. */
export const solveLower = ({ rows: n, values }: Matrix, b: Reals): Float64Array => {
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let rest = b[i];
    for (let k = 0; k < i; k++) rest -= values[i * n + k] * y[k];
    y[i] = rest / values[i * n + i];
  }
  return y;
};
