/** A perceptron with one hidden layer of rectified units: the classifiers of burned-in text. Trained by scripts/burned-in-text. */

import { OsteonError } from "../../errors.ts";

/** A network as its file keeps it: numbers as little-endian float32 in base64. */
export interface NetworkFile {
  readonly inputs: number;
  readonly hidden: number;
  /** `hidden * inputs` weights, `hidden` biases, `hidden` output weights, one output bias. */
  readonly weights: string;
}

/** A network ready to run. */
export interface SmallNetwork {
  readonly inputs: number;
  readonly hidden: number;
  readonly weights: Float32Array;
}

/**
 * Reads a network.
 * @throws OsteonError `bad-input` where the number of weights is wrong
 */
export const loadNetwork = ({ inputs, hidden, weights }: NetworkFile): SmallNetwork => {
  const bytes = Buffer.from(weights, "base64");
  const count = hidden * (inputs + 2) + 1;
  if (bytes.length !== 4 * count) {
    throw new OsteonError("bad-input", `The network needs ${count} weights; its file has ${bytes.length / 4}.`);
  }
  const values = new Float32Array(count);
  for (let i = 0; i < count; i++) values[i] = bytes.readFloatLE(4 * i);
  return { inputs, hidden, weights: values };
};

/** The network's logit: above 0 it says yes. */
export const runNetwork = ({ inputs, hidden, weights }: SmallNetwork, features: Float32Array): number => {
  const biases = hidden * inputs;
  const outputs = biases + hidden;
  let logit = weights[outputs + hidden]!;
  for (let h = 0; h < hidden; h++) {
    const row = h * inputs;
    let [a, b, c, d] = [weights[biases + h]!, 0, 0, 0];
    let i = 0;
    for (; i + 3 < inputs; i += 4) {
      a += weights[row + i]! * features[i]!;
      b += weights[row + i + 1]! * features[i + 1]!;
      c += weights[row + i + 2]! * features[i + 2]!;
      d += weights[row + i + 3]! * features[i + 3]!;
    }
    for (; i < inputs; i++) a += weights[row + i]! * features[i]!;
    const sum = a + b + c + d;
    if (sum > 0) logit += weights[outputs + h]! * sum;
  }
  return logit;
};
