/** What a clustering of the archive as it is now would be, for who starts one. */

import type { TrainingChoices } from "../../contract/runs.ts";
import { countImages, type Home, latestFinishedRun } from "../../store/index.ts";
import {
  candidatesFor,
  clusteringPresets,
  clusterNetworkNames,
  learningFor,
  settingsFor,
} from "../../systems/atlas/index.ts";
import { trainSystem } from "../../systems/precedents/index.ts";

export const clusteringChoicesOf = async ({ database, files }: Home): Promise<TrainingChoices["clustering"]> => {
  const images = await countImages(database);
  const presets = Object.entries(clusteringPresets) as [
    keyof typeof clusteringPresets,
    typeof clusteringPresets.small,
  ][];
  return {
    presets: presets.map(([name, preset]) => {
      const { network, epochs, batchSize, reassign, lr } = learningFor(preset, images);
      const { name: networkName, sobel, imageSize } = network;
      const { clusters } = settingsFor(images, { preset });
      const candidates = candidatesFor(images, preset);
      return { name, network: networkName, sobel, imageSize, epochs, batchSize, reassign, lr, clusters, candidates };
    }),
    networks: [...clusterNetworkNames],
    images,
    weights: await files.listWeights(),
    hasPrecedents: (await latestFinishedRun(database, trainSystem)) !== undefined,
  };
};
