/** The trained networks of the folds, ready to see one picture after another. */

import type { Session, SessionOptions } from "../../../engine/session.ts";
import { type FloatTensor, floatTensor, type StateDict } from "../../../engine/tensor.ts";
import { inferenceSession } from "../../../nn/network.ts";
import { type ClusterNetwork, inputShapeOf, networkOf } from "../cluster-network.ts";

/** What one network makes of a picture. */
export interface FoldAnswer {
  /** Of the classes, in the order of the card. */
  readonly logits: Float32Array;
  /** What the top layer sees. */
  readonly features: Float32Array;
}

/** The networks with their sessions; to be released. */
export class FoldNetworks {
  readonly #sessions: readonly Session[];
  readonly #inputShape: readonly number[];

  private constructor(sessions: readonly Session[], inputShape: readonly number[]) {
    this.#sessions = sessions;
    this.#inputShape = inputShape;
  }

  /** @param threads of one network's computation; all cores by default */
  static async create(
    states: readonly StateDict[],
    { network, classes, ...options }: { network: ClusterNetwork; classes: number } & Pick<SessionOptions, "threads">,
  ): Promise<FoldNetworks> {
    const inputShape = inputShapeOf(network, 1);
    const sessions = states.map((state) =>
      inferenceSession(networkOf(network, classes), { inputShape, state, ...options }),
    );
    return new FoldNetworks(await Promise.all(sessions), inputShape);
  }

  /** What each network makes of a picture, prepared by view-of.ts. */
  async answer(pixels: Float32Array<ArrayBuffer>): Promise<FoldAnswer[]> {
    const answers: FoldAnswer[] = [];
    for (const session of this.#sessions) {
      const { logits, features } = await session.run({ x: floatTensor(this.#inputShape, pixels) });
      answers.push({ logits: dataOf(logits as FloatTensor), features: dataOf(features as FloatTensor) });
    }
    return answers;
  }

  async release(): Promise<void> {
    await Promise.all(this.#sessions.map((session) => session.release()));
  }
}

const dataOf = ({ data }: FloatTensor): Float32Array => data;
