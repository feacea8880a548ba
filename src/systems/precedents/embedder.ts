/**
 * Feature vectors of radiographs: the pooled features of the trained networks, each averaged over a few views of the picture,
 * scaled to length 1, and joined.
 */

import type { Session } from "../../engine/session.ts";
import { floatTensor } from "../../engine/tensor.ts";
import type { GreyImage } from "../../imaging/grey-image.ts";
import { type SquarePixels, type View, warp } from "../../imaging/warp.ts";
import { GreyDataset, standardiseInPlace } from "../../learning/grey-dataset.ts";
import { resNetFeatureLength } from "../../models/resnet.ts";
import { inferenceSession } from "../../nn/network.ts";
import { normalise } from "../../numeric/matrix.ts";
import { networkOf, type PrecedentsModel } from "./model.ts";

/**
 * The picture, also from farther off and from nearer: the focus and the collimator never stand alike. Mirrored views beside
 * these gained nothing on inner splits of the training blocks (docs/decisions/004-views-of-a-radiograph.md).
 */
const views: readonly View[] = [0.85, 1, 1 / 0.85].map((scale) => ({ scale }));

interface Member {
  readonly session: Session;
  readonly imageSize: number;
}

/** Trained networks ready to embed one picture at a time. */
export class Embedder {
  readonly #members: readonly Member[];
  readonly #sourceSize: number;

  private constructor(members: readonly Member[], sourceSize: number) {
    this.#members = members;
    this.#sourceSize = sourceSize;
  }

  static async create({ card, members }: PrecedentsModel): Promise<Embedder> {
    const { architecture, sourceSize, imageSizes } = card.settings;
    const network = networkOf(architecture, card.classes.length);
    const sessions = imageSizes.map(async (imageSize, i): Promise<Member> => {
      const inputShape = [views.length, 1, imageSize, imageSize];
      return { session: await inferenceSession(network, { inputShape, state: members[i]! }), imageSize };
    });
    return new Embedder(await Promise.all(sessions), sourceSize);
  }

  /** The features of a small picture, prepared as in training: [512 * networks]. */
  async embed(picture: GreyImage): Promise<Float32Array> {
    const dataset = new GreyDataset(this.#sourceSize);
    dataset.add(picture);
    const source = { pixels: new Float32Array(this.#sourceSize ** 2), size: this.#sourceSize };
    dataset.read(0, source.pixels);
    standardiseInPlace(source.pixels);
    const features = new Float32Array(resNetFeatureLength * this.#members.length);
    for (const [i, member] of this.#members.entries())
      features.set(await embedBy(member, source), i * resNetFeatureLength);
    return features;
  }

  async release(): Promise<void> {
    await Promise.all(this.#members.map(({ session }) => session.release()));
  }
}

const embedBy = async ({ session, imageSize }: Member, source: SquarePixels): Promise<Float32Array> => {
  const area = imageSize ** 2;
  const x = new Float32Array(views.length * area);
  views.forEach((view, i) => {
    warp(source, { pixels: x.subarray(i * area, (i + 1) * area), size: imageSize }, view);
  });
  const { features } = await session.run({ x: floatTensor([views.length, 1, imageSize, imageSize], x) });
  const values = features!.data as Float32Array;
  const mean = new Float32Array(resNetFeatureLength);
  values.forEach((value, i) => {
    mean[i % resNetFeatureLength]! += value / views.length;
  });
  return normalise(mean);
};
