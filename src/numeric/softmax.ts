/** Scores of classes as probabilities, outside of any graph. */

/** The probabilities that one network gives the classes. */
export const softmax = (logits: ArrayLike<number>): Float64Array => {
  const values = Float64Array.from(logits);
  const largest = Math.max(...values);
  const powers = values.map((logit) => Math.exp(logit - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
};

/** The mean of several networks' probabilities. */
export const meanProbabilities = (logits: readonly ArrayLike<number>[]): Float64Array => {
  const all = logits.map(softmax);
  return all[0]!.map((_, c) => all.reduce((sum, own) => sum + own[c]!, 0) / all.length);
};
