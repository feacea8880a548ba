/** Feature vectors of radiographs: the pooled features of the trained network, averaged over the picture and its mirror. */

import type { Session } from "../../engine/session.ts";
import { floatTensor } from "../../engine/tensor.ts";
import type { GreyImage } from "../../imaging/grey-image.ts";
import { warp } from "../../imaging/warp.ts";
import { GreyDataset, standardiseInPlace } from "../../learning/grey-dataset.ts";
import { resNetFeatureLength } from "../../models/resnet.ts";
import { inferenceSession } from "../../nn/network.ts";
import { networkOf, type PrecedentsModel } from "./model.ts";

const views = [{}, { horizontalFlip: true }] as const;

/** A trained network ready to embed one picture at a time. */
export class Embedder {
  readonly #session: Session;
  readonly #sourceSize: number;
  readonly #imageSize: number;

  private constructor(session: Session, { sourceSize, imageSize }: { sourceSize: number; imageSize: number }) {
    this.#session = session;
    this.#sourceSize = sourceSize;
    this.#imageSize = imageSize;
  }

  static async create({ card, state }: PrecedentsModel): Promise<Embedder> {
    const { architecture, sourceSize, training } = card.settings;
    const { imageSize } = training;
    const network = networkOf(architecture, card.classes.length);
    const session = await inferenceSession(network, { inputShape: [views.length, 1, imageSize, imageSize], state });
    return new Embedder(session, { sourceSize, imageSize });
  }

  /** The features of a small picture, prepared as in training: [512]. */
  async embed(picture: GreyImage): Promise<Float32Array> {
    const dataset = new GreyDataset(this.#sourceSize);
    dataset.add(picture);
    const source = new Float32Array(this.#sourceSize ** 2);
    dataset.read(0, source);
    standardiseInPlace(source);
    const area = this.#imageSize ** 2;
    const x = new Float32Array(views.length * area);
    views.forEach((view, i) => {
      const target = { pixels: x.subarray(i * area, (i + 1) * area), size: this.#imageSize };
      warp({ pixels: source, size: this.#sourceSize }, target, view);
    });
    const { features } = await this.#session.run({
      x: floatTensor([views.length, 1, this.#imageSize, this.#imageSize], x),
    });
    const values = features!.data as Float32Array;
    return Float32Array.from({ length: resNetFeatureLength }, (_, c) => {
      let sum = 0;
      for (let view = 0; view < views.length; view++) sum += values[view * resNetFeatureLength + c]!;
      return sum / views.length;
    });
  }

  release(): Promise<void> {
    return this.#session.release();
  }
}
