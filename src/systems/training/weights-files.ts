/** A file of given weights: by its path, or out of the home's folder `weights`, where pages offer those that lie there. */

import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { OsteonError, shown } from "../../errors.ts";
import type { Home } from "../../store/index.ts";

/** A file of weights. */
export interface WeightsFile {
  /** Without its folder. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** @throws OsteonError `not-found` when there is no file to read */
export const readWeightsFile = async (path: string): Promise<WeightsFile> => {
  try {
    return { name: basename(path), bytes: await readFile(path) };
  } catch (cause) {
    throw new OsteonError("not-found", `The file of weights ${shown(basename(path))} cannot be read.`, {}, cause);
  }
};

/**
 * @param name null for none
 * @throws OsteonError `not-found` for a name that the home's folder does not have
 */
export const readHomeWeights = async (
  { files }: Pick<Home, "files">,
  name: string | null,
): Promise<WeightsFile | undefined> => (name === null ? undefined : { name, bytes: await files.readWeights(name) });
