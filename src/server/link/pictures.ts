/** Pictures of the archive's radiographs and of queries for a viewer, decoded in threads from the files as they came. */

import { imageId } from "../../clinic/ids.ts";
import { OsteonError } from "../../errors.ts";
import type { PlateGeometry } from "../../imaging/plate-geometry.ts";
import { findImage, type Home, type StoredImage } from "../../store/index.ts";
import type { Query } from "./add-query.ts";
import type { LinkThreads } from "./link-threads.ts";
import { type DecodedPicture, PictureCache } from "./picture-cache.ts";

export class Pictures {
  readonly #home: Home;
  readonly #threads: LinkThreads;
  readonly #cache = new PictureCache();

  constructor(home: Home, threads: LinkThreads) {
    this.#home = home;
    this.#threads = threads;
  }

  /** @throws OsteonError `not-found` for an unknown image, `bad-input` where its file can no longer be read */
  async ofImage(id: string): Promise<DecodedPicture> {
    const image = await findImage(this.#home.database, imageId(id));
    if (!image) throw new OsteonError("not-found", "There is no such radiograph.");
    return this.#decode(image);
  }

  /** @throws OsteonError `bad-input` where the file cannot be read */
  async ofQuery(query: Query): Promise<DecodedPicture> {
    if (query.image !== null) return this.ofImage(query.image);
    const path = this.#home.files.queryPath(query.id);
    return this.#cache.get(query.id, () => this.#view(path, null));
  }

  /** Keeps the picture of a query that was just read. */
  keep(query: Query, picture: DecodedPicture): void {
    this.#cache.put(query.id, picture);
  }

  forget(query: Query): void {
    this.#cache.delete(query.id);
  }

  #decode(image: StoredImage): Promise<DecodedPicture> {
    const path = this.#home.files.originalPath(image.fileId);
    const part = image.exposure === null || image.geometry === null ? null : shownOf(image.geometry);
    return this.#cache.get(image.id, () => this.#view(path, part));
  }

  async #view(path: string, part: PlateGeometry["shown"] | null): Promise<DecodedPicture> {
    const answer = await this.#threads.run({ task: "view", path, part });
    if (answer.ok) return { viewer: answer.viewer, pixelSpacingMm: answer.pixelSpacingMm };
    throw new OsteonError("bad-input", answer.reason.detail);
  }
}

const shownOf = (geometry: string): PlateGeometry["shown"] => (JSON.parse(geometry) as PlateGeometry).shown;
