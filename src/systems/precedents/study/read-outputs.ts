/** What a trained network says of pictures as they are: its features and its logits. */

import type { StateDict } from "../../../engine/tensor.ts";
import { plainBatch } from "../../../learning/classifier-validation.ts";
import type { GreyDataset } from "../../../learning/grey-dataset.ts";
import { inferenceSession } from "../../../nn/network.ts";
import type { StudyNetwork } from "./networks.ts";

/** Of one picture. */
export interface NetworkOutput {
  readonly features: Float32Array;
  /** The position of the greatest logit. */
  readonly said: number;
}

/** Pictures that the network sees at once. */
const places = 8;

/** The outputs for the pictures at some positions, in their order. */
export const readOutputs = async (
  network: StudyNetwork,
  {
    state,
    pictures,
    positions,
    imageSize,
  }: {
    readonly state: StateDict;
    readonly pictures: GreyDataset;
    readonly positions: readonly number[];
    readonly imageSize: number;
  },
): Promise<NetworkOutput[]> => {
  const session = await inferenceSession(network, { inputShape: [places, 1, imageSize, imageSize], state });
  const outputs: NetworkOutput[] = [];
  try {
    for (let first = 0; first < positions.length; first += places) {
      const indices = positions.slice(first, first + places);
      const { features, logits } = await session.run({ x: plainBatch(pictures, indices, { imageSize, places }) });
      const [length, classes] = [features!.shape[1]!, logits!.shape[1]!];
      for (const row of indices.keys()) {
        const own = (logits!.data as Float32Array).subarray(row * classes, (row + 1) * classes);
        outputs.push({
          features: (features!.data as Float32Array).slice(row * length, (row + 1) * length),
          said: own.indexOf(Math.max(...own)),
        });
      }
    }
    return outputs;
  } finally {
    await session.release();
  }
};
