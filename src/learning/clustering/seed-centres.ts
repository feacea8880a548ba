/** The centres that k-means begins with: rows drawn at random, or far from each other. */

import { type Matrix, rowOf } from "../../numeric/matrix.ts";
import type { Random } from "../../numeric/random.ts";

/** How the first centres are drawn: any rows alike (FAISS), or the farther the likelier (Arthur and Vassilvitskii, 2007). */
export const seedings = ["random", "k-means++"] as const;
export type Seeding = (typeof seedings)[number];

/** Different rows as the first centres. */
export const seedCentres = (
  rows: Matrix<Float32Array>,
  { clusters, seeding, random }: { readonly clusters: number; readonly seeding: Seeding; readonly random: Random },
): Matrix<Float32Array> => {
  const drawn =
    seeding === "random" ? random.permutation(rows.rows).subarray(0, clusters) : spreadRows(rows, clusters, random);
  const values = new Float32Array(clusters * rows.columns);
  drawn.forEach((row, i) => {
    values.set(rowOf(rows, row), i * rows.columns);
  });
  return { rows: clusters, columns: rows.columns, values };
};

/** Each next row with a probability in proportion to its squared distance from the nearest one that is drawn. */
const spreadRows = (rows: Matrix<Float32Array>, clusters: number, random: Random): Uint32Array => {
  const drawn = new Uint32Array(clusters);
  const distances = new Float64Array(rows.rows).fill(Number.POSITIVE_INFINITY);
  drawn[0] = random.integer(rows.rows);
  for (let i = 1; i < clusters; i++) {
    const total = narrow(distances, rows, drawn[i - 1]!);
    drawn[i] = total > 0 ? rowAt(distances, random.next() * total) : firstNotDrawn(drawn.subarray(0, i));
  }
  return drawn;
};

/** Lets the distances know a row that was drawn. Returns their sum. */
const narrow = (distances: Float64Array, rows: Matrix<Float32Array>, drawn: number): number => {
  const { columns, values } = rows;
  const centre = rowOf(rows, drawn);
  let total = 0;
  for (let i = 0, at = 0; i < distances.length; i++) {
    let square = 0;
    for (let j = 0; j < columns; j++) square += (values[at++]! - centre[j]!) ** 2;
    if (square < distances[i]!) distances[i] = square;
    total += distances[i]!;
  }
  return total;
};

const rowAt = (distances: Float64Array, place: number): number => {
  let left = place;
  let last = 0;
  for (let i = 0; i < distances.length; i++) {
    if (distances[i] === 0) continue;
    last = i;
    left -= distances[i]!;
    if (left < 0) break;
  }
  return last;
};

/** Where every row equals one that is drawn. */
const firstNotDrawn = (drawn: Uint32Array): number => {
  let row = 0;
  while (drawn.includes(row)) row++;
  return row;
};
