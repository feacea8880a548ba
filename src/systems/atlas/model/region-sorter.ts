/** A trained atlas model ready to say of one picture after another which region it shows, and whether any. Knows no database. */

import { discard } from "../../../clinic/atlas/fold-actions.ts";
import type { SessionOptions } from "../../../engine/session.ts";
import { meanProbabilities } from "../../../numeric/softmax.ts";
import type { HomeFiles } from "../../../store/files.ts";
import type { ImageRegion } from "../../../store/index.ts";
import { modalityProblem } from "../../cohort/index.ts";
import { type AtlasCard, type AtlasModel, readAtlasModel } from "./atlas-model.ts";
import { FoldNetworks } from "./fold-networks.ts";
import { rankRegions } from "./rank-regions.ts";
import { reasonOf } from "./recognition.ts";
import type { AtlasView } from "./view-of.ts";

/** What a picture was sorted as. */
export type SortedPicture = Omit<ImageRegion, "run">;

export class RegionSorter {
  readonly #model: AtlasModel;
  readonly #networks: FoldNetworks;

  private constructor(model: AtlasModel, networks: FoldNetworks) {
    this.#model = model;
    this.#networks = networks;
  }

  /** @throws OsteonError `not-found` when the run keeps no atlas model, `corrupt-store` when it is damaged */
  static async open(
    files: HomeFiles,
    run: string,
    options: Pick<SessionOptions, "threads"> = {},
  ): Promise<RegionSorter> {
    return RegionSorter.of(await readAtlasModel(files, run), options);
  }

  static async of(model: AtlasModel, options: Pick<SessionOptions, "threads"> = {}): Promise<RegionSorter> {
    const { network, classes } = model.card;
    return new RegionSorter(
      model,
      await FoldNetworks.create(model.states, { network, classes: classes.length, ...options }),
    );
  }

  get card(): AtlasCard {
    return this.#model.card;
  }

  /** @param modality as a DICOM file says it, where it does */
  async sort({ pixels, texture, implausible }: AtlasView, modality: string | null = null): Promise<SortedPicture> {
    const { card, recognition } = this.#model;
    const answers = await this.#networks.answer(pixels);
    const probabilities = meanProbabilities(answers.map(({ logits }) => logits));
    const [first, second] = rankRegions(card.classes, probabilities);
    const isOther = modality !== null && modalityProblem(modality) !== null;
    const discarded = probabilities[card.classes.indexOf(discard)] ?? 0;
    const reason =
      (isOther ? "other-modality" : implausible) ??
      reasonOf(recognition, { features: answers.map(({ features }) => features), texture, discarded });
    return { ...first!, second: second ?? null, known: reason === null, reason };
  }

  async release(): Promise<void> {
    await this.#networks.release();
  }
}
