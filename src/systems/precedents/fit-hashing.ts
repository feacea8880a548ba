/** The hash functions of an index by the name of their family, fitted on training features alone. */

import { fitHashLayer } from "../../learning/hashing/hash-layer.ts";
import { fitIterativeQuantisation } from "../../learning/hashing/iterative-quantisation.ts";
import { type Matrix, meanOfRows, rowOf } from "../../numeric/matrix.ts";
import { checkBits } from "../../retrieval/binary-codes.ts";
import {
  directionFrom,
  type HashFamily,
  Hashing,
  patientsOf,
  type TrainingFeatures,
} from "../../retrieval/hashing/hashing.ts";
import { fitRandomHyperplanes, randomNormals } from "../../retrieval/hashing/random-hyperplanes.ts";

/** Which codes an index is made with. */
export interface HashingSettings {
  readonly family: HashFamily;
  /** A multiple of 32. */
  readonly bits: number;
}

/** Features with what their radiographs show. */
export interface LabelledFeatures extends TrainingFeatures {
  readonly labels: readonly string[];
}

/**
 * @throws OsteonError `bad-usage` when the number of bits is no multiple of 32, `bad-input` for too few features to fit the family on
 */
export const fitHashing = async (
  training: LabelledFeatures,
  { family, bits, seed }: HashingSettings & { readonly seed: number },
): Promise<Hashing> => {
  checkBits(bits);
  if (family === "random-hyperplanes") return fitRandomHyperplanes(training, { seed, bits });
  const { features, labels } = training;
  const mean = Float32Array.from(meanOfRows(features));
  const directions = directionsOf(features, mean);
  const fitted =
    family === "iterative-quantisation"
      ? await fitIterativeQuantisation(directions, { bits, seed })
      : await fitHashLayer(directions, {
          start: randomNormals({ seed, bits, dimensions: mean.length }),
          labels,
          seed,
        });
  return new Hashing({ family, seed, fittedOn: patientsOf(training), mean, ...fitted });
};

const directionsOf = (features: Matrix, mean: Float32Array): Matrix<Float32Array> => {
  const values = new Float32Array(features.rows * features.columns);
  for (let i = 0; i < features.rows; i++) values.set(directionFrom(mean, rowOf(features, i)), i * features.columns);
  return { rows: features.rows, columns: features.columns, values };
};
