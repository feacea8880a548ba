/**
 * Where the networks of a run look when they take a radiograph for a class: Grad-CAM of their last maps, averaged over the
 * networks as SAM-X and the study on Ewing sarcoma averaged it over their folds.
 *
 * What is explained is the networks' own answer, by their classifying layer; the neighbours' vote comes from the features
 * below it. Works on the home's files alone, so that a thread without the database can do it.
 */

import { floatTensor } from "../../engine/tensor.ts";
import { OsteonError } from "../../errors.ts";
import { averageClassMaps, type ClassMap, GradCam } from "../../explain/grad-cam.ts";
import { decodeGreyPng } from "../../imaging/grey-png.ts";
import type { HomeFiles } from "../../store/files.ts";
import type { StoredImage } from "../../store/index.ts";
import { modelName } from "./artefacts.ts";
import { decodePrecedentsModel, networkOf } from "./model.ts";
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
  readonly classes: readonly ClassExplanation[];
}

/** Side of the averaged map: eight times that of the coarsest network's. */
const mapSize = 32;

/** The one of the views that shows the picture as it is. */
const plainView = views.findIndex(({ scale }) => scale === 1);

interface Member {
  readonly gradCam: GradCam;
  readonly imageSize: number;
}

/** The networks of a run, ready to explain. */
export class ClassExplainer {
  readonly classes: readonly string[];
  readonly #files: HomeFiles;
  readonly #members: readonly Member[];
  readonly #sourceSize: number;

  private constructor(
    files: HomeFiles,
    parts: { classes: readonly string[]; members: readonly Member[]; sourceSize: number },
  ) {
    this.#files = files;
    this.classes = parts.classes;
    this.#members = parts.members;
    this.#sourceSize = parts.sourceSize;
  }

  /** @throws OsteonError `not-found` when the run keeps no networks, `corrupt-store` when they are damaged */
  static async open(files: HomeFiles, run: string): Promise<ClassExplainer> {
    if (!(await files.hasArtefact(run, modelName))) {
      throw new OsteonError("not-found", `The run ${run} keeps no networks to look into.`, { run });
    }
    const { card, members } = decodePrecedentsModel(await files.readArtefact(run, modelName));
    const { architecture, imageSizes, sourceSize } = card.settings;
    const network = networkOf(architecture, card.classes.length);
    const opened: Member[] = [];
    for (const [i, imageSize] of imageSizes.entries()) {
      const inputShape = [1, 1, imageSize, imageSize];
      opened.push({
        gradCam: await GradCam.create(network, { state: members[i]!, inputShape, threads: 1 }),
        imageSize,
      });
    }
    return new ClassExplainer(files, { classes: card.classes, members: opened, sourceSize });
  }

  /** @throws OsteonError `bad-usage` for a class that was not learned, `corrupt-store` for a picture that the home lacks */
  async explain(image: StoredImage["id"], labels: readonly string[]): Promise<ImageExplanation> {
    const targets = labels.map((label) => this.#targetOf(label));
    const picture = await decodeGreyPng(await this.#files.readPicture(image));
    const imageSizes = this.#members.map(({ imageSize }) => imageSize);
    const prepared = viewsOf(picture, { sourceSize: this.#sourceSize, imageSizes });
    const maps: ClassMap[][] = labels.map(() => []);
    const probabilities = new Float64Array(this.classes.length);
    for (const [i, { gradCam, imageSize }] of this.#members.entries()) {
      const area = imageSize ** 2;
      const x = floatTensor(
        [1, 1, imageSize, imageSize],
        prepared[i]!.subarray(plainView * area, (plainView + 1) * area),
      );
      let logits = new Float32Array();
      for (const [at, target] of targets.entries()) {
        const attributed = await gradCam.attribute(x, [target]);
        maps[at]!.push(attributed.maps[0]!);
        logits = attributed.logits.data as Float32Array<ArrayBuffer>;
      }
      for (const [c, probability] of softmax(logits).entries()) probabilities[c]! += probability / this.#members.length;
    }
    const likeliest = probabilities.indexOf(Math.max(...probabilities));
    return {
      predicted: { label: this.classes[likeliest]!, probability: probabilities[likeliest]! },
      networks: this.#members.length,
      classes: labels.map((label, at) => ({
        label,
        probability: probabilities[targets[at]!]!,
        map: averageClassMaps(maps[at]!, { columns: mapSize, rows: mapSize }),
      })),
    };
  }

  async release(): Promise<void> {
    await Promise.all(this.#members.map(({ gradCam }) => gradCam.release()));
  }

  #targetOf(label: string): number {
    const target = this.classes.indexOf(label);
    if (target >= 0) return target;
    throw new OsteonError("bad-usage", "The networks have not learned this class; ask about one that they have.");
  }
}

const softmax = (logits: Float32Array): Float64Array => {
  const largest = Math.max(...logits);
  const powers = Float64Array.from(logits, (logit) => Math.exp(logit - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
};
