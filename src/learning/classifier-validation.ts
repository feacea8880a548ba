/**
 * How a network does while it is trained, on pictures that it does not learn from: seen as they are, neither augmented nor
 * smoothed. Nothing is decided by it; it shows when the network begins to learn its pictures by heart.
 */

import { Graph, type Value } from "../engine/graph.ts";
import { Session, type Tensors } from "../engine/session.ts";
import { type FloatTensor, floatTensor, type StateDict } from "../engine/tensor.ts";
import { warp } from "../imaging/warp.ts";
import type { Network } from "../nn/network.ts";
import { Scope, type StateSpec } from "../nn/scope.ts";
import { type GreyDataset, standardiseInPlace } from "./grey-dataset.ts";
import type { LabelledPictures } from "./train-classifier.ts";

/** What a network did on the pictures. */
export interface ValidationScores {
  /** Mean cross-entropy. */
  readonly loss: number;
  /** Share of the pictures named rightly. */
  readonly accuracy: number;
}

/** Pictures that the network sees at once. */
const batchSize = 8;

/** The network's graph with its weights as inputs, compiled once for all epochs. */
export class ClassifierValidation {
  readonly #session: Session;
  readonly #data: LabelledPictures & { readonly imageSize: number };

  private constructor(session: Session, data: LabelledPictures & { readonly imageSize: number }) {
    this.#session = session;
    this.#data = data;
  }

  static async create(
    network: Network<"logits">,
    data: LabelledPictures & { readonly imageSize: number },
  ): Promise<ClassifierValidation> {
    const graph = new Graph();
    const resolve = (spec: StateSpec): Value => graph.input(spec.name, spec.shape);
    const scope = new Scope({ graph, training: false, resolve, bufferUpdates: new Map() });
    const { logits } = network(scope, graph.input("x", [batchSize, 1, data.imageSize, data.imageSize]));
    return new ClassifierValidation(await Session.create(graph.toModel({ logits })), data);
  }

  /** The scores of the network with these weights. */
  async measure(state: StateDict): Promise<ValidationScores> {
    const { pictures, labels } = this.#data;
    let loss = 0;
    let hits = 0;
    for (const [index, own] of (await this.logits(state)).entries()) {
      const largest = Math.max(...own);
      const label = labels[index]!;
      loss += largest - own[label]! + Math.log(own.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
      hits += Number(own.indexOf(largest) === label);
    }
    return { loss: loss / pictures.length, accuracy: hits / pictures.length };
  }

  /** What the network with these weights says of the pictures at some positions, or of all. */
  async logits(state: StateDict, positions?: readonly number[]): Promise<Float32Array[]> {
    const { pictures, classes, imageSize } = this.#data;
    const wanted = positions ?? Array.from({ length: pictures.length }, (_, i) => i);
    const weights: Tensors = Object.fromEntries(state);
    const rows: Float32Array[] = [];
    for (let first = 0; first < wanted.length; first += batchSize) {
      const indices = wanted.slice(first, first + batchSize);
      const x = plainBatch(pictures, indices, { imageSize, places: batchSize });
      const { logits } = await this.#session.run({ ...weights, x });
      for (const row of indices.keys())
        rows.push((logits!.data as Float32Array).slice(row * classes, (row + 1) * classes));
    }
    return rows;
  }

  async release(): Promise<void> {
    await this.#session.release();
  }
}

/** Pictures as a network takes them, neither augmented nor cut: [places, 1, imageSize, imageSize]; places left over stay blank. */
export const plainBatch = (
  pictures: GreyDataset,
  indices: readonly number[],
  { imageSize, places = indices.length }: { readonly imageSize: number; readonly places?: number },
): FloatTensor => {
  const area = imageSize ** 2;
  const x = new Float32Array(places * area);
  const source = { pixels: new Float32Array(pictures.size ** 2), size: pictures.size };
  for (const [i, index] of indices.entries()) {
    pictures.read(index, source.pixels);
    standardiseInPlace(source.pixels);
    warp(source, { pixels: x.subarray(i * area, (i + 1) * area), size: imageSize }, {});
  }
  return floatTensor([places, 1, imageSize, imageSize], x);
};
