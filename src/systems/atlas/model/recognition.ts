/**
 * Whether a picture belongs to any region that the model learned. A network puts every picture to a class, so three other things are
 * asked: whether the networks take it for what readers discarded; whether its features are near those of the regions' radiographs,
 * in each network; and whether its texture is, which no network learned. The last two are counted in deviations from what is usual of
 * radiographs that were left out (docs/decisions/019-the-atlas-model.md has what was tried).
 */

import type { NoRegionReason } from "../../../clinic/atlas/no-region.ts";
import { floatTensor, type StateDict } from "../../../engine/tensor.ts";
import { type Matrix, matrixOfRows, type Reals, rowOf } from "../../../numeric/matrix.ts";
import { normalQuantile } from "../../../numeric/normal-quantile.ts";
import { quantiles } from "../../../numeric/quantile.ts";
import { nearestDistance } from "../../../retrieval/nearest-distance.ts";
import { fitGroupScale, type GroupScale, onGroupScale } from "../../../retrieval/within-groups.ts";

/** Vectors of radiographs of regions, on the scale on which those of one region scatter alike. */
export interface Surroundings {
  readonly scale: GroupScale;
  readonly references: Matrix;
}

/** What is usual of the logarithm of a distance. */
export interface Usual {
  readonly median: number;
  readonly deviation: number;
}

/** How strange a picture is, in deviations from what is usual of radiographs of regions. */
export interface Strangeness {
  readonly texture: number;
  /** The mean over the folds. */
  readonly features: number;
}

/** How strange a radiograph of a region may be: by either, and by the sum of what is above the usual in both. */
export interface StrangenessLimits extends Strangeness {
  readonly both: number;
}

/** The numbers of a recognition; plain data. */
export interface RecognitionRules {
  readonly texture: Usual;
  /** Of each fold's features. */
  readonly features: readonly Usual[];
  /** Beyond any of them a picture belongs to no region. */
  readonly limits: StrangenessLimits;
}

/** A fitted recognition. */
export interface Recognition {
  readonly rules: RecognitionRules;
  readonly texture: Surroundings;
  /** Of each fold. */
  readonly features: readonly Surroundings[];
}

/** What is asked about a picture. */
export interface RecognitionEvidence {
  /** Of each fold. */
  readonly features: readonly Reals[];
  readonly texture: Reals;
  /** How likely the networks take it for what was discarded. */
  readonly discarded: number;
}

/** Of texture all is known of few numbers; features are many, and vectors of one region do not fill their directions. */
export const textureShrinkage = 0.05;
export const featureShrinkage = 0.2;

/** Longer features are folded to this length. */
const featureLength = 512;

/**
 * Features as distances are measured between them: their roots, for they are counts of what was found, at a common length; long ones
 * are folded with alternating signs, which keeps distances as well as a random projection does (Charikar et al., 2002).
 */
export const directionOf = (features: Reals): Float64Array => {
  const folded = new Float64Array(Math.min(features.length, featureLength));
  for (const [j, value] of features.entries()) {
    const sign = features.length <= featureLength || signAt(j) ? 1 : -1;
    folded[j % folded.length]! += sign * Math.sqrt(Math.max(value, 0));
  }
  const length = Math.sqrt(folded.reduce((sum, value) => sum + value * value, 0));
  return length > 0 ? folded.map((value) => value / length) : folded;
};

/** A fixed sequence of signs without a period that a network's channels could have (the bits of a multiplicative hash). */
const signAt = (j: number): boolean => Math.imul(j + 1, 0x9e3779b1) >>> 31 === 0;

/** The surroundings that some vectors make. */
export const surroundingsOf = (
  vectors: readonly ArrayLike<number>[],
  regions: readonly string[],
  shrinkage: number,
): Surroundings => {
  const rows = matrixOfRows(vectors);
  const scale = fitGroupScale(rows, regions, shrinkage);
  return { scale, references: matrixOfRows(vectors.map((_, i) => onGroupScale(scale, rowOf(rows, i)))) };
};

/** The logarithm of how far a vector lies from its surroundings. */
export const logDistance = (
  { scale, references }: Surroundings,
  vector: Reals,
  isSkipped?: (row: number) => boolean,
): number => Math.log(nearestDistance(references, onGroupScale(scale, vector), isSkipped) + 1e-6);

/**
 * What is usual of some values: their median, and the deviation that they have between it and their 90th percentile, so that the odd
 * picture that every archive holds widens nothing.
 */
export const usualOf = (values: readonly number[]): Usual => {
  const [median, ninetieth] = quantiles(values, [0.5, 0.9]) as [number, number];
  return { median, deviation: Math.max((ninetieth - median) / normalQuantile(0.9), 1e-3) };
};

/** How many deviations a value lies above what is usual. */
export const surprise = ({ median, deviation }: Usual, value: number): number => (value - median) / deviation;

/** How strange a picture is. */
export const strangenessOf = (
  { rules, texture, features }: Recognition,
  evidence: Pick<RecognitionEvidence, "features" | "texture">,
): Strangeness => {
  const ofFolds = evidence.features.map((own, fold) =>
    surprise(rules.features[fold]!, logDistance(features[fold]!, directionOf(own))),
  );
  return {
    texture: surprise(rules.texture, logDistance(texture, evidence.texture)),
    features: ofFolds.reduce((sum, own) => sum + own, 0) / ofFolds.length,
  };
};

/** What is less strange than usual in one way does not make up for what is strange in the other. */
export const bothOf = ({ texture, features }: Strangeness): number => Math.max(texture, 0) + Math.max(features, 0);

/** From this probability on, what was discarded is likelier than all regions together. */
export const mostDiscarded = 0.5;

/** Why a picture belongs to no region; null where it belongs to one. */
export const reasonOf = (recognition: Recognition, evidence: RecognitionEvidence): NoRegionReason | null =>
  evidence.discarded > mostDiscarded
    ? "like-discarded"
    : strangenessReason(recognition.rules.limits, strangenessOf(recognition, evidence));

/** Why a picture is too strange; null where it is not. */
export const strangenessReason = (limits: StrangenessLimits, strangeness: Strangeness): NoRegionReason | null => {
  const { texture, features } = strangeness;
  const isStrange = texture > limits.texture || features > limits.features || bothOf(strangeness) > limits.both;
  if (!isStrange) return null;
  return texture / limits.texture > features / limits.features ? "unlike-archive" : "unlike-regions";
};

/** The tensors of a recognition. */
export const recognitionTensors = ({ texture, features }: Recognition): StateDict =>
  new Map([...tensorsOf("texture", texture), ...features.flatMap((own, fold) => tensorsOf(`features-${fold}`, own))]);

const tensorsOf = (name: string, { scale, references }: Surroundings) => {
  const matrix = ({ rows, columns, values }: Matrix) => floatTensor([rows, columns], Float32Array.from(values));
  return [
    [`${name}.references`, matrix(references)],
    [`${name}.deviations`, floatTensor([scale.deviations.length], Float32Array.from(scale.deviations))],
    [`${name}.lower`, matrix(scale.lower)],
  ] as const;
};

/** Reads what {@link recognitionTensors} wrote; throws where a tensor is missing. */
export const recognitionOf = (rules: RecognitionRules, tensors: StateDict): Recognition => {
  const read = (name: string): Surroundings => {
    const matrix = (part: string): Matrix<Float32Array> => {
      const { shape, data } = tensors.get(`${name}.${part}`)!;
      return { rows: shape[0]!, columns: shape[1]!, values: data };
    };
    const lower = matrix("lower");
    return {
      references: matrix("references"),
      scale: {
        deviations: Float64Array.from(tensors.get(`${name}.deviations`)!.data),
        lower: { ...lower, values: Float64Array.from(lower.values) },
      },
    };
  };
  return { rules, texture: read("texture"), features: rules.features.map((_, fold) => read(`features-${fold}`)) };
};
