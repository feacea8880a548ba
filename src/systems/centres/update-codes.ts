/** Makes codes what an archive has now: what is gone is taken out, what is missing is made, and nothing else is looked at again. */

import type { ImageId } from "../../clinic/ids.ts";
import { OsteonError } from "../../errors.ts";
import type { Hashing } from "../../retrieval/hashing/hashing.ts";
import type { CodeEntry } from "../../retrieval/search/code-log.ts";
import type { Home, StoredImage } from "../../store/index.ts";
import { Embedder, embedArchive, type LesionBox, type PrecedentsModel } from "../precedents/index.ts";
import { type CodeWriter, imageOf } from "./kept-codes.ts";
import type { CentreWorkOptions } from "./share-network.ts";

/** Radiographs by the names of their codes. */
export type NamedImages = ReadonlyMap<ImageId, StoredImage>;

/** Codes of one view, the names of those that are there, and what there should be. */
export interface CodesToUpdate {
  readonly codes: CodeWriter;
  readonly hashing: Hashing;
  readonly kept: ReadonlySet<ImageId>;
  readonly wanted: NamedImages;
  /** Where lesions are seen and not the whole. */
  readonly lesions?: ReadonlyMap<ImageId, LesionBox>;
}

/** How many codes changed. */
export interface CodeChanges {
  readonly made: number;
  /** Taken out: of what the archive has no more, or has in another state. */
  readonly removed: number;
}

/** Codes that are written at once: they are found from then on, and what is interrupted has lost fewer than these. */
const batch = 64;

/**
 * What has another state by now gets its new code before the old one is taken out, so that nobody who is there is without one.
 *
 * @throws OsteonError `interrupted` when the signal stops it; what was made by then is kept
 */
export const updateCodes = async (
  home: Home,
  views: readonly CodesToUpdate[],
  { model, signal, onProgress }: CentreWorkOptions & { readonly model: PrecedentsModel },
): Promise<CodeChanges> => {
  const work = views.map((view) => ({ ...view, ...differencesOf(view) }));
  for (const { codes, gone } of work) await codes.remove(gone);
  const total = work.reduce((sum, { missing }) => sum + missing.length, 0);
  let made = 0;
  const onMade = (): void => {
    made++;
    onProgress?.(made, total);
  };
  const embedder = total > 0 ? await Embedder.create(model) : null;
  try {
    for (const view of work) if (embedder) await makeMissing(home, view, { model, embedder, signal, onMade });
  } finally {
    await embedder?.release();
  }
  for (const { codes, outdated } of work) await codes.remove(outdated);
  return { made, removed: work.reduce((sum, { gone, outdated }) => sum + gone.length + outdated.length, 0) };
};

interface MakingOptions {
  readonly model: PrecedentsModel;
  readonly embedder: Embedder;
  readonly signal: AbortSignal | undefined;
  readonly onMade: () => void;
}

const makeMissing = async (
  home: Home,
  { codes, hashing, missing, lesions }: CodesToUpdate & Differences,
  { model, embedder, signal, onMade }: MakingOptions,
): Promise<void> => {
  if (missing.length === 0) return;
  const images = missing.map(([, image]) => image);
  let entries: CodeEntry[] = [];
  let at = 0;
  for await (const { image, features } of embedArchive(home, images, {
    model,
    embedder,
    ...(lesions && { lesions }),
  })) {
    entries.push({ image: missing[at++]![0], patient: image.patient, code: hashing.encode(features) });
    onMade();
    const isStopped = signal?.aborted ?? false;
    if (entries.length < batch && at < missing.length && !isStopped) continue;
    await codes.write(entries);
    entries = [];
    if (isStopped) throw new OsteonError("interrupted", "Making the codes was interrupted; start it again to go on.");
  }
};

/** What parts the codes that are there from those that should be. */
interface Differences {
  readonly gone: readonly ImageId[];
  /** Of radiographs that are there, in another state. */
  readonly outdated: readonly ImageId[];
  readonly missing: readonly (readonly [name: ImageId, image: StoredImage])[];
}

const differencesOf = ({ kept, wanted }: CodesToUpdate): Differences => {
  const there = new Set([...wanted.values()].map(({ id }) => id));
  const useless = [...kept].filter((name) => !wanted.has(name));
  return {
    gone: useless.filter((name) => !there.has(imageOf(name))),
    outdated: useless.filter((name) => there.has(imageOf(name))),
    missing: [...wanted].filter(([name]) => !kept.has(name)),
  };
};
