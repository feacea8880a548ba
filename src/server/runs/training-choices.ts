/** What can be learned from the archive as it is now, for who starts a training. */

import type { TrainingChoices } from "../../contract/runs.ts";
import { countLabelled, type Home } from "../../store/index.ts";
import { epochsFor, type PresetName, presets, targets } from "../../systems/precedents/index.ts";
import { clusteringChoicesOf } from "./clustering-choices.ts";
import { transferChoicesOf } from "./transfer-choices.ts";

export const trainingChoicesOf = async (home: Home): Promise<TrainingChoices> => {
  const { database } = home;
  const names = Object.keys(presets) as PresetName[];
  const learnable: TrainingChoices["targets"] = [];
  for (const name of targets) {
    const counted = await countLabelled(database, name);
    const epochs = names.map((preset) => [
      preset,
      epochsFor(presets[preset].duration, Math.max(counted.radiographs, 1)),
    ]);
    learnable.push({ name, ...counted, epochs: Object.fromEntries(epochs) as Record<string, number> });
  }
  return {
    clustering: await clusteringChoicesOf(home),
    transfer: await transferChoicesOf(home),
    presets: names.map((name) => {
      const { architecture, imageSizes } = presets[name];
      return { name, architecture, imageSizes: [...imageSizes] };
    }),
    targets: learnable,
  };
};
