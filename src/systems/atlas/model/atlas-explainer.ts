/**
 * Where the networks of an atlas model look when they take a radiograph for a region: Grad-CAM, averaged over the folds as SAM-X
 * averaged it (Eur Radiol 2023, "Plausibility"). Works on the home's files alone, so that a thread without the database can do it.
 */

import { discard } from "../../../clinic/atlas/fold-actions.ts";
import { floatTensor } from "../../../engine/tensor.ts";
import { OsteonError } from "../../../errors.ts";
import { AveragedGradCam } from "../../../explain/averaged-grad-cam.ts";
import { GradCam } from "../../../explain/grad-cam.ts";
import { type ExplainedLayer, usualLayer } from "../../../explain/residual-layers.ts";
import { decodeGreyPng } from "../../../imaging/grey-png.ts";
import type { HomeFiles } from "../../../store/files.ts";
import type { StoredImage } from "../../../store/index.ts";
import type { ImageExplanation } from "../../precedents/index.ts";
import { inputShapeOf, networkOf } from "../cluster-network.ts";
import { type AtlasModel, readAtlasModel } from "./atlas-model.ts";
import { rankRegions } from "./rank-regions.ts";
import { viewOf } from "./view-of.ts";

/** The networks of the folds, ready to explain. */
export class AtlasExplainer {
  readonly #files: HomeFiles;
  readonly #model: AtlasModel;
  readonly #gradCams: AveragedGradCam;

  private constructor(files: HomeFiles, model: AtlasModel) {
    const { card, states } = model;
    this.#files = files;
    this.#model = model;
    this.#gradCams = new AveragedGradCam(
      states.map(
        (state) => (layer) =>
          GradCam.create(networkOf(card.network, card.classes.length), {
            state,
            inputShape: inputShapeOf(card.network, 1),
            ...(this.#isResidual ? { layer } : {}),
            threads: 1,
          }),
      ),
    );
  }

  /** @throws OsteonError `not-found` when the run keeps no atlas model, `corrupt-store` when it is damaged */
  static async open(files: HomeFiles, run: string): Promise<AtlasExplainer> {
    return new AtlasExplainer(files, await readAtlasModel(files, run));
  }

  /**
   * @param layer by default the last whose map is not too coarse to show a place; of networks without stages `layer4` alone, for their
   *   last maps
   * @throws OsteonError `bad-usage` for a region that was not learned or a layer that the network does not have, `corrupt-store` for a
   *   picture that the home lacks
   */
  async explain(
    image: StoredImage["id"],
    { labels, layer = this.#defaultLayer() }: { readonly labels: readonly string[]; readonly layer?: ExplainedLayer },
  ): Promise<ImageExplanation> {
    const { classes, network, folds } = this.#model.card;
    this.#checkLayer(layer);
    const targets = labels.map((label) => this.#targetOf(label));
    const picture = await decodeGreyPng(await this.#files.readPicture(image));
    const { pixels } = viewOf(picture, { imageSize: network.imageSize, colourfulness: 0 });
    const x = floatTensor(inputShapeOf(network, 1), pixels);
    const { maps, probabilities } = await this.#gradCams.explain(Array(folds).fill(x), { targets, layer });
    const [likeliest] = rankRegions(classes, probabilities);
    const discarded = probabilities[classes.indexOf(discard)] ?? 0;
    return {
      predicted:
        discarded > likeliest!.score
          ? { label: discard, probability: discarded }
          : { label: likeliest!.region, probability: likeliest!.score },
      networks: folds,
      layer,
      classes: labels.map((label, at) => ({
        label,
        probability: probabilities[targets[at]!]!,
        map: maps[at]!,
      })),
    };
  }

  async release(): Promise<void> {
    await this.#gradCams.release();
  }

  get #isResidual(): boolean {
    return this.#model.card.network.name.startsWith("resnet");
  }

  #defaultLayer(): ExplainedLayer {
    return this.#isResidual ? usualLayer(this.#model.card.network.imageSize) : "layer4";
  }

  #checkLayer(layer: ExplainedLayer): void {
    if (layer === "layer4" || this.#isResidual) return;
    throw new OsteonError("bad-usage", "This network has no such stage; ask for its last maps.", { layer });
  }

  #targetOf(label: string): number {
    const target = this.#model.card.classes.indexOf(label);
    if (target >= 0) return target;
    throw new OsteonError("bad-usage", "The networks have not learned this class; ask about one that they have.");
  }
}
