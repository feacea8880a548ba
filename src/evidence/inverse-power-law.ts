/**
 * How a score grows with the amount of training data: an inverse power law, `ceiling - scale * n ^ -rate`, by least squares
 * (Figueroa et al., 2012, "Predicting sample size required for classification performance", BMC Med. Inform. Decis. Mak. 12:8).
 */

/** A score by the amount of data. */
export interface LearningPoint {
  /** Above 0; a point counts in proportion to it, for the law is asked beyond the last ones. */
  readonly n: number;
  readonly score: number;
}

/** The law that fits. */
export interface InversePowerLaw {
  /** What the score comes to in the end, at most 1. */
  readonly ceiling: number;
  /** At least 0: a score does not fall with more data. */
  readonly scale: number;
  readonly rate: number;
}

/** Rates that are tried; faster or slower ones cannot be told from a step or a straight line by a handful of points. */
const rates = Array.from({ length: 59 }, (_, i) => 0.1 + i * 0.05);

/**
 * The law that is nearest to the points; undefined for fewer than four different amounts, through which too many laws pass.
 *
 * @example
 * fitInversePowerLaw([{ n: 10, score: 0.6 }, { n: 20, score: 0.7 }, { n: 40, score: 0.77 }, { n: 80, score: 0.82 }]);
 */
export const fitInversePowerLaw = (points: readonly LearningPoint[]): InversePowerLaw | undefined => {
  if (new Set(points.map(({ n }) => n)).size < 4) return undefined;
  let best: { law: InversePowerLaw; error: number } | undefined;
  for (const rate of rates) {
    const law = lawOf(points, rate);
    const error = points.reduce((sum, { n, score }) => sum + n * (score - scoreAt(law, n)) ** 2, 0);
    if (!best || error < best.error) best = { law, error };
  }
  return best!.law;
};

/** The score that a law gives for an amount of data. */
export const scoreAt = ({ ceiling, scale, rate }: InversePowerLaw, n: number): number =>
  Math.max(0, ceiling - scale * n ** -rate);

/** For a given rate the law is linear in the other two; where they leave their bounds, the best on the bound is taken. */
const lawOf = (points: readonly LearningPoint[], rate: number): InversePowerLaw => {
  const xs = points.map(({ n }) => n ** -rate);
  const total = points.reduce((sum, { n }) => sum + n, 0);
  const mean = (at: (i: number) => number): number => points.reduce((sum, { n }, i) => sum + n * at(i), 0) / total;
  const [x, y] = [mean((i) => xs[i]!), mean((i) => points[i]!.score)];
  const covariance = mean((i) => (xs[i]! - x) * (points[i]!.score - y));
  const scale = Math.max(0, -covariance / mean((i) => (xs[i]! - x) ** 2));
  const ceiling = y + scale * x;
  if (ceiling <= 1) return { ceiling, scale, rate };
  const bounded = mean((i) => xs[i]! * (1 - points[i]!.score)) / mean((i) => xs[i]! ** 2);
  return { ceiling: 1, scale: Math.max(0, bounded), rate };
};
