/**
 * Grad-CAM of several networks that answer one question, averaged: as SAM-X and the study on Ewing sarcoma averaged it over
 * their folds. Each network is made ready for a layer when it is first asked, and kept.
 */

import type { FloatTensor } from "../engine/tensor.ts";
import { meanProbabilities } from "../numeric/softmax.ts";
import { averageClassMaps, type ClassMap, type GradCam } from "./grad-cam.ts";
import { averagedMapSize, type ExplainedLayer } from "./residual-layers.ts";

/** Makes one of the networks ready to be asked about a layer, one picture at a time. */
export type GradCamMaker = (layer: ExplainedLayer) => Promise<GradCam>;

/** What the networks say of a picture, and where they look for each class asked about. */
export interface AveragedExplanation {
  /** Of every class, each network's own averaged. */
  readonly probabilities: Float64Array;
  /** One for each target, {@link averagedMapSize} positions wide and high; at most 1. */
  readonly maps: readonly ClassMap[];
}

export class AveragedGradCam {
  readonly #makers: readonly GradCamMaker[];
  readonly #made = new Map<string, Promise<GradCam>>();

  constructor(makers: readonly GradCamMaker[]) {
    this.#makers = makers;
  }

  /**
   * @param inputs the picture as each network takes it, [1, C, H, W]
   * @throws OsteonError `bad-usage` for a class or a layer that a network does not have
   */
  async explain(
    inputs: readonly FloatTensor[],
    { targets, layer }: { readonly targets: readonly number[]; readonly layer: ExplainedLayer },
  ): Promise<AveragedExplanation> {
    const maps: ClassMap[][] = targets.map(() => []);
    const logits: Float32Array[] = [];
    for (const [i, x] of inputs.entries()) {
      const gradCam = await this.#gradCamOf(i, layer);
      for (const [at, target] of targets.entries()) {
        const attributed = await gradCam.attribute(x, [target]);
        maps[at]!.push(attributed.maps[0]!);
        if (at === 0) logits.push(attributed.logits.data);
      }
    }
    const size = { columns: averagedMapSize, rows: averagedMapSize };
    return { probabilities: meanProbabilities(logits), maps: maps.map((own) => averageClassMaps(own, size)) };
  }

  async release(): Promise<void> {
    for (const gradCam of this.#made.values()) await (await gradCam).release();
    this.#made.clear();
  }

  #gradCamOf(network: number, layer: ExplainedLayer): Promise<GradCam> {
    const key = `${layer} ${network}`;
    const made =
      this.#made.get(key) ??
      this.#makers[network]!(layer).catch((error: unknown) => {
        this.#made.delete(key); // such as for want of memory: the next may do better
        throw error;
      });
    this.#made.set(key, made);
    return made;
  }
}
