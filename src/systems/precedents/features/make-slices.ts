/**
 * Makes the slices that a run needs, one after another, until none waits: in the process that began the run, and in any that helps. What
 * was embedded outlasts an interruption.
 */

import { randomUUID } from "node:crypto";
import { OsteonError } from "../../../errors.ts";
import { TEXTURE_DIMENSIONS } from "../../../imaging/describe-texture.ts";
import { matrixOfRows } from "../../../numeric/matrix.ts";
import {
  claimPiece,
  finishPiece,
  type Home,
  layOutPieces,
  releasePiece,
  sayPieceInWork,
} from "../../../store/index.ts";
import { embedArchive } from "../embed-archive.ts";
import { Embedder } from "../embedder.ts";
import type { PrecedentsModel } from "../model.ts";
import { writeSlice } from "./feature-slice.ts";
import type { KeyedSight } from "./sight.ts";

/** A slice that is to be made: sights of whole radiographs, or of lesions. */
interface WantedSlice {
  /** The run that keeps the model, beside which the slice is kept. */
  readonly modelRun: string;
  readonly sights: readonly KeyedSight[];
}

/** Which slices are made. */
export interface SliceWork {
  /** The run that needs them. */
  readonly run: string;
  /** The networks; called once, with the run that keeps them, when there is something to do. */
  readonly loadModel: (modelRun: string) => Promise<PrecedentsModel>;
  readonly signal?: AbortSignal | undefined;
  /** Told of each sight that was embedded. */
  readonly onEmbedded?: (() => void) | undefined;
  /** Told of each slice that was made, with its sights. */
  readonly onSlice?: ((sights: number) => Promise<void> | void) | undefined;
}

/** Sights of a slice: some hundred in one process, less where several may share few. */
const most = 256;
const fewest = 32;
const slicesToShare = 16;

const sayMs = 3_000;

/** Lays out which slices are to be made for a run. */
export const layOutSlices = async (
  { database, sharing }: Pick<Home, "database" | "sharing">,
  run: string,
  { modelRun, sights }: WantedSlice,
): Promise<readonly WantedSlice[]> => {
  const even = Math.ceil(sights.length / slicesToShare);
  const length = sharing ? Math.min(most, Math.max(fewest, even)) : most;
  const kinds = [sights.filter(({ box }) => box === null), sights.filter(({ box }) => box !== null)];
  const slices = kinds.flatMap((alike) =>
    Array.from({ length: Math.ceil(alike.length / length) }, (_, i): WantedSlice => {
      const own = alike.slice(i * length, (i + 1) * length);
      return {
        modelRun,
        sights: own.map(({ key, image: { id, width, height }, box }) => ({ key, image: { id, width, height }, box })),
      };
    }),
  );
  await layOutPieces(
    database,
    run,
    slices.map((content, number) => ({ number, size: content.sights.length, content })),
  );
  return slices;
};

/**
 * Makes slices until none waits; others may still be in work elsewhere. Answers how many.
 *
 * @throws OsteonError `interrupted` when the signal stops it, `corrupt-store` for a picture that the home lacks
 */
export const makeSlices = async (home: Home, work: SliceWork): Promise<number> => {
  const claim = randomUUID();
  const { run } = work;
  let networks: Networks | undefined;
  try {
    for (let made = 0; ; made++) {
      checkSignal(work);
      const piece = await claimPiece(home.database, run, claim);
      if (!piece) return made;
      const claimed = { run, number: piece.number, claim };
      const wanted = piece.content as WantedSlice;
      try {
        networks ??= await openNetworks(await work.loadModel(wanted.modelRun));
        await makeSlice(home, wanted, {
          ...networks,
          signal: work.signal,
          onEmbedded: work.onEmbedded,
          sayInWork: () => sayPieceInWork(home.database, claimed).catch(() => {}), // the next one may come through
        });
      } catch (error) {
        await releasePiece(home.database, claimed).catch(() => {}); // the first failure is the one to tell
        throw error;
      }
      await finishPiece(home.database, claimed);
      await work.onSlice?.(piece.size);
    }
  } finally {
    await networks?.embedder.release();
  }
};

interface Networks {
  readonly model: PrecedentsModel;
  readonly embedder: Embedder;
}

const openNetworks = async (model: PrecedentsModel): Promise<Networks> => ({
  model,
  embedder: await Embedder.create(model),
});

/** Embeds the sights of a slice and keeps it; when that breaks off, as much of it as there is. */
const makeSlice = async (
  home: Home,
  { modelRun, sights }: WantedSlice,
  {
    model,
    embedder,
    signal,
    onEmbedded,
    sayInWork,
  }: Networks & Pick<SliceWork, "signal" | "onEmbedded"> & { readonly sayInWork: () => Promise<void> },
): Promise<void> => {
  const boxes = new Map(sights.flatMap(({ image, box }) => (box ? [[image.id, box] as const] : [])));
  const how = boxes.size > 0 ? { model, embedder, lesions: boxes } : { model, embedder, withTexture: true };
  const images = sights.map(({ image }) => image);
  const features: Float32Array[] = [];
  const textures: Float64Array[] = [];
  const keep = (): Promise<void> =>
    writeSlice(home, modelRun, {
      keys: sights.slice(0, features.length).map(({ key }) => key),
      features: matrixOfRows(features),
      textures: textureRows(textures),
    });
  let said = performance.now();
  try {
    for await (const { features: own, texture } of embedArchive(home, images, how)) {
      features.push(own);
      if (texture) textures.push(texture);
      onEmbedded?.();
      if (features.length < sights.length) checkSignal({ signal });
      if (performance.now() - said < sayMs) continue;
      await sayInWork();
      said = performance.now();
    }
  } finally {
    if (features.length > 0) await keep();
  }
};

const textureRows = (rows: readonly Float64Array[]) => {
  const values = new Float64Array(rows.length * TEXTURE_DIMENSIONS);
  rows.forEach((row, i) => {
    values.set(row, i * TEXTURE_DIMENSIONS);
  });
  return { rows: rows.length, columns: TEXTURE_DIMENSIONS, values };
};

const checkSignal = ({ signal }: Pick<SliceWork, "signal">): void => {
  if (!signal?.aborted) return;
  throw new OsteonError(
    "interrupted",
    "Looking at the radiographs was interrupted; start it again, and it goes on where it stopped.",
  );
};
