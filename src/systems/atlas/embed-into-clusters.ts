/** Further pictures in the space that a clustering was made in, to see which clusters they are near. */

import type { GreyImage } from "../../imaging/grey-image.ts";
import { whiten } from "../../learning/clustering/principal-components.ts";
import { featuresOf } from "../../learning/deep-cluster/deep-cluster.ts";
import { GreyDataset } from "../../learning/grey-dataset.ts";
import { loadStateDict } from "../../nn/load-state-dict.ts";
import { stateSpecs } from "../../nn/network.ts";
import { type Matrix, matrixOfRows } from "../../numeric/matrix.ts";
import type { Home } from "../../store/index.ts";
import { Embedder, modelOf } from "../precedents/index.ts";
import { type DeepClusterModel, readClusterFeatures, readDeepCluster } from "./cluster-files.ts";
import { inputShapeOf, networkOf, topLayerOf } from "./cluster-network.ts";
import { sourceSizeFor } from "./config.ts";

/**
 * A row for each picture, whitened as the clustering's radiographs, of length 1.
 *
 * @param pictures small ones, as the home keeps them
 * @throws OsteonError as `readClusterFeatures`
 */
export const embedIntoClusters = async (
  home: Home,
  run: string,
  pictures: readonly GreyImage[],
): Promise<Matrix<Float32Array>> => {
  const { madeBy, features, components } = await readClusterFeatures(home, run);
  if (pictures.length === 0) return { rows: 0, columns: features.columns, values: new Float32Array(0) };
  const model = await readDeepCluster(home, run);
  return whiten(model ? await byDeepCluster(model, pictures) : await byPrecedents(home, madeBy, pictures), components);
};

/** Pictures that a network sees at once. */
const batchSize = 16;

const byDeepCluster = (
  { card, state }: DeepClusterModel,
  pictures: readonly GreyImage[],
): Promise<Matrix<Float32Array>> => {
  const { imageSize } = card;
  const dataset = new GreyDataset(sourceSizeFor(imageSize));
  for (const picture of pictures) dataset.add(picture);
  const plain = { name: card.network, sobel: card.sobel, imageSize };
  const network = networkOf(plain, 2); // the top layer is not asked, but it is a part of the network
  const specs = stateSpecs(network, inputShapeOf(plain, 1));
  return featuresOf(network, {
    pictures: dataset,
    settings: { imageSize, batchSize: Math.min(batchSize, pictures.length) },
    state: loadStateDict(specs, state, { newParts: [`${topLayerOf(plain)}.`] }),
  });
};

const byPrecedents = async (
  home: Home,
  madeBy: string,
  pictures: readonly GreyImage[],
): Promise<Matrix<Float32Array>> => {
  const embedder = await Embedder.create(await modelOf(home, madeBy));
  try {
    const rows: Float32Array[] = [];
    for (const picture of pictures) rows.push(await embedder.embed(picture));
    return matrixOfRows(rows);
  } finally {
    await embedder.release();
  }
};
