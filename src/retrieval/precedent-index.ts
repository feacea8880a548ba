/** The archive as the search sees it: a direction, a code and a patient for every radiograph. */

import type { ImageId, PatientId } from "../clinic/ids.ts";
import { OsteonError } from "../errors.ts";
import { type Matrix, type Reals, rowOf } from "../numeric/matrix.ts";
import type { BinaryCodes } from "./binary-codes.ts";
import type { Hashing } from "./hashing/hashing.ts";
import type { CodeScanner } from "./search/code-scanner.ts";

/** A radiograph of the archive. */
export interface PrecedentEntry {
  readonly image: ImageId;
  readonly patient: PatientId;
  /** What is known of it, in the vocabulary of the target; null where nothing is. */
  readonly label: string | null;
}

/** An archive ready to be searched. */
export interface PrecedentIndex {
  /** The model that made the features; features of another cannot be compared. */
  readonly modelId: string;
  readonly hashing: Hashing;
  readonly entries: readonly PrecedentEntry[];
  /** [entries, dimensions]: features minus the training mean, unit rows. */
  readonly directions: Matrix<Float32Array>;
  readonly codes: BinaryCodes;
  /** A thread's own scanner of these codes, where they lie in a memory for it; without, plain JavaScript compares them. */
  readonly scanner?: CodeScanner;
}

/** What an index is made from. */
export interface PrecedentIndexSource {
  readonly modelId: string;
  readonly hashing: Hashing;
  readonly entries: readonly PrecedentEntry[];
  /** [entries, dimensions], as the network gives them. */
  readonly features: Matrix;
  /** Memory for the directions; it may be that of the features, which are then gone. */
  readonly memory?: Float32Array;
}

/**
 * Centres, normalises and hashes the features of an archive.
 *
 * @throws OsteonError `shape-mismatch` when features and entries differ in number
 */
export const buildPrecedentIndex = (source: PrecedentIndexSource): PrecedentIndex => {
  const { modelId, hashing, entries, features } = source;
  if (features.rows !== entries.length) {
    const message = `There are ${features.rows} feature vectors for ${entries.length} radiographs.`;
    throw new OsteonError("shape-mismatch", message);
  }
  const { dimensions } = hashing;
  const values = source.memory ?? new Float32Array(features.rows * dimensions);
  for (let i = 0; i < features.rows; i++) values.set(hashing.direction(rowOf(features, i)), i * dimensions);
  const directions = { rows: features.rows, columns: dimensions, values };
  return { modelId, hashing, entries, directions, codes: hashing.encodeDirections(directions) };
};

/** A radiograph to find neighbours of, in the terms of one index. */
export interface IndexQuery {
  readonly direction: Float32Array;
  readonly code: Uint32Array;
}

/** The query for a feature vector as the network gives it. */
export const queryOf = ({ hashing }: PrecedentIndex, feature: Reals): IndexQuery => {
  const direction = hashing.direction(feature);
  return { direction, code: hashing.encodeDirection(direction) };
};
