/**
 * Parts a few rows into groups: k-means from several starts, of which the tightest is kept. It is the same each time, and plain
 * code: to compile a session of the engine for every cluster would take longer than all of its work.
 */

import { type Matrix, rowOf } from "../../../numeric/matrix.ts";
import { Random } from "../../../numeric/random.ts";

/** Rows in parts. */
export interface PartedRows {
  /** The rows of each part, the largest first. */
  readonly parts: readonly (readonly number[])[];
  /**
   * How distinct the parts are, in [-1, 1]: the mean over the rows of (b - a) / max(a, b), where a is the distance from the own
   * part's centre and b from the nearest other one's (Rousseeuw's silhouette, simplified to centres).
   */
  readonly silhouette: number;
}

/** No part of a split is smaller. */
const fewestRows = 2;
const starts = 6;
const iterations = 20;

/**
 * Parts rows in so many groups; undefined where they cannot be, as rows that are all alike.
 *
 * @param rows of the matrix that are to be parted
 */
export const partRows = (
  features: Matrix<Float32Array>,
  rows: readonly number[],
  parts: number,
): PartedRows | undefined => {
  if (rows.length < parts * fewestRows) return undefined;
  let best: Assignment | undefined;
  for (let start = 0; start < starts; start++) {
    const found = assign(features, rows, { parts, random: new Random(start, "part rows", parts) });
    if (found && (!best || found.objective < best.objective - 1e-9)) best = found;
  }
  if (!best) return undefined;
  const groups = [...Map.groupBy(rows.keys(), (i) => best.part[i]!).values()].map((places) =>
    places.map((i) => rows[i]!),
  );
  return {
    parts: groups.sort((a, b) => b.length - a.length || rows.indexOf(a[0]!) - rows.indexOf(b[0]!)),
    silhouette: silhouetteOf(features, rows, best),
  };
};

/** The number of parts from 2 up that come out most distinct. */
export const partRowsWell = (
  features: Matrix<Float32Array>,
  rows: readonly number[],
  mostParts = 6,
): PartedRows | undefined => {
  let best: PartedRows | undefined;
  for (let parts = 2; parts <= mostParts; parts++) {
    const parted = partRows(features, rows, parts);
    if (parted && (!best || parted.silhouette > best.silhouette)) best = parted;
  }
  return best;
};

interface Assignment {
  /** The part of each place among the rows. */
  readonly part: Int32Array;
  readonly centres: Matrix<Float32Array>;
  /** The sum of squared distances. */
  readonly objective: number;
}

const assign = (
  features: Matrix<Float32Array>,
  rows: readonly number[],
  { parts, random }: { readonly parts: number; readonly random: Random },
): Assignment | undefined => {
  let centres = drawCentres(features, rows, { parts, random });
  let part = new Int32Array(rows.length);
  let objective = 0;
  for (let iteration = 0; iteration < iterations; iteration++) {
    const nearest = rows.map((row) => nearestCentre(rowOf(features, row), centres));
    const next = Int32Array.from(nearest, ({ centre }) => centre);
    objective = nearest.reduce((sum, { square }) => sum + square, 0);
    const isSame = iteration > 0 && next.every((centre, i) => centre === part[i]);
    part = next;
    if (isSame) break;
    centres = meansOf(features, rows, { part, parts });
  }
  const sizes = new Int32Array(parts);
  for (const one of part) sizes[one]! += 1;
  return sizes.every((size) => size >= fewestRows) ? { part, centres, objective } : undefined;
};

/** The first at random, each next one with a probability by its squared distance from those (k-means++). */
const drawCentres = (
  features: Matrix<Float32Array>,
  rows: readonly number[],
  { parts, random }: { readonly parts: number; readonly random: Random },
): Matrix<Float32Array> => {
  const { columns } = features;
  const values = new Float32Array(parts * columns);
  const squares = new Float64Array(rows.length).fill(Number.POSITIVE_INFINITY);
  let drawn = random.integer(rows.length);
  for (let i = 0; i < parts; i++) {
    const centre = rowOf(features, rows[drawn]!);
    values.set(centre, i * columns);
    let total = 0;
    rows.forEach((row, place) => {
      squares[place] = Math.min(squares[place]!, squareBetween(rowOf(features, row), centre));
      total += squares[place]!;
    });
    drawn = placeAt(squares, random.next() * total);
  }
  return { rows: parts, columns, values };
};

/** Where a running sum passes a number; the first place of all where everything is 0. */
const placeAt = (values: Float64Array, number: number): number => {
  let sum = 0;
  for (const [place, value] of values.entries()) {
    sum += value;
    if (sum > number) return place;
  }
  return 0;
};

const squareBetween = (a: Float32Array, b: Float32Array): number => {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return sum;
};

const nearestCentre = (row: Float32Array, centres: Matrix<Float32Array>): { centre: number; square: number } => {
  let best = { centre: 0, square: Number.POSITIVE_INFINITY };
  for (let centre = 0; centre < centres.rows; centre++) {
    const square = squareBetween(row, rowOf(centres, centre));
    if (square < best.square) best = { centre, square };
  }
  return best;
};

const meansOf = (
  { columns, values }: Matrix<Float32Array>,
  rows: readonly number[],
  { part, parts }: { readonly part: Int32Array; readonly parts: number },
): Matrix<Float32Array> => {
  const sums = new Float64Array(parts * columns);
  const sizes = new Int32Array(parts);
  rows.forEach((row, place) => {
    const own = part[place]!;
    sizes[own]! += 1;
    for (let i = 0; i < columns; i++) sums[own * columns + i]! += values[row * columns + i]!;
  });
  return {
    rows: parts,
    columns,
    values: Float32Array.from(sums, (sum, at) => sum / Math.max(1, sizes[Math.floor(at / columns)]!)),
  };
};

const silhouetteOf = (
  features: Matrix<Float32Array>,
  rows: readonly number[],
  { part, centres }: Assignment,
): number => {
  let sum = 0;
  rows.forEach((row, place) => {
    let own = 0;
    let other = Number.POSITIVE_INFINITY;
    for (let centre = 0; centre < centres.rows; centre++) {
      const distance = Math.sqrt(squareBetween(rowOf(features, row), rowOf(centres, centre)));
      if (centre === part[place]) own = distance;
      else other = Math.min(other, distance);
    }
    const larger = Math.max(own, other);
    if (larger > 0) sum += (other - own) / larger;
  });
  return sum / rows.length;
};
