/**
 * Eigenvalues and eigenvectors of a symmetric matrix: reflections make it tridiagonal, rotations diagonal (EISPACK's tred2 and
 * tql2, as in JAMA; Wilkinson and Reinsch, 1971).
 */

import { type Matrix, rowOf } from "./matrix.ts";

/** What a symmetric matrix is made of. */
export interface Eigen {
  /** The largest first. */
  readonly values: Float64Array;
  /** Row i is the unit vector of value i. */
  readonly vectors: Matrix<Float64Array>;
}

/**
 * The decomposition of a symmetric matrix; of the lower triangle nothing is read.
 *
 * @example
 * symmetricEigen({ rows: 2, columns: 2, values: Float64Array.of(2, 1, 1, 2) }).values; // [3, 1]
 */
export const symmetricEigen = ({ rows: n, values }: Matrix): Eigen => {
  const vectors: Matrix<Float64Array> = { rows: n, columns: n, values: Float64Array.from(values) };
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) vectors.values[i * n + j] = vectors.values[j * n + i]!;
  const rows = Array.from({ length: n }, (_, i) => rowOf(vectors, i));
  const tridiagonal = n > 0 ? tridiagonalise(rows) : { diagonal: new Float64Array(), beside: new Float64Array() };
  diagonalise(tridiagonal, rows);
  const { diagonal } = tridiagonal;
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => diagonal[j]! - diagonal[i]! || i - j);
  const sorted = new Float64Array(n * n);
  order.forEach((from, to) => {
    sorted.set(rows[from]!, to * n);
  });
  return {
    values: Float64Array.from(order, (i) => diagonal[i]!),
    vectors: { rows: n, columns: n, values: sorted },
  };
};

interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** Element i stands between i and i + 1; the last is 0. */
  readonly beside: Float64Array;
}

/** Reflections from the last row up; the rows become the basis in which the matrix is tridiagonal. */
const tridiagonalise = (rows: readonly Float64Array[]): Tridiagonal => {
  const n = rows.length;
  const d = Float64Array.from(rows, (row) => row[n - 1]!);
  const e = new Float64Array(n);
  for (let i = n - 1; i > 0; i--) d[i] = reflect(rows, i, { d, e });
  accumulate(rows, d);
  return { diagonal: d, beside: Float64Array.from({ length: n }, (_, i) => e[i + 1] ?? 0) };
};

/** Makes row i zero left of what is beside its diagonal; `d` holds the row before, and the next row after. */
const reflect = (
  rows: readonly Float64Array[],
  i: number,
  { d, e }: { readonly d: Float64Array; readonly e: Float64Array },
): number => {
  let scale = 0;
  for (let k = 0; k < i; k++) scale += Math.abs(d[k]!);
  if (scale === 0) {
    e[i] = d[i - 1]!;
    for (let j = 0; j < i; j++) {
      d[j] = rows[j]![i - 1]!;
      rows[j]![i] = 0;
      rows[i]![j] = 0;
    }
    return 0;
  }
  let h = 0;
  for (let k = 0; k < i; k++) {
    d[k]! /= scale;
    h += d[k]! ** 2;
  }
  const last = d[i - 1]!;
  const g = last > 0 ? -Math.sqrt(h) : Math.sqrt(h);
  e[i] = scale * g;
  h -= last * g;
  d[i - 1] = last - g;
  e.fill(0, 0, i);
  for (let j = 0; j < i; j++) {
    const row = rows[j]!;
    const f = d[j]!;
    rows[i]![j] = f;
    let sum = e[j]! + row[j]! * f;
    for (let k = j + 1; k < i; k++) {
      sum += row[k]! * d[k]!;
      e[k]! += row[k]! * f;
    }
    e[j] = sum;
  }
  let along = 0;
  for (let j = 0; j < i; j++) {
    e[j]! /= h;
    along += e[j]! * d[j]!;
  }
  for (let j = 0; j < i; j++) e[j]! -= (along / (h + h)) * d[j]!;
  for (let j = 0; j < i; j++) {
    const row = rows[j]!;
    const [f, g] = [d[j]!, e[j]!];
    for (let k = j; k < i; k++) row[k]! -= f * e[k]! + g * d[k]!;
    d[j] = row[i - 1]!;
    row[i] = 0;
  }
  return h;
};

/** The product of the reflections, in place of the rows that held them; `d` becomes the diagonal. */
const accumulate = (rows: readonly Float64Array[], d: Float64Array): void => {
  const n = rows.length;
  for (let i = 0; i < n - 1; i++) {
    rows[i]![n - 1] = rows[i]![i]!;
    rows[i]![i] = 1;
    const h = d[i + 1]!;
    const reflection = rows[i + 1]!;
    if (h !== 0) {
      for (let k = 0; k <= i; k++) d[k] = reflection[k]! / h;
      for (let j = 0; j <= i; j++) {
        const row = rows[j]!;
        let along = 0;
        for (let k = 0; k <= i; k++) along += reflection[k]! * row[k]!;
        for (let k = 0; k <= i; k++) row[k]! -= along * d[k]!;
      }
    }
    reflection.fill(0, 0, i + 1);
  }
  for (let j = 0; j < n; j++) {
    d[j] = rows[j]![n - 1]!;
    rows[j]![n - 1] = 0;
  }
  rows[n - 1]![n - 1] = 1;
};

/** Implicit QL steps until nothing above rounding stands beside the diagonal; the rows become the eigenvectors. */
const diagonalise = ({ diagonal: d, beside: e }: Tridiagonal, rows: readonly Float64Array[]): void => {
  const n = rows.length;
  let shift = 0;
  let largest = 0;
  for (let l = 0; l < n; l++) {
    largest = Math.max(largest, Math.abs(d[l]!) + Math.abs(e[l]!));
    const least = Number.EPSILON * largest;
    let m = l;
    while (m < n - 1 && Math.abs(e[m]!) > least) m++;
    if (m > l)
      do shift += step(l, m, { d, e, rows });
      while (Math.abs(e[l]!) > least);
    d[l]! += shift;
    e[l] = 0;
  }
};

/** One QL step of the block from l to m. Returns by how much the diagonal from l on was lowered. */
const step = (
  l: number,
  m: number,
  { d, e, rows }: { readonly d: Float64Array; readonly e: Float64Array; readonly rows: readonly Float64Array[] },
): number => {
  const before = d[l]!;
  const ratio = (d[l + 1]! - before) / (2 * e[l]!);
  const root = ratio < 0 ? -Math.hypot(ratio, 1) : Math.hypot(ratio, 1);
  d[l] = e[l]! / (ratio + root);
  d[l + 1] = e[l]! * (ratio + root);
  const next = d[l + 1]!;
  const lowered = before - d[l]!;
  for (let i = l + 2; i < d.length; i++) d[i]! -= lowered;
  const besideNext = e[l + 1]!;
  let p = d[m]!;
  let [c, c2, c3, s, s2] = [1, 1, 1, 0, 0];
  for (let i = m - 1; i >= l; i--) {
    [c3, c2, s2] = [c2, c, s];
    const [g, h] = [c * e[i]!, c * p];
    const r = Math.hypot(p, e[i]!);
    e[i + 1] = s * r;
    s = e[i]! / r;
    c = p / r;
    p = c * d[i]! - s * g;
    d[i + 1] = h + s * (c * g + s * d[i]!);
    turn(rows[i]!, rows[i + 1]!, { c, s });
  }
  p = (-s * s2 * c3 * besideNext * e[l]!) / next;
  e[l] = s * p;
  d[l] = c * p;
  return lowered;
};

const turn = (row: Float64Array, below: Float64Array, { c, s }: { readonly c: number; readonly s: number }): void => {
  for (let k = 0; k < row.length; k++) {
    const [x, y] = [row[k]!, below[k]!];
    row[k] = c * x - s * y;
    below[k] = s * x + c * y;
  }
};
