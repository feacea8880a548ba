/**
 * A slice of kept features: what the networks of one model made of some hundred sights, as a file that is whole or not there, and that
 * says itself of which sights.
 */

import { OsteonError } from "../../../errors.ts";
import { TEXTURE_DIMENSIONS } from "../../../imaging/describe-texture.ts";
import type { Matrix } from "../../../numeric/matrix.ts";
import {
  type ArrayFileHeader,
  type ArrayFileKind,
  arrayFileParts,
  decodeArrayFile,
} from "../../../retrieval/array-file.ts";
import { type Home, hashContent } from "../../../store/index.ts";

/** The features of some sights. */
export interface FeatureSlice {
  readonly keys: readonly string[];
  /** A row for each key. */
  readonly features: Matrix<Float32Array>;
  /** Of whole radiographs; no rows of lesions. */
  readonly textures: Matrix<Float64Array>;
}

/** In a folder beside the model, as what can be made again: they are not among the artefacts that a run is shown with. */
export const featuresFolder = "features";

interface Header extends ArrayFileHeader {
  readonly keys: readonly string[];
  readonly dimensions: number;
  readonly textures: number;
}

const kind: ArrayFileKind<Header> = {
  mark: "OSTEONFE",
  format: "osteon-features",
  version: 1, // to be raised whenever the views, what networks are asked, or the texture become others
  sectionsOf: ({ keys, dimensions, textures }: Omit<Header, keyof ArrayFileHeader>) => {
    const isSound =
      Array.isArray(keys) &&
      Number.isSafeInteger(dimensions) &&
      dimensions > 0 &&
      (textures === 0 || textures === keys.length);
    if (!isSound) return undefined;
    return [
      { name: "features", type: "float32", length: keys.length * dimensions },
      { name: "textures", type: "float64", length: textures * TEXTURE_DIMENSIONS },
    ];
  },
  corrupt: (what, cause) => new OsteonError("corrupt-store", `A file of kept features ${what}.`, {}, cause),
};

/** The name of the slice that has just these. */
export const sliceName = (keys: readonly string[]): string =>
  `${featuresFolder}/${hashContent(JSON.stringify(keys)).slice(0, 32)}.osteon`;

/** Keeps a slice beside a model. */
export const writeSlice = async (
  { files }: Pick<Home, "files">,
  modelRun: string,
  { keys, features, textures }: FeatureSlice,
): Promise<void> => {
  const { format, version } = kind;
  const described = { keys, dimensions: features.columns, textures: textures.rows };
  const header = { format, version, ...described };
  const sections = kind.sectionsOf({ ...header, sections: [] })!;
  const parts = arrayFileParts(kind, { ...header, sections }, [features.values, textures.values]);
  await files.writeArtefact(modelRun, sliceName(keys), parts);
};

/** A slice of a model; undefined where there is none of this name, or none that is whole: it can be made anew. */
export const readSlice = async (
  { files }: Pick<Home, "files">,
  modelRun: string,
  name: string,
): Promise<FeatureSlice | undefined> => {
  try {
    const { header, arrays } = decodeArrayFile(await files.readArtefact(modelRun, name), kind);
    const { keys, dimensions, textures } = header;
    return {
      keys,
      features: { rows: keys.length, columns: dimensions, values: new Float32Array(arrays[0]!) },
      textures: { rows: textures, columns: TEXTURE_DIMENSIONS, values: new Float64Array(arrays[1]!) },
    };
  } catch (error) {
    if (error instanceof OsteonError && error.code === "corrupt-store") return undefined;
    throw error;
  }
};

/** The names of the slices of a model. */
export const listSlices = ({ files }: Pick<Home, "files">, modelRun: string): Promise<string[]> =>
  files.listArtefactFolder(modelRun, featuresFolder);
