/**
 * Locality-sensitive hashing by the signs of random projections: two vectors at an angle theta differ in each bit with
 * probability theta / pi (Charikar, Similarity estimation techniques from rounding algorithms, STOC 2002).
 */

import { OsteonError } from "../errors.ts";
import { type Matrix, meanOfRows, normalise, type Reals, rowOf } from "../numeric/matrix.ts";
import { orthonormaliseRows } from "../numeric/orthonormalise.ts";
import { Random } from "../numeric/random.ts";
import { type BinaryCodes, checkBits } from "./binary-codes.ts";

/** Everything that a family of hyperplanes is made from; equal settings make equal codes. */
export interface HyperplaneSettings {
  readonly seed: number;
  /** A multiple of 32. */
  readonly bits: number;
  /**
   * The mean of the features of the *training* images, subtracted first. Features after a ReLU lie in the positive
   * orthant, where even independent vectors share most bits; without their mean they spread over all directions.
   */
  readonly mean: Float32Array;
}

/** Random hyperplanes through the mean of the training features. */
export class RandomHyperplanes {
  readonly settings: HyperplaneSettings;
  /** [bits, dimensions], unit rows. */
  readonly normals: Float32Array;

  /**
   * @param normals as they were made before from these settings; by default they are made, which for 512 bits of 1,536
   *   features takes a third of a second
   * @throws OsteonError `bad-usage` when the number of bits is no multiple of 32, `shape-mismatch` when there are not as
   *   many normals
   * @example
   * const hyperplanes = new RandomHyperplanes({ seed: 5, bits: 256, mean });
   * const code = hyperplanes.encode(feature); // Uint32Array of 8 words
   */
  constructor(settings: HyperplaneSettings, normals?: Float32Array) {
    const { bits, mean } = settings;
    checkBits(bits);
    if (normals && normals.length !== bits * mean.length) {
      const message = `${bits} normals of ${mean.length} numbers are not ${normals.length} numbers in all.`;
      throw new OsteonError("shape-mismatch", message);
    }
    this.settings = settings;
    this.normals = normals ?? orthonormalBlocks(settings);
  }

  /** Hyperplanes through the mean of the given training features, one row per image. */
  static fit(training: Matrix, { seed, bits }: { seed: number; bits: number }): RandomHyperplanes {
    return new RandomHyperplanes({ seed, bits, mean: Float32Array.from(meanOfRows(training)) });
  }

  /** Length of the feature vectors. */
  get dimensions(): number {
    return this.settings.mean.length;
  }

  /**
   * A feature vector minus the training mean, scaled to length 1: what codes are made from and cosines are taken of.
   *
   * @throws OsteonError `shape-mismatch` when the vector has another length, `bad-input` when a value is not finite
   */
  direction(feature: Reals): Float32Array {
    const { mean } = this.settings;
    if (feature.length !== mean.length) {
      const message = `The hyperplanes are for ${mean.length} features and the vector has ${feature.length}.`;
      throw new OsteonError("shape-mismatch", message);
    }
    const direction = normalise(Float32Array.from(feature, (value, j) => value - mean[j]));
    if (!direction.every(Number.isFinite)) throw new OsteonError("bad-input", "The features are not finite numbers.");
    return direction;
  }

  /** The code of a feature vector: bit b is set where it lies on or above hyperplane b. */
  encode(feature: Reals): Uint32Array {
    return this.encodeDirection(this.direction(feature));
  }

  /** The code of a vector that {@link direction} made. */
  encodeDirection(direction: Float32Array): Uint32Array {
    const { bits } = this.settings;
    const { normals } = this;
    const code = new Uint32Array(bits / 32);
    for (let b = 0, at = 0; b < bits; b++) {
      let projection = 0;
      for (let j = 0; j < direction.length; j++) projection += normals[at++] * direction[j];
      if (projection >= 0) code[b >>> 5] |= 1 << (b & 31);
    }
    return code;
  }

  /** The codes of the rows of a matrix of directions. */
  encodeDirections(directions: Matrix<Float32Array>): BinaryCodes {
    const { bits } = this.settings;
    const values = new Uint32Array((directions.rows * bits) / 32);
    for (let i = 0; i < directions.rows; i++) {
      values.set(this.encodeDirection(rowOf(directions, i)), (i * bits) / 32);
    }
    return { bits, count: directions.rows, values };
  }
}

/**
 * Gaussian vectors, orthonormalised so that no two bits ask the same question (as FAISS's IndexLSH does by QR). There are
 * no more orthogonal directions than dimensions, so more bits are made of several blocks, each orthonormal in itself.
 */
const orthonormalBlocks = ({ seed, bits, mean }: HyperplaneSettings): Float32Array => {
  const dimensions = mean.length;
  const random = new Random(seed, "random-hyperplanes", bits, dimensions);
  const gaussian = new Float64Array(bits * dimensions);
  for (let i = 0; i < gaussian.length; i++) gaussian[i] = random.normal();
  for (let first = 0; first < bits; first += dimensions) {
    const rows = Math.min(dimensions, bits - first);
    const values = gaussian.subarray(first * dimensions, (first + rows) * dimensions);
    orthonormaliseRows({ rows, columns: dimensions, values });
  }
  return Float32Array.from(gaussian);
};
