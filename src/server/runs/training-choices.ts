/** What can be learned from the archive as it is now, for who starts a training. */

import type { TrainingChoices } from "../../contract/runs.ts";
import { type Home, listImages } from "../../store/index.ts";
import { epochsFor, type PresetName, presets, targets } from "../../systems/precedents/index.ts";

export const trainingChoicesOf = async ({ database }: Home): Promise<TrainingChoices> => {
  const images = await listImages(database);
  const names = Object.keys(presets) as PresetName[];
  return {
    presets: names.map((name) => {
      const { architecture, imageSizes } = presets[name];
      return { name, architecture, imageSizes: [...imageSizes] };
    }),
    targets: targets.map((name) => {
      const labelled = images.filter((image) => image[name] !== null);
      const epochs = names.map((preset) => [preset, epochsFor(presets[preset].duration, Math.max(labelled.length, 1))]);
      return {
        name,
        classes: new Set(labelled.map((image) => image[name])).size,
        radiographs: labelled.length,
        patients: new Set(labelled.map(({ patient }) => patient)).size,
        epochs: Object.fromEntries(epochs) as Record<string, number>,
      };
    }),
  };
};
