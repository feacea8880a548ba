/** Brings the archive's codes for other centres up to date: of every radiograph, and of every marked lesion. */

import { type ImageId, imageId } from "../../clinic/ids.ts";
import { OsteonError } from "../../errors.ts";
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
import { isInside, type LesionBox, lesionBoxes, withKeys } from "../precedents/index.ts";
import { codesSystem } from "./artefacts.ts";
import { type CentreView, fingerprintsOf, views } from "./common-network.ts";
import { type CodeWriter, codesNamed } from "./kept-codes.ts";
import { forgetOtherCodes, openCodeWriter } from "./open-codes.ts";
import { type CentreWorkOptions, findNetwork, readNetwork } from "./share-network.ts";
import { type CodeChanges, type CodesToUpdate, type NamedImages, updateCodes } from "./update-codes.ts";

/** What came of it. */
export interface CodesReport extends CodeChanges {
  readonly run: string;
  /** The run that keeps the network. */
  readonly network: string;
  readonly radiographs: number;
  readonly patients: number;
  readonly lesions: number;
}

/** A view's codes. */
type Opened = Omit<CodesToUpdate, "wanted" | "lesions"> & { readonly view: CentreView };

/** @throws OsteonError `not-trained` before there is a common network, `interrupted` when the signal stops it */
export const indexForCentres = async (home: Home, options: CentreWorkOptions): Promise<CodesReport> => {
  const known = await findNetwork(home);
  if (!known) {
    throw new OsteonError("not-trained", "There is no common network; share one or take one over first.");
  }
  const network = await readNetwork(home, known.run);
  const fingerprints = fingerprintsOf(network);
  const opened: Opened[] = [];
  try {
    for (const view of views) {
      const hashing = network.hashing[view];
      if (!hashing) continue;
      const codes = await openCodeWriter(home, codesNamed(fingerprints, view));
      opened.push({ view, hashing, codes, kept: await namesOf(codes) });
    }
    // After the names: of what another process added meanwhile nothing is taken out.
    const images = await listImages(home.database);
    const boxes = lesionBoxes(await listAnnotations(home.database));
    const marked = network.hashing.lesion
      ? images.filter((image) => boxes.has(image.id) && isInside(boxes.get(image.id)!, image))
      : [];
    const settings = { network: known.run };
    // Whichever run it is goes on with what is there: the numbers alone tell one from another.
    const { run } = await continueOrCreateRun(home.database, {
      system: codesSystem,
      settings,
      fingerprint: hashContent(JSON.stringify([settings, images.length, boxes.size])),
      startedBy: options.startedBy,
    });
    const seen = { "whole image": { images }, lesion: { images: marked, lesions: boxes } };
    const work: CodesToUpdate[] = [];
    for (const { view, ...rest } of opened) {
      const wanted = await withNames(home, seen[view]);
      work.push({ ...seen[view], ...rest, wanted });
    }
    const changes = await updateCodes(home, work, { ...options, model: network.model });
    if ((await findNetwork(home))?.run === known.run) {
      const kept = opened.map(({ view }) => codesNamed(fingerprints, view));
      await forgetOtherCodes(home, kept);
    }
    const report: CodesReport = {
      run: run.id,
      network: known.run,
      radiographs: images.length,
      patients: new Set(images.map(({ patient }) => patient)).size,
      lesions: marked.length,
      ...changes,
    };
    await finishRun(home.database, run.id, { metrics: report, at: options.now() });
    return report;
  } finally {
    for (const { codes } of opened) await codes.close();
  }
};

/** The archive's codes by a network; null before they are made. Of an Osteon that kept them in another way there are none. */
export const findCodes = async ({ database }: Pick<Home, "database">, network: string): Promise<CodesReport | null> => {
  const newest = (await latestFinishedRun(database, codesSystem))?.metrics as CodesReport | undefined;
  return newest?.network === network && newest.made !== undefined ? newest : null;
};

const namesOf = async (codes: CodeWriter): Promise<Set<ImageId>> => {
  const names = new Set<ImageId>();
  for await (const page of codes.images()) for (const name of page) names.add(name);
  return names;
};

/** Radiographs by the names under which codes of what is seen of them now are kept. */
const withNames = async (
  home: Home,
  { images, lesions }: { readonly images: readonly StoredImage[]; readonly lesions?: ReadonlyMap<ImageId, LesionBox> },
): Promise<NamedImages> => {
  const sights = images.map((image) => ({ image, box: lesions?.get(image.id) ?? null }));
  const keyed = await withKeys(home, sights);
  return new Map(keyed.map(({ key }, i) => [imageId(key), images[i]!]));
};
