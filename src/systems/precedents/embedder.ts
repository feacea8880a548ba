/**
 * Feature vectors of radiographs: the pooled features of the trained networks, each averaged over a few views of the picture,
 * scaled to length 1, and joined.
 */

import type { Session, SessionOptions } from "../../engine/session.ts";
import { floatTensor } from "../../engine/tensor.ts";
import type { GreyImage } from "../../imaging/grey-image.ts";
import { resNetFeatureLength } from "../../models/resnet.ts";
import { inferenceSession } from "../../nn/network.ts";
import { normalise } from "../../numeric/matrix.ts";
import { type ModelCard, networkOf, type PrecedentsModel } from "./model.ts";
import { type ViewSizes, views, viewsOf } from "./views.ts";

interface Member {
  readonly session: Session;
  readonly imageSize: number;
}

/** How many numbers the features of a model's networks are. */
export const featureLength = ({ settings }: ModelCard): number => resNetFeatureLength * settings.imageSizes.length;

/** Trained networks ready to embed one picture at a time. */
export class Embedder {
  readonly #members: readonly Member[];
  readonly #sizes: ViewSizes;

  private constructor(members: readonly Member[], sizes: ViewSizes) {
    this.#members = members;
    this.#sizes = sizes;
  }

  /** @param threads of one network's computation; all cores by default */
  static async create(
    { card, members }: PrecedentsModel,
    options: Pick<SessionOptions, "threads"> = {},
  ): Promise<Embedder> {
    const { architecture, imageSizes } = card.settings;
    const network = networkOf(architecture, card.classes.length);
    const sessions = imageSizes.map(async (imageSize, i): Promise<Member> => {
      const inputShape = [views.length, 1, imageSize, imageSize];
      return { session: await inferenceSession(network, { inputShape, state: members[i]!, ...options }), imageSize };
    });
    return new Embedder(await Promise.all(sessions), card.settings);
  }

  /** The features of a small picture, prepared as in training: [512 * networks]. */
  embed(picture: GreyImage): Promise<Float32Array> {
    return this.embedViews(viewsOf(picture, this.#sizes));
  }

  /** The features of a picture by its {@link viewsOf}. */
  async embedViews(prepared: readonly Float32Array[]): Promise<Float32Array> {
    const features = new Float32Array(resNetFeatureLength * this.#members.length);
    for (const [i, member] of this.#members.entries())
      features.set(await embedBy(member, prepared[i]!), i * resNetFeatureLength);
    return features;
  }

  async release(): Promise<void> {
    await Promise.all(this.#members.map(({ session }) => session.release()));
  }
}

const embedBy = async ({ session, imageSize }: Member, x: Float32Array): Promise<Float32Array> => {
  const { features } = await session.run({ x: floatTensor([views.length, 1, imageSize, imageSize], x) });
  const values = features!.data as Float32Array;
  const mean = new Float32Array(resNetFeatureLength);
  values.forEach((value, i) => {
    mean[i % resNetFeatureLength]! += value / views.length;
  });
  return normalise(mean);
};
