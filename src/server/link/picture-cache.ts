/** Pictures that were decoded a moment ago: a viewer asks for what is known of one first, and then for its samples. */

import type { ViewerPicture } from "../../imaging/viewer-picture.ts";

/** A decoded picture. */
export interface DecodedPicture {
  readonly viewer: ViewerPicture;
  readonly pixelSpacingMm: readonly [number, number] | null;
}

const mostBytes = 2 ** 27;

/** The last ones, as many as fit. */
export class PictureCache {
  /** The one that was asked for last stands last. */
  readonly #pictures = new Map<string, DecodedPicture>();
  readonly #coming = new Map<string, Promise<DecodedPicture>>();
  #bytes = 0;

  /** A picture, decoded once however many ask at the same time. */
  async get(key: string, decode: () => Promise<DecodedPicture>): Promise<DecodedPicture> {
    const known = this.#pictures.get(key);
    if (known) {
      this.#pictures.delete(key);
      this.#pictures.set(key, known);
      return known;
    }
    const coming = this.#coming.get(key) ?? decode();
    this.#coming.set(key, coming);
    try {
      const picture = await coming;
      this.put(key, picture);
      return picture;
    } finally {
      this.#coming.delete(key);
    }
  }

  put(key: string, picture: DecodedPicture): void {
    if (this.#pictures.has(key)) return;
    this.#pictures.set(key, picture);
    this.#bytes += picture.viewer.samples.byteLength;
    for (const [oldest, { viewer }] of this.#pictures) {
      if (this.#bytes <= mostBytes || oldest === key) break;
      this.#pictures.delete(oldest);
      this.#bytes -= viewer.samples.byteLength;
    }
  }

  delete(key: string): void {
    const picture = this.#pictures.get(key);
    if (!picture) return;
    this.#pictures.delete(key);
    this.#bytes -= picture.viewer.samples.byteLength;
  }
}
