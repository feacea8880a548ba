/**
 * Whose radiographs a pretraining has seen, kept with its run, so that an evaluation can refuse to test on somebody whom the
 * network already knows.
 */

import { type ImageId, imageId } from "../../clinic/ids.ts";
import { OsteonError } from "../../errors.ts";
import type { Home } from "../../store/index.ts";

/** Of a pretraining run: the radiographs that it saw. */
export const seenName = "seen-radiographs.json";

const format = "osteon-seen-radiographs-1";

/** What a pretraining has seen, and how. */
export interface SeenRadiographs {
  /** The weights were fitted to them, or chosen by them. */
  readonly learned: ReadonlySet<ImageId>;
  /** They were among those that were put into clusters. */
  readonly clustered: ReadonlySet<ImageId>;
}

/** The text of the file. */
export const encodeSeen = (
  seen: Readonly<Record<keyof SeenRadiographs, readonly { readonly id: ImageId }[]>>,
): string => {
  const idsOf = (images: readonly { readonly id: ImageId }[]): ImageId[] =>
    [...new Set(images.map(({ id }) => id))].sort();
  return JSON.stringify({ format, learned: idsOf(seen.learned), clustered: idsOf(seen.clustered) });
};

/** @throws OsteonError `corrupt-store` when the run lacks the file or it is damaged */
export const readSeen = async ({ files }: Pick<Home, "files">, run: string): Promise<SeenRadiographs> => {
  const text = new TextDecoder().decode(await files.readArtefact(run, seenName));
  try {
    const read = JSON.parse(text) as { format: string; learned: string[]; clustered: string[] };
    if (read.format === format)
      return { learned: new Set(read.learned.map(imageId)), clustered: new Set(read.clustered.map(imageId)) };
  } catch (cause) {
    throw new OsteonError("corrupt-store", `What run ${run} has seen is damaged; pretrain again.`, { run }, cause);
  }
  throw new OsteonError("corrupt-store", `What run ${run} has seen is of another format; pretrain again.`, { run });
};
