/** Given weights: files by path, or those that lie in the home's folder `weights`, where pages offer them by name. */

import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { OsteonError, shown } from "../../errors.ts";
import type { Home } from "../../store/index.ts";

/** A file of weights. */
export interface WeightsFile {
  /** Without its folder. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const folderOf = ({ files }: Pick<Home, "files">): string => join(files.root, "weights");

/** Endings of files that may hold weights; what they hold shows when they are read. */
const endings = [".pth", ".pt", ".safetensors", ".onnx", ".tflite"];

/** @throws OsteonError `not-found` when there is no file to read */
export const readWeightsFile = async (path: string): Promise<WeightsFile> => {
  try {
    return { name: basename(path), bytes: await readFile(path) };
  } catch (cause) {
    throw new OsteonError("not-found", `The file of weights ${shown(basename(path))} cannot be read.`, {}, cause);
  }
};

/** The names of the files in the home's folder, sorted; none where there is no folder. */
export const listWeightsFiles = async (home: Pick<Home, "files">): Promise<string[]> => {
  try {
    const names = await readdir(folderOf(home));
    return names.filter((name) => endings.some((ending) => name.toLowerCase().endsWith(ending))).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
};

/** @throws OsteonError `not-found` for a name that the folder does not have */
export const readHomeWeights = async (home: Pick<Home, "files">, name: string): Promise<WeightsFile> => {
  const names = await listWeightsFiles(home);
  if (!names.includes(name)) {
    const sentence = `The home's folder "weights" has no file ${shown(name)}; put it there first.`;
    throw new OsteonError("not-found", sentence, { name });
  }
  return readWeightsFile(join(folderOf(home), name));
};
