/**
 * Where the networks of a run look when they take a radiograph for a class: Grad-CAM, averaged over the
 * networks as SAM-X and the study on Ewing sarcoma averaged it over their folds.
 *
 * What is explained is the networks' own answer, by their classifying layer; the neighbours' vote comes from the features
 * below it. Works on the home's files alone, so that a thread without the database can do it.
 */

import { floatTensor } from "../../engine/tensor.ts";
import { OsteonError } from "../../errors.ts";
import { AveragedGradCam } from "../../explain/averaged-grad-cam.ts";
import { type ClassMap, GradCam } from "../../explain/grad-cam.ts";
import { type ExplainedLayer, usualLayer } from "../../explain/residual-layers.ts";
import { decodeGreyPng } from "../../imaging/grey-png.ts";
import type { HomeFiles } from "../../store/files.ts";
import type { StoredImage } from "../../store/index.ts";
import { modelName } from "./artefacts.ts";
import { decodePrecedentsModel, networkOf, type PrecedentsModel } from "./model.ts";
import { views, viewsOf } from "./views.ts";

/** Where the networks look for one class. */
export interface ClassExplanation {
  readonly label: string;
  /** Of the classes' probabilities, each network's own averaged. */
  readonly probability: number;
  /** Over the square that the picture is centred in, its longer side filling it; what speaks for the class, at most 1. */
  readonly map: ClassMap;
}

/** What the networks take a radiograph for, and where they look for the classes asked about. */
export interface ImageExplanation {
  readonly predicted: { readonly label: string; readonly probability: number };
  readonly networks: number;
  readonly layer: ExplainedLayer;
  readonly classes: readonly ClassExplanation[];
}

/** The one of the views that shows the picture as it is. */
const plainView = views.findIndex(({ scale }) => scale === 1);

/** The networks of a run, ready to explain. */
export class ClassExplainer {
  readonly #files: HomeFiles;
  readonly #model: PrecedentsModel;
  readonly #gradCams: AveragedGradCam;

  private constructor(files: HomeFiles, model: PrecedentsModel) {
    const { card, members } = model;
    this.#files = files;
    this.#model = model;
    this.#gradCams = new AveragedGradCam(
      card.settings.imageSizes.map(
        (imageSize, member) => (layer) =>
          GradCam.create(networkOf(card.settings.architecture, card.classes.length), {
            state: members[member]!,
            inputShape: [1, 1, imageSize, imageSize],
            layer,
            threads: 1,
          }),
      ),
    );
  }

  /** @throws OsteonError `not-found` when the run keeps no networks, `corrupt-store` when they are damaged */
  static async open(files: HomeFiles, run: string): Promise<ClassExplainer> {
    if (!(await files.hasArtefact(run, modelName))) {
      throw new OsteonError("not-found", `The run ${run} keeps no networks to look into.`, { run });
    }
    return new ClassExplainer(files, decodePrecedentsModel(await files.readArtefact(run, modelName)));
  }

  /**
   * @param layer by default the last one whose map, in the network that sees most pixels, is not too coarse to show a place
   * @throws OsteonError `bad-usage` for a class that was not learned, `corrupt-store` for a picture that the home lacks
   */
  async explain(
    image: StoredImage["id"],
    { labels, layer = this.#defaultLayer() }: { readonly labels: readonly string[]; readonly layer?: ExplainedLayer },
  ): Promise<ImageExplanation> {
    const { classes, settings } = this.#model.card;
    const targets = labels.map((label) => this.#targetOf(label));
    const picture = await decodeGreyPng(await this.#files.readPicture(image));
    const inputs = viewsOf(picture, settings).map((pixels, member) => {
      const imageSize = settings.imageSizes[member]!;
      const area = imageSize ** 2;
      return floatTensor([1, 1, imageSize, imageSize], pixels.subarray(plainView * area, (plainView + 1) * area));
    });
    const { maps, probabilities } = await this.#gradCams.explain(inputs, { targets, layer });
    const likeliest = probabilities.indexOf(Math.max(...probabilities));
    return {
      predicted: { label: classes[likeliest]!, probability: probabilities[likeliest]! },
      networks: settings.imageSizes.length,
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

  #defaultLayer(): ExplainedLayer {
    return usualLayer(Math.max(...this.#model.card.settings.imageSizes));
  }

  #targetOf(label: string): number {
    const target = this.#model.card.classes.indexOf(label);
    if (target >= 0) return target;
    throw new OsteonError("bad-usage", "The networks have not learned this class; ask about one that they have.");
  }
}
