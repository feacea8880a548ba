/** The networks that are measured beside PyTorch, each at the size that is asked for. */

import type { Optimiser } from "../src/engine/optimisers.ts";
import { sgd } from "../src/engine/optimisers.ts";
import { type FloatTensor, floatTensor, labelTensor, type Tensor } from "../src/engine/tensor.ts";
import { nestTiny } from "../src/models/nest.ts";
import { resNet18, resNet50 } from "../src/models/resnet.ts";
import { unetPlusPlus } from "../src/models/unet-plus-plus.ts";
import { viTSmall } from "../src/models/vision-transformer.ts";
import { binaryCrossEntropy } from "../src/nn/losses.ts";
import type { Network } from "../src/nn/network.ts";
import { classification, type Objective, segmentation } from "../src/nn/objective.ts";
import { Random } from "../src/numeric/random.ts";

/** A network with one batch for it. */
export interface MeasuredNetwork {
  readonly title: string;
  readonly network: Network<"logits">;
  readonly inputShape: readonly [number, number, number, number];
  readonly objective: Objective<"logits">;
  readonly optimiser: Optimiser;
  /** The least ratio to PyTorch that is asked of the training step. */
  readonly wanted: number;
}

const classes = 10;
const classifier = (
  network: Network<"logits">,
  { title, batch, wanted, size = 224 }: { title: string; batch: number; wanted: number; size?: number },
): MeasuredNetwork => ({
  title: `${title}, batch ${batch}, ${size} x ${size}`,
  network,
  inputShape: [batch, 3, size, size],
  objective: classification(),
  optimiser: sgd({ momentum: 0.9 }),
  wanted,
});

const masked: Objective<"logits"> = segmentation((logits, masks) => binaryCrossEntropy(logits, masks));

/** By the names under which the peer knows them. */
export const measuredNetworks: Readonly<Record<string, MeasuredNetwork>> = {
  resnet18: classifier(resNet18({ numClasses: classes }), { title: "ResNet-18", batch: 16, wanted: 0.9 }),
  resnet50: classifier(resNet50({ numClasses: classes }), { title: "ResNet-50", batch: 8, wanted: 0.85 }),
  vit_small: classifier(viTSmall({ numClasses: classes }), { title: "ViT-S", batch: 8, wanted: 0.8 }),
  nest_tiny: classifier(nestTiny({ numClasses: classes, dropPathRate: 0 }), { title: "NesT-T", batch: 8, wanted: 0.8 }),
  unet_plus_plus: {
    title: "UNet++ on ResNet-34, batch 4, 256 x 256",
    network: unetPlusPlus({ encoder: "resnet34", numClasses: 1 }),
    inputShape: [4, 3, 256, 256],
    objective: masked,
    optimiser: sgd({ momentum: 0.9 }),
    wanted: 0.85,
  },
};

/** The same batch on every run; the peer draws its own of the same shape. */
export const batchOf = ({ inputShape }: MeasuredNetwork): { x: FloatTensor; targets: Record<string, Tensor> } => {
  const random = new Random(0, "bench");
  const count = inputShape.reduce((product, size) => product * size, 1);
  const x = floatTensor(
    inputShape,
    Float32Array.from({ length: count }, () => random.normal()),
  );
  const [batch, , height, width] = inputShape;
  const labels = labelTensor(Array.from({ length: batch }, () => random.integer(classes)));
  const shape = [batch, 1, height, width];
  const masks = floatTensor(
    shape,
    Float32Array.from({ length: batch * height * width }, () => random.integer(2)),
  );
  return { x, targets: { labels, masks } };
};
