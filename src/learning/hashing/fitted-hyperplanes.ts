/** What fitting a family of hash functions ends with, and what it begins with. */

import type { Matrix } from "../../numeric/matrix.ts";

/** Hyperplanes in the space of directions. */
export interface FittedHyperplanes {
  /** [bits, dimensions]. */
  readonly normals: Float32Array;
  /** For each bit the projection from which on it is set. */
  readonly thresholds: Float32Array;
}

/** Directions to fit on: those of training radiographs alone. */
export type TrainingDirections = Matrix<Float32Array>;
