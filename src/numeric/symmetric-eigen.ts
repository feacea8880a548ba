/** Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations: slow for large matrices, accurate for all. */

import { type Matrix, rowOf } from "./matrix.ts";

/** What a symmetric matrix is made of. */
export interface Eigen {
  /** The largest first. */
  readonly values: Float64Array;
  /** Row i is the unit vector of value i. */
  readonly vectors: Matrix<Float64Array>;
}

const mostSweeps = 60;

/**
 * The decomposition of a symmetric matrix; of the lower triangle nothing is read.
 *
 * @example
 * symmetricEigen({ rows: 2, columns: 2, values: Float64Array.of(2, 1, 1, 2) }).values; // [3, 1]
 */
export const symmetricEigen = ({ rows: n, values }: Matrix): Eigen => {
  const a = Float64Array.from(values);
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[i * n + j] = a[j * n + i]!;
  const vectors: Matrix<Float64Array> = { rows: n, columns: n, values: new Float64Array(n * n) };
  for (let i = 0; i < n; i++) vectors.values[i * n + i] = 1;
  for (let sweep = 0; sweep < mostSweeps && offDiagonal(a, n) > 0; sweep++) {
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) rotate(a, n, { p, q, vectors: vectors.values });
    }
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[j * n + j]! - a[i * n + i]! || i - j);
  const sorted = new Float64Array(n * n);
  order.forEach((from, to) => {
    sorted.set(rowOf(vectors, from), to * n);
  });
  return {
    values: Float64Array.from(order, (i) => a[i * n + i]!),
    vectors: { rows: n, columns: n, values: sorted },
  };
};

/** What is left beside the diagonal; 0 where it is beneath rounding. */
const offDiagonal = (a: Float64Array, n: number): number => {
  let beside = 0;
  let all = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const square = a[i * n + j]! ** 2;
      all += square;
      if (i !== j) beside += square;
    }
  }
  return beside > all * Number.EPSILON ** 2 ? beside : 0;
};

interface Plane {
  readonly p: number;
  readonly q: number;
  readonly vectors: Float64Array;
}

/** Turns the plane of axes p and q so that the element between them becomes 0 (Golub and Van Loan, 8.5.2). */
const rotate = (a: Float64Array, n: number, { p, q, vectors }: Plane): void => {
  const between = a[p * n + q]!;
  if (between === 0) return;
  const tau = (a[q * n + q]! - a[p * n + p]!) / (2 * between);
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = t * c;
  turnRows(a, n, { p, q, c, s });
  for (let k = 0, at = 0; k < n; k++, at += n) {
    const [x, y] = [a[at + p]!, a[at + q]!];
    a[at + p] = c * x - s * y;
    a[at + q] = s * x + c * y;
  }
  turnRows(vectors, n, { p, q, c, s });
};

const turnRows = (
  a: Float64Array,
  n: number,
  { p, q, c, s }: { readonly p: number; readonly q: number; readonly c: number; readonly s: number },
): void => {
  for (let k = 0, i = p * n, j = q * n; k < n; k++, i++, j++) {
    const [x, y] = [a[i]!, a[j]!];
    a[i] = c * x - s * y;
    a[j] = s * x + c * y;
  }
};
