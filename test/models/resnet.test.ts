/** Residual networks against torchvision's. */

import { resNet18, resNet34, resNet50 } from "../../src/models/resnet.ts";
import { describeAgainstPytorch } from "../support/against-pytorch.ts";

const inputShape = [1, 3, 64, 64];

for (const [name, network, count] of [
  ["resnet18", resNet18, 11_689_512],
  ["resnet34", resNet34, 21_797_672],
  ["resnet50", resNet50, 25_557_032],
] as const) {
  describeAgainstPytorch(name, {
    network: network({ numClasses: 5 }),
    golden: `${name}.json`,
    parameterCounts: [{ network: network({ numClasses: 1000 }), inputShape, count }],
  });
}
