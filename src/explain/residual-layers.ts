/** The stages of a residual network that can be looked into, and which of them shows a place. */

/** The last first: the earlier, the finer its map, and the less of one class alone. */
export const explainedLayers = ["layer4", "layer3", "layer2"] as const;
export type ExplainedLayer = (typeof explainedLayers)[number];

/** Pixels of the input for each position of a stage's map. */
const strideOf: Readonly<Record<ExplainedLayer, number>> = { layer4: 32, layer3: 16, layer2: 8 };

/** A map is shown with this many positions along its side at least: what the last stage has of a picture of 224 pixels. */
const fewestPositions = 7;

/** The last stage whose map of a picture of this side is not too coarse to show a place. */
export const usualLayer = (side: number): ExplainedLayer =>
  explainedLayers.find((layer) => side / strideOf[layer] >= fewestPositions) ?? explainedLayers.at(-1)!;

/** Side of a map that is averaged over several networks. */
export const averagedMapSize = 32;
