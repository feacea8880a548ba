/**
 * A family of hash functions, however it was made: each bit of a code says on which side of a hyperplane the direction of a feature
 * vector lies. Families differ in how the hyperplanes are found: drawn at random, turned to the data, or learned with labels.
 */

import { createHash } from "node:crypto";
import type { PatientId } from "../../clinic/ids.ts";
import { OsteonError } from "../../errors.ts";
import { type Matrix, normalise, type Reals, rowOf } from "../../numeric/matrix.ts";
import { type BinaryCodes, checkBits } from "../binary-codes.ts";

/** How hyperplanes are found. */
export const hashFamilies = ["random-hyperplanes", "iterative-quantisation", "learned-layer"] as const;
export type HashFamily = (typeof hashFamilies)[number];

/** What a hashing is made of; equal parts make equal codes. */
export interface HashingParts {
  readonly family: HashFamily;
  readonly seed: number;
  /** Whose features the mean, the hyperplanes and the thresholds were fitted on, each once, in order. */
  readonly fittedOn: readonly PatientId[];
  /**
   * The mean of the features of the *training* images, subtracted first. Features after a ReLU lie in the positive
   * orthant, where even independent vectors share most bits; without their mean they spread over all directions.
   */
  readonly mean: Float32Array;
  /** [bits, dimensions]. */
  readonly normals: Float32Array;
  /** For each bit the projection from which on it is set. */
  readonly thresholds: Float32Array;
}

/** Features to fit a hashing on, and whose they are. */
export interface TrainingFeatures {
  readonly features: Matrix;
  /** Of each row. */
  readonly patients: readonly PatientId[];
}

/** Codes from feature vectors. */
export class Hashing {
  readonly family: HashFamily;
  readonly seed: number;
  readonly fittedOn: readonly PatientId[];
  readonly mean: Float32Array;
  readonly normals: Float32Array;
  readonly thresholds: Float32Array;
  #fingerprint: string | undefined;

  /**
   * @throws OsteonError `bad-usage` when the number of bits is no multiple of 32, `shape-mismatch` when there are not as many
   *   normals as thresholds
   */
  constructor({ family, seed, fittedOn, mean, normals, thresholds }: HashingParts) {
    const bits = thresholds.length;
    checkBits(bits);
    if (normals.length !== bits * mean.length) {
      const message = `${bits} normals of ${mean.length} numbers are not ${normals.length} numbers in all.`;
      throw new OsteonError("shape-mismatch", message);
    }
    this.family = family;
    this.seed = seed;
    this.fittedOn = fittedOn;
    this.mean = mean;
    this.normals = normals;
    this.thresholds = thresholds;
  }

  /** Length of the codes, a multiple of 32. */
  get bits(): number {
    return this.thresholds.length;
  }

  /** Length of the feature vectors. */
  get dimensions(): number {
    return this.mean.length;
  }

  /** SHA-256 of everything that decides over a code: codes of two hashings compare where this is equal. */
  get fingerprint(): string {
    if (this.#fingerprint === undefined) {
      const hash = createHash("sha256");
      for (const { buffer, byteOffset, byteLength } of [this.mean, this.normals, this.thresholds]) {
        hash.update(new Uint8Array(buffer, byteOffset, byteLength));
      }
      this.#fingerprint = hash.digest("hex");
    }
    return this.#fingerprint;
  }

  /**
   * The hashing whose codes are the first bits of this one's.
   *
   * @throws OsteonError `bad-usage` when the number is no multiple of 32 or above this one's
   */
  firstBits(bits: number): Hashing {
    if (bits > this.bits) throw new OsteonError("bad-usage", `Codes of ${this.bits} bits have no first ${bits} bits.`);
    const normals = this.normals.slice(0, bits * this.dimensions);
    return new Hashing({ ...this.parts, normals, thresholds: this.thresholds.slice(0, bits) });
  }

  /** For another thread, or a file. */
  get parts(): HashingParts {
    const { family, seed, fittedOn, mean, normals, thresholds } = this;
    return { family, seed, fittedOn, mean, normals, thresholds };
  }

  /**
   * A feature vector minus the training mean, scaled to length 1: what codes are made from and cosines are taken of.
   *
   * @throws OsteonError `shape-mismatch` when the vector has another length, `bad-input` when a value is not finite
   */
  direction(feature: Reals): Float32Array {
    return directionFrom(this.mean, feature);
  }

  /** The code of a feature vector: bit b is set where it lies on or beyond hyperplane b. */
  encode(feature: Reals): Uint32Array {
    return this.encodeDirection(this.direction(feature));
  }

  /** The code of a vector that {@link direction} made. */
  encodeDirection(direction: Float32Array): Uint32Array {
    const { bits, normals, thresholds } = this;
    const code = new Uint32Array(bits / 32);
    for (let b = 0, at = 0; b < bits; b++) {
      let projection = 0;
      for (let j = 0; j < direction.length; j++) projection += normals[at++]! * direction[j]!;
      if (projection >= thresholds[b]!) code[b >>> 5]! |= 1 << (b & 31);
    }
    return code;
  }

  /** The codes of the rows of a matrix of directions. */
  encodeDirections(directions: Matrix<Float32Array>): BinaryCodes {
    const { bits } = this;
    const values = new Uint32Array((directions.rows * bits) / 32);
    for (let i = 0; i < directions.rows; i++) {
      values.set(this.encodeDirection(rowOf(directions, i)), (i * bits) / 32);
    }
    return { bits, count: directions.rows, values };
  }
}

/** A vector minus a mean, scaled to length 1; see {@link Hashing.direction}. */
export const directionFrom = (mean: Float32Array, feature: Reals): Float32Array => {
  if (feature.length !== mean.length) {
    const message = `The hashing is for ${mean.length} features and the vector has ${feature.length}.`;
    throw new OsteonError("shape-mismatch", message);
  }
  const direction = normalise(Float32Array.from(feature, (value, j) => value - mean[j]!));
  if (!direction.every(Number.isFinite)) throw new OsteonError("bad-input", "The features are not finite numbers.");
  return direction;
};

/** Each patient once, in order. */
export const patientsOf = ({ patients }: Pick<TrainingFeatures, "patients">): readonly PatientId[] =>
  [...new Set(patients)].sort();

/**
 * Lets nobody be tested whom the hashing was fitted on.
 *
 * @throws OsteonError `bad-input` when one of the patients is among those
 */
export const refuseFittedOn = ({ fittedOn }: Pick<Hashing, "fittedOn">, patients: Iterable<PatientId>): void => {
  const known = new Set(fittedOn);
  const both = new Set([...patients].filter((patient) => known.has(patient))).size;
  if (both > 0) {
    const message = `The hash codes were fitted on ${both} of the patients who are to be tested; fit them on the others alone.`;
    throw new OsteonError("bad-input", message);
  }
};
