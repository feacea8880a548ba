/**
 * Eigenvalues and eigenvectors of a symmetric matrix: Householder's reduction to a tridiagonal matrix, then implicit QL
 * steps with Wilkinson's shift (Golub and Van Loan, Matrix Computations, 8.3).
 */

import { OsteonError } from "../errors.ts";
import type { Matrix } from "./matrix.ts";

/** The spectral decomposition of a symmetric matrix. */
export interface SymmetricEigen {
  /** Descending. */
  readonly eigenvalues: Float64Array;
  /** [n, n]: row i is the unit eigenvector of eigenvalue i. Its sign is such that its largest component is positive. */
  readonly eigenvectors: Matrix<Float64Array>;
}

/**
 * Decomposes a symmetric matrix; only its lower triangle is read. Takes O(n^3): about a second for n = 512.
 *
 * @throws OsteonError `bad-input` when a value is not finite
 * @example
 * symmetricEigen({ rows: 2, columns: 2, values: Float64Array.of(2, 1, 1, 2) }).eigenvalues; // [3, 1]
 */
export const symmetricEigen = ({ rows: n, values }: Matrix): SymmetricEigen => {
  if (!values.every(Number.isFinite)) throw new OsteonError("bad-input", "The matrix has values that are not finite.");
  const { diagonal, subdiagonal, vectors } = tridiagonalise(Float64Array.from(values), n);
  diagonaliseByQl({ diagonal, subdiagonal, vectors, n });
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => diagonal[b] - diagonal[a]);
  const sorted = new Float64Array(n * n);
  order.forEach((from, to) => {
    const vector = vectors.subarray(from * n, (from + 1) * n);
    let largest = 0;
    for (const value of vector) if (Math.abs(value) > Math.abs(largest)) largest = value;
    for (let j = 0; j < n; j++) sorted[to * n + j] = largest < 0 ? -vector[j] : vector[j];
  });
  return {
    eigenvalues: Float64Array.from(order, (i) => diagonal[i]),
    eigenvectors: { rows: n, columns: n, values: sorted },
  };
};

interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** `subdiagonal[i]` joins i and i + 1; the last is 0. */
  readonly subdiagonal: Float64Array;
  /** [n, n]: row i is column i of the orthogonal Q with matrix = Q T Q^T, so that rotations run along memory. */
  readonly vectors: Float64Array;
}

/** Reflects column after column onto its first entry below the diagonal; `a` is overwritten. */
const tridiagonalise = (a: Float64Array, n: number): Tridiagonal => {
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    vectors[i * n + i] = 1;
    for (let j = i + 1; j < n; j++) a[i * n + j] = a[j * n + i];
  }
  const v = new Float64Array(n);
  const p = new Float64Array(n);
  for (let c = 0; c + 2 < n; c++) {
    let squares = 0;
    for (let i = c + 1; i < n; i++) {
      v[i] = a[i * n + c];
      squares += v[i] * v[i];
    }
    if (squares - v[c + 1] * v[c + 1] === 0) continue; // already tridiagonal here
    v[c + 1] += v[c + 1] < 0 ? -Math.sqrt(squares) : Math.sqrt(squares); // the sign without cancellation
    let length = 0;
    for (let i = c + 1; i < n; i++) length += v[i] * v[i];
    const beta = 2 / length;
    // The two-sided product P A P with P = I - beta v v^T is a symmetric update of rank two.
    let vp = 0;
    for (let i = c; i < n; i++) {
      let sum = 0;
      for (let j = c + 1, at = i * n + c + 1; j < n; j++) sum += a[at++] * v[j];
      p[i] = beta * sum;
      if (i > c) vp += v[i] * p[i];
    }
    for (let i = c + 1; i < n; i++) p[i] -= (beta / 2) * vp * v[i];
    for (let i = c + 1; i < n; i++) {
      const vi = v[i];
      const pi = p[i];
      for (let j = c + 1, at = i * n + c + 1; j < n; j++) a[at++] -= vi * p[j] + pi * v[j];
    }
    for (let i = c + 1; i < n; i++) {
      a[i * n + c] -= p[c] * v[i];
      a[c * n + i] = a[i * n + c];
    }
    // Q <- Q P, on the transposed Q: vectors <- P vectors.
    p.fill(0);
    for (let i = c + 1; i < n; i++) {
      const vi = v[i];
      for (let j = 0, at = i * n; j < n; j++) p[j] += vi * vectors[at++];
    }
    for (let i = c + 1; i < n; i++) {
      const factor = beta * v[i];
      for (let j = 0, at = i * n; j < n; j++) vectors[at++] -= factor * p[j];
    }
  }
  return {
    diagonal: Float64Array.from({ length: n }, (_, i) => a[i * n + i]),
    subdiagonal: Float64Array.from({ length: n }, (_, i) => (i + 1 < n ? a[(i + 1) * n + i] : 0)),
    vectors,
  };
};

/** Drives the subdiagonal to zero from the top, one eigenvalue after another; everything is overwritten. */
const diagonaliseByQl = ({ diagonal: d, subdiagonal: e, vectors, n }: Tridiagonal & { readonly n: number }): void => {
  for (let first = 0; first < n; first++) {
    for (let sweep = 0; ; sweep++) {
      let last = first;
      while (last + 1 < n && Math.abs(e[last]) > Number.EPSILON * (Math.abs(d[last]) + Math.abs(d[last + 1]))) last++;
      if (last === first) break;
      if (sweep === 100) throw new OsteonError("bad-input", `Eigenvalue ${first} of ${n} did not converge.`);
      const half = (d[first + 1] - d[first]) / (2 * e[first]);
      const shift = d[first] - e[first] / (half + Math.sign(half || 1) * Math.hypot(half, 1));
      let g = d[last] - shift;
      let s = 1;
      let c = 1;
      let p = 0;
      let i = last - 1;
      for (; i >= first; i--) {
        const f = s * e[i];
        const b = c * e[i];
        const r = Math.hypot(f, g);
        e[i + 1] = r;
        if (r === 0) {
          // The block splits here by underflow: take back the shift and look again.
          d[i + 1] -= p;
          e[last] = 0;
          break;
        }
        s = f / r;
        c = g / r;
        g = d[i + 1] - p;
        const t = (d[i] - g) * s + 2 * c * b;
        p = s * t;
        d[i + 1] = g + p;
        g = c * t - b;
        rotate(vectors.subarray(i * n, (i + 2) * n), c, s);
      }
      if (i >= first) continue;
      d[first] -= p;
      e[first] = g;
      e[last] = 0;
    }
  }
};

/** Turns two rows, laid one after the other, by the angle with the given cosine and sine. */
const rotate = (rows: Float64Array, c: number, s: number): void => {
  const n = rows.length / 2;
  for (let j = 0; j < n; j++) {
    const upper = rows[j];
    const lower = rows[n + j];
    rows[n + j] = s * upper + c * lower;
    rows[j] = c * upper - s * lower;
  }
};
