/**
 * Locality-sensitive hashing by the signs of random projections: two vectors at an angle theta differ in each bit with
 * probability theta / pi (Charikar, Similarity estimation techniques from rounding algorithms, STOC 2002).
 */

import { meanOfRows } from "../../numeric/matrix.ts";
import { orthonormaliseRows } from "../../numeric/orthonormalise.ts";
import { Random } from "../../numeric/random.ts";
import { checkBits } from "../binary-codes.ts";
import { Hashing, type HashingParts, patientsOf, type TrainingFeatures } from "./hashing.ts";
import { medianThresholds } from "./median-thresholds.ts";

/** How many hyperplanes are drawn, and where they lie. */
export interface RandomHyperplaneSettings {
  readonly seed: number;
  /** A multiple of 32. */
  readonly bits: number;
  /**
   * `mean` (default): hyperplanes go through the mean of the training features, so that bits differ in proportion to the angle.
   * `median`: each is moved until half of the training features lie on either side (as FAISS's IndexLSH may).
   */
  readonly through?: "mean" | "median";
}

/**
 * Random hyperplanes through the training features.
 *
 * @throws OsteonError `bad-usage` when the number of bits is no multiple of 32
 * @example
 * const hashing = fitRandomHyperplanes({ features, patients }, { seed: 5, bits: 256 });
 * const code = hashing.encode(feature); // Uint32Array of 8 words
 */
export const fitRandomHyperplanes = (
  training: TrainingFeatures,
  { seed, bits, through = "mean" }: RandomHyperplaneSettings,
): Hashing => {
  const mean = Float32Array.from(meanOfRows(training.features));
  const hashing = randomHyperplanes({ seed, bits, mean, fittedOn: patientsOf(training) });
  if (through === "mean") return hashing;
  return new Hashing({ ...hashing.parts, thresholds: medianThresholds(training.features, hashing) });
};

/** Random hyperplanes through a mean that is known, made again as they were made before. */
export const randomHyperplanes = ({
  seed,
  bits,
  mean,
  fittedOn = [],
}: Pick<HashingParts, "seed" | "mean"> &
  Partial<Pick<HashingParts, "fittedOn">> & { readonly bits: number }): Hashing => {
  checkBits(bits);
  const normals = randomNormals({ seed, bits, dimensions: mean.length });
  return new Hashing({
    family: "random-hyperplanes",
    seed,
    fittedOn,
    mean,
    normals,
    thresholds: new Float32Array(bits),
  });
};

/**
 * Gaussian vectors, orthonormalised so that no two bits ask the same question (as FAISS's IndexLSH does by QR). There are
 * no more orthogonal directions than dimensions, so more bits are made of several blocks, each orthonormal in itself.
 *
 * @returns [bits, dimensions], unit rows
 */
export const randomNormals = ({
  seed,
  bits,
  dimensions,
}: Readonly<Record<"seed" | "bits" | "dimensions", number>>): Float32Array => {
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
