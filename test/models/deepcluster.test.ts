/** The networks of DeepCluster against the same in PyTorch, with and without the Sobel input. */

import { alexNet } from "../../src/models/alexnet.ts";
import type { DeepClusterOptions } from "../../src/models/deepcluster-parts.ts";
import { vgg16 } from "../../src/models/vgg.ts";
import { describeAgainstPytorch } from "../support/against-pytorch.ts";

const narrow: DeepClusterOptions = { numClasses: 5, featureLength: 32, dropout: 0 };

const published = (make: typeof alexNet, colour: number, sobel: number) => {
  const network = (isSobel: boolean) => make({ numClasses: 1000, sobel: isSobel });
  const inputShape = [1, 3, 224, 224];
  return [
    { network: network(false), inputShape, count: colour },
    { network: network(true), inputShape, count: sobel },
  ];
};

// A batch normalisation takes off again the bias of the convolution before it.

for (const sobel of [false, true]) {
  describeAgainstPytorch(sobel ? "AlexNet behind the Sobel filters" : "AlexNet", {
    network: alexNet({ ...narrow, sobel }),
    golden: sobel ? "alexnet-sobel.json" : "alexnet.json",
    parameterCounts: published(alexNet, 62_381_096, 62_369_480),
    withoutGradient: (name) => /^features\.(0|4|8|11|14)\.bias$/.test(name),
  });
}

describeAgainstPytorch("VGG-16 behind the Sobel filters", {
  network: vgg16({ ...narrow, sobel: true }),
  golden: "vgg16-sobel.json",
  parameterCounts: published(vgg16, 138_365_992, 138_365_416),
  withoutGradient: (name) => /^features\.(0|3|7|10|14|17|20|24|27|30|34|37|40)\.bias$/.test(name),
});
