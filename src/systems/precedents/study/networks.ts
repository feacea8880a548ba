/** The networks of the study, for grey pictures. */

import { resNet18, resNet34, resNet50 } from "../../../models/resnet.ts";
import { visionTransformer, viTBase, viTSmall } from "../../../models/vision-transformer.ts";
import type { Network } from "../../../nn/network.ts";

export const studyNetworkNames = [
  "resnet18",
  "resnet34",
  "resnet50",
  "vit_base_patch16",
  "vit_small_patch16",
  "vit_micro_patch8",
] as const;
export type StudyNetworkName = (typeof studyNetworkNames)[number];

export type StudyNetwork = Network<"features" | "logits">;

/** The network of a name. `vit_micro_patch8` is no published size: four blocks of width 128, for pictures of 64 pixels. */
export const studyNetwork = (name: StudyNetworkName, numClasses: number): StudyNetwork => {
  switch (name) {
    case "resnet18":
      return resNet18({ numClasses });
    case "resnet34":
      return resNet34({ numClasses });
    case "resnet50":
      return resNet50({ numClasses });
    case "vit_base_patch16":
      return viTBase({ numClasses });
    case "vit_small_patch16":
      return viTSmall({ numClasses });
    case "vit_micro_patch8":
      return visionTransformer({ numClasses, patchSize: 8, embedDim: 128, depth: 4, numHeads: 4 });
  }
};
