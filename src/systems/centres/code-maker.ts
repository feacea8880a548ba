/** Makes the codes that other centres can compare: a small picture, or the lesion on it, through the common network. */

import type { GreyImage } from "../../imaging/grey-image.ts";
import { cropLesion, Embedder, type LesionBox } from "../precedents/index.ts";
import type { CentreView, CommonHashing, CommonNetwork } from "./common-network.ts";

/** A lesion on a radiograph. */
export interface MarkedLesion {
  readonly box: LesionBox;
  /** Of which the box is in pixels. */
  readonly radiograph: { readonly width: number; readonly height: number };
}

export class CodeMaker {
  readonly #embedder: Embedder;
  readonly #hashing: CommonHashing;

  private constructor(embedder: Embedder, hashing: CommonHashing) {
    this.#embedder = embedder;
    this.#hashing = hashing;
  }

  /** @param options.threads of one network's computation; all cores by default */
  static async open(
    { model, hashing }: CommonNetwork,
    options: { readonly threads?: number } = {},
  ): Promise<CodeMaker> {
    return new CodeMaker(await Embedder.create(model, options), hashing);
  }

  /** The code, and of what it is: of the lesion where one is given and the common network can hash lesions. */
  async codeOf(picture: GreyImage, lesion: MarkedLesion | null): Promise<{ view: CentreView; code: Uint32Array }> {
    const ofLesion = lesion && this.#hashing.lesion;
    const seen = ofLesion ? cropLesion(picture, lesion.box, lesion.radiograph) : picture;
    const hashing = ofLesion || this.#hashing["whole image"]!;
    return {
      view: ofLesion ? "lesion" : "whole image",
      code: hashing.encode(await this.#embedder.embed(seen)),
    };
  }

  async release(): Promise<void> {
    await this.#embedder.release();
  }
}
