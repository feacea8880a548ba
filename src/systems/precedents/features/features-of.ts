/**
 * The features of radiographs by a model: those that are kept beside it are read, the others are made in slices, here and by whoever
 * helps, and kept. So an archive that has grown by ten needs ten embeddings, and what was interrupted goes on.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { OsteonError } from "../../../errors.ts";
import { TEXTURE_DIMENSIONS } from "../../../imaging/describe-texture.ts";
import { type Matrix, rowOf } from "../../../numeric/matrix.ts";
import { clearPieces, countPieces, type Home } from "../../../store/index.ts";
import { featureLength } from "../embedder.ts";
import type { PrecedentsModel } from "../model.ts";
import { type FeatureSlice, listSlices, readSlice, sliceName } from "./feature-slice.ts";
import { layOutSlices, makeSlices } from "./make-slices.ts";
import { type KeyedSight, type Sight, withKeys } from "./sight.ts";

/** Whose features are wanted, and how. */
export interface FeatureWork {
  /** The run that needs them, and that runs. */
  readonly run: string;
  readonly model: PrecedentsModel;
  /** The run that keeps the model: features are kept beside it. */
  readonly modelRun: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  /** Told how many slices are to be made, before they are: others may help then. */
  readonly onSlices?: ((slices: number) => Promise<void>) | undefined;
}

/** What the networks made of some sights, in their order. */
export interface SeenFeatures {
  readonly features: Matrix<Float32Array>;
  /** Of the whole radiographs, which come first. */
  readonly textures: Matrix<Float64Array>;
  /** Sights that were embedded for it, here or elsewhere; the others were kept. */
  readonly embedded: number;
  /** Kept slices of which nothing was wanted, or nothing could be read. */
  readonly useless: readonly string[];
}

/** How often slices are looked for that should be there: one may be damaged after it was made, but not for ever. */
const attempts = 3;
/** How often it is looked whether others are ready. */
const lookMs = 500;

/**
 * @param sights whole radiographs first, then lesions
 * @throws OsteonError `interrupted` when the signal stops it, `corrupt-store` for a picture that the home lacks, or where what is kept
 *   cannot be read again
 */
export const featuresOf = async (home: Home, sights: readonly Sight[], work: FeatureWork): Promise<SeenFeatures> => {
  const table = new FeatureTable(await withKeys(home, sights), featureLength(work.model.card));
  const useless = new Set<string>();
  for (const name of await listSlices(home, work.modelRun)) {
    const slice = await readSlice(home, work.modelRun, name);
    if (!slice || table.take(slice) === 0) useless.add(name);
  }
  const embedded = table.missing.length;
  for (let attempt = 0; table.missing.length > 0; attempt++) {
    if (attempt === attempts) {
      throw new OsteonError(
        "corrupt-store",
        "Features that were kept in the home cannot be read again; check the disk that holds it, and start again.",
      );
    }
    for (const name of await makeMissing(home, table, work)) useless.delete(name); // a damaged one is whole again
  }
  return { features: table.features, textures: table.textures, embedded, useless: [...useless] };
};

/** Has the missing features made, and reads them. Answers the names of their slices. */
const makeMissing = async (home: Home, table: FeatureTable, work: FeatureWork): Promise<readonly string[]> => {
  const { run, modelRun } = work;
  const slices = await layOutSlices(home, run, { modelRun, sights: table.missing });
  try {
    await work.onSlices?.(slices.length);
    await makeAll(home, table, work);
  } finally {
    await clearPieces(home.database, run).catch(() => {}); // who helps ends; what is left lying is forgotten by the next run
  }
  const names = slices.map(({ sights }) => sliceName(sights.map(({ key }) => key)));
  for (const name of names) {
    const slice = await readSlice(home, modelRun, name);
    if (slice) table.take(slice);
  }
  return names;
};

/** Makes slices until all are made, here or elsewhere. */
const makeAll = async (
  home: Home,
  table: FeatureTable,
  { run, model, signal, onProgress }: FeatureWork,
): Promise<void> => {
  const [kept, total] = [table.total - table.missing.length, table.total];
  let [embedded, ownMade, allMade] = [0, 0, 0];
  const tell = (): void => onProgress?.(Math.min(kept + embedded + allMade - ownMade, total), total);
  const look = async (): Promise<number> => {
    const { made, open } = await countPieces(home.database, run);
    allMade = made;
    tell();
    return open;
  };
  const makeThose = (): Promise<number> =>
    makeSlices(home, {
      run,
      loadModel: async () => model,
      signal,
      onEmbedded: () => {
        embedded += 1;
        tell();
      },
      onSlice: async (sights) => {
        ownMade += sights;
        await look();
      },
    });
  await makeThose();
  // What others have in work is theirs, unless they are no more: then it can be claimed after a while.
  while ((await look()) > 0) {
    await sleep(lookMs);
    await makeThose();
  }
};

/** Features by their sights, as far as they are there. */
class FeatureTable {
  readonly features: Matrix<Float32Array>;
  readonly textures: Matrix<Float64Array>;
  readonly #sights: readonly KeyedSight[];
  readonly #places: ReadonlyMap<string, number>;
  readonly #isThere: Uint8Array;

  constructor(sights: readonly KeyedSight[], dimensions: number) {
    const rows = sights.length;
    const wholes = sights.filter(({ box }) => box === null).length;
    this.#sights = sights;
    this.#places = new Map(sights.map(({ key }, i) => [key, i]));
    this.#isThere = new Uint8Array(rows);
    this.features = { rows, columns: dimensions, values: new Float32Array(rows * dimensions) };
    this.textures = {
      rows: wholes,
      columns: TEXTURE_DIMENSIONS,
      values: new Float64Array(wholes * TEXTURE_DIMENSIONS),
    };
  }

  get total(): number {
    return this.#sights.length;
  }

  get missing(): readonly KeyedSight[] {
    return this.#sights.filter((_, i) => this.#isThere[i] === 0);
  }

  /** Takes what is wanted of a slice, and answers how many sights those are. */
  take({ keys, features, textures }: FeatureSlice): number {
    if (features.columns !== this.features.columns) return 0;
    let taken = 0;
    for (const [row, key] of keys.entries()) {
      const place = this.#places.get(key);
      if (place === undefined || this.#isThere[place] === 1) continue;
      rowOf(this.features, place).set(rowOf(features, row));
      if (textures.rows > 0) rowOf(this.textures, place).set(rowOf(textures, row));
      this.#isThere[place] = 1;
      taken += 1;
    }
    return taken;
  }
}
