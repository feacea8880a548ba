/** Makes the archive's codes for other centres: of every radiograph, and of every marked lesion. */

import { OsteonError } from "../../errors.ts";
import type { Hashing } from "../../retrieval/hashing/hashing.ts";
import {
  continueOrCreateRun,
  finishRun,
  type Home,
  hashContent,
  latestFinishedRun,
  listAnnotations,
  listImages,
  type StoredImage,
} from "../../store/index.ts";
import { Embedder, embedArchive, isInside, lesionBoxes } from "../precedents/index.ts";
import { type CodedImages, encodeArchiveCodes } from "./archive-codes.ts";
import { codesName, codesSystem } from "./artefacts.ts";
import { fingerprintsOf } from "./common-network.ts";
import { type CentreWorkOptions, findNetwork, readNetwork } from "./share-network.ts";

/** What came of it. */
export interface CodesReport {
  readonly run: string;
  /** The run that keeps the network. */
  readonly network: string;
  readonly radiographs: number;
  readonly patients: number;
  readonly lesions: number;
}

/** @throws OsteonError `not-trained` before there is a common network, `interrupted` when the signal stops it */
export const indexForCentres = async (home: Home, options: CentreWorkOptions): Promise<CodesReport> => {
  const known = await findNetwork(home);
  if (!known) {
    throw new OsteonError("not-trained", "There is no common network; share one or take one over first.");
  }
  const { model, hashing } = await readNetwork(home, known.run);
  const images = await listImages(home.database);
  const boxes = lesionBoxes(await listAnnotations(home.database));
  const marked = images.filter((image) => {
    const box = boxes.get(image.id);
    return hashing.lesion !== null && box !== undefined && isInside(box, image);
  });
  const settings = { network: known.run };
  const { startedBy, now } = options;
  const { run } = await continueOrCreateRun(home.database, {
    system: codesSystem,
    settings,
    fingerprint: hashContent(JSON.stringify([settings, images.map(({ id }) => id), [...boxes]])),
    startedBy,
  });
  const embedder = await Embedder.create(model);
  let done = 0;
  const encode = async (
    chosen: readonly StoredImage[],
    { hashing: by, lesions }: { readonly hashing: Hashing; readonly lesions?: typeof boxes },
  ): Promise<CodedImages> => {
    const { bits } = by;
    const values = new Uint32Array((chosen.length * bits) / 32);
    let at = 0;
    for await (const { features } of embedArchive(home, chosen, { model, embedder, ...(lesions ? { lesions } : {}) })) {
      values.set(by.encode(features), (at++ * bits) / 32);
      if (options.signal?.aborted) throw new OsteonError("interrupted", "Making the codes was interrupted.");
      options.onProgress?.(++done, images.length + marked.length);
    }
    return { images: chosen.map(({ id }) => id), codes: { bits, count: chosen.length, values } };
  };
  try {
    const of = {
      "whole image": await encode(images, { hashing: hashing["whole image"]! }),
      lesion: marked.length > 0 ? await encode(marked, { hashing: hashing.lesion!, lesions: boxes }) : null,
    };
    const content = encodeArchiveCodes({ fingerprints: fingerprintsOf({ model, hashing }), of });
    await home.files.writeArtefact(run.id, codesName, content);
  } finally {
    await embedder.release();
  }
  const report: CodesReport = {
    run: run.id,
    network: known.run,
    radiographs: images.length,
    patients: new Set(images.map(({ patient }) => patient)).size,
    lesions: marked.length,
  };
  await finishRun(home.database, run.id, { metrics: report, at: now() });
  return report;
};

/** The archive's codes by a network; null before they are made. */
export const findCodes = async ({ database }: Pick<Home, "database">, network: string): Promise<CodesReport | null> => {
  const newest = (await latestFinishedRun(database, codesSystem))?.metrics as CodesReport | undefined;
  return newest?.network === network ? newest : null;
};
