/** The neighbours of a clustering's radiographs, kept in the home: they are looked for once, however often a guide is worked out. */

import { decodeSafetensors, encodeSafetensors } from "../../../engine/safetensors.ts";
import { floatTensor } from "../../../engine/tensor.ts";
import { OsteonError } from "../../../errors.ts";
import { type Home, hashContent } from "../../../store/index.ts";
import type { GuideData } from "./guide-data.ts";
import { type AllNeighbours, findNeighbours, type NeighbourOptions, type Neighbours } from "./neighbours.ts";

/** In a folder, as what can be made again: it is not among the artefacts that a run is shown with. */
const neighboursName = "guide/neighbours.safetensors";

/** The neighbours as they were kept, or looked for and kept where there are none, or patients were told apart since. */
export const neighboursOfClustering = async (
  home: Pick<Home, "files">,
  clustering: string,
  { data, ...options }: NeighbourOptions & { readonly data: GuideData },
): Promise<AllNeighbours> => {
  const basis = hashContent(JSON.stringify([options.most, data.patients, [...data.madeIn]]));
  const kept = await readNeighbours(home, clustering, { basis, most: options.most });
  if (kept) return kept;
  const found = await findNeighbours(data, options);
  await home.files.writeArtefact(clustering, neighboursName, encode(found, basis));
  return found;
};

/** Undefined where there are none of this basis; damaged ones are as good as none. */
const readNeighbours = async (
  { files }: Pick<Home, "files">,
  clustering: string,
  { basis, most }: { readonly basis: string; readonly most: number },
): Promise<AllNeighbours | undefined> => {
  if (!(await files.hasArtefact(clustering, neighboursName))) return undefined;
  try {
    const { tensors, metadata } = decodeSafetensors(await files.readArtefact(clustering, neighboursName));
    if (metadata.basis !== basis) return undefined;
    const kind = (name: keyof AllNeighbours): Neighbours => ({
      most,
      rows: Int32Array.from(tensors.get(`${name}.rows`)!.data),
      cosines: tensors.get(`${name}.cosines`)!.data,
    });
    return { near: kind("near"), beyond: kind("beyond") };
  } catch (error) {
    if (error instanceof OsteonError && error.code === "bad-input") return undefined;
    throw error;
  }
};

/** Numbers of rows are whole numbers below 2^24, which single precision holds exactly. */
const encode = (found: AllNeighbours, basis: string): Uint8Array => {
  const kinds = ["near", "beyond"] as const;
  const tensors = kinds.flatMap((name) => {
    const { most, rows, cosines } = found[name];
    const shape = [rows.length / most, most];
    return [
      [`${name}.rows`, floatTensor(shape, Float32Array.from(rows))],
      [`${name}.cosines`, floatTensor(shape, cosines)],
    ] as const;
  });
  return encodeSafetensors({ tensors: new Map(tensors), metadata: { format: "osteon-neighbours-1", basis } });
};
