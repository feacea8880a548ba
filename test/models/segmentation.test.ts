/** The segmentation networks against their definitions in PyTorch, on a ResNet-18 so that the golden files stay small. */

import { deepLabV3, deepLabV3Plus } from "../../src/models/deeplab.ts";
import { manet } from "../../src/models/manet.ts";
import type { SegmentationNetwork } from "../../src/models/segmentation-parts.ts";
import { unet } from "../../src/models/unet.ts";
import { unetPlusPlus } from "../../src/models/unet-plus-plus.ts";
import { describeAgainstPytorch } from "../support/against-pytorch.ts";

const small = { encoder: "resnet18", numClasses: 2 } as const;
const published = (network: SegmentationNetwork, count: number) => [{ network, inputShape: [1, 3, 64, 64], count }];

describeAgainstPytorch("unet", {
  network: unet(small),
  golden: "unet.json",
  parameterCounts: published(unet(), 24_436_369),
});

describeAgainstPytorch("unet++", {
  network: unetPlusPlus(small),
  golden: "unet-plus-plus.json",
  parameterCounts: published(unetPlusPlus(), 26_078_609),
});

describeAgainstPytorch("ma-net", {
  network: manet(small),
  golden: "manet.json",
  parameterCounts: published(manet(), 31_783_633),
});

describeAgainstPytorch("deeplabv3", {
  network: deepLabV3({ ...small, atrousRates: [1, 3, 6], dropout: 0 }),
  golden: "deeplabv3.json",
  parameterCounts: published(deepLabV3(), 26_007_105),
});

describeAgainstPytorch("deeplabv3+", {
  network: deepLabV3Plus({ ...small, atrousRates: [1, 2, 3], dropout: 0 }),
  golden: "deeplabv3-plus.json",
  parameterCounts: published(deepLabV3Plus(), 22_437_457),
});
