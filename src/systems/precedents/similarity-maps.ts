/** Why a radiograph is a neighbour: where on it, and on the query, the networks of the model see the same. */

import type { Session, SessionOptions } from "../../engine/session.ts";
import { floatTensor } from "../../engine/tensor.ts";
import { contributionsTo, drawContributions, type NetworkMaps } from "../../explain/similarity-map.ts";
import type { GreyImage } from "../../imaging/grey-image.ts";
import { letterboxPlacement } from "../../imaging/letterbox.ts";
import { resNetMaps } from "../../models/resnet.ts";
import { inferenceSession } from "../../nn/network.ts";
import type { PrecedentsModel } from "./model.ts";
import { type ViewSizes, views, viewsOf } from "./views.ts";

/** What each place of a picture adds to a similarity, in [0, 1], row by row. */
export interface DrawnMap {
  readonly columns: number;
  readonly rows: number;
  readonly values: number[];
}

/** Cells along the longer side of a map: the networks see no finer. */
const longerSide = 48;

/** The networks of a model up to their last maps. */
export class SimilarityMaps {
  readonly #members: readonly Session[];
  readonly #sizes: ViewSizes;

  private constructor(members: readonly Session[], sizes: ViewSizes) {
    this.#members = members;
    this.#sizes = sizes;
  }

  static async create(
    { card, members }: PrecedentsModel,
    options: Pick<SessionOptions, "threads"> = {},
  ): Promise<SimilarityMaps> {
    const { architecture, imageSizes } = card.settings;
    const sessions = imageSizes.map((imageSize, i) =>
      inferenceSession((scope, x) => ({ maps: resNetMaps(scope, x, { name: architecture })[4] }), {
        inputShape: [views.length, 1, imageSize, imageSize],
        state: members[i]!,
        ...options,
      }),
    );
    return new SimilarityMaps(await Promise.all(sessions), card.settings);
  }

  /**
   * What the places of a small picture add to its similarity with another.
   *
   * @param other the other's direction, and the mean that was taken off the features of both
   */
  async draw(
    picture: GreyImage,
    other: { readonly other: Float32Array; readonly mean: Float32Array },
  ): Promise<{ readonly similarity: number; readonly map: DrawnMap }> {
    const { sourceSize, imageSizes } = this.#sizes;
    const prepared = viewsOf(picture, this.#sizes);
    const networks: NetworkMaps[] = [];
    for (const [i, session] of this.#members.entries()) {
      const size = imageSizes[i]!;
      const { maps } = await session.run({ x: floatTensor([views.length, 1, size, size], prepared[i]!) });
      networks.push({ maps: maps as NetworkMaps["maps"] });
    }
    const contributions = contributionsTo(networks, other);
    const place = letterboxPlacement(picture, sourceSize);
    const part = {
      left: place.left / sourceSize,
      top: place.top / sourceSize,
      width: place.width / sourceSize,
      height: place.height / sourceSize,
    };
    const scale = longerSide / Math.max(picture.width, picture.height);
    const grid = {
      columns: Math.max(Math.round(picture.width * scale), 1),
      rows: Math.max(Math.round(picture.height * scale), 1),
    };
    const drawn = contributions.flatMap((ofViews) =>
      ofViews.map((own, view) => ({ ...own, scale: views[view]!.scale ?? 1 })),
    );
    const similarity = drawn.reduce((sum, { values }) => sum + values.reduce((a, b) => a + b, 0), 0);
    const values = Array.from(drawContributions(drawn, part, grid), (value) => Math.round(value * 1e4) / 1e4);
    return { similarity, map: { ...grid, values } };
  }

  async release(): Promise<void> {
    await Promise.all(this.#members.map((session) => session.release()));
  }
}
