/** MobileNets against PyTorch: V1 with TensorFlow's padding and epsilon, V2 against torchvision's. */

import { mobileNetV1, mobileNetV2 } from "../../src/models/mobilenet.ts";
import { describeAgainstPytorch } from "../support/against-pytorch.ts";

const inputShape = [1, 3, 64, 64];

describeAgainstPytorch("mobilenetv1 (width 0.25, SAME padding, eps 1e-3)", {
  network: mobileNetV1({ numClasses: 5, width: 0.25, padding: "same", eps: 1e-3 }),
  golden: "mobilenetv1.json",
  parameterCounts: [
    [0.25, 470_072],
    [0.5, 1_331_592],
    [0.75, 2_585_560],
    [1, 4_231_976],
  ].map(([width, count]) => ({ network: mobileNetV1({ numClasses: 1000, width: width! }), inputShape, count: count! })),
});

describeAgainstPytorch("mobilenetv2 (width 0.35)", {
  network: mobileNetV2({ numClasses: 5, width: 0.35, dropout: 0 }),
  golden: "mobilenetv2.json",
  // A bottleneck's shift is lost in the normalisation after the next convolution.
  withoutGradient: (name) => /conv\.3\.bias$|features\.1\.conv\.2\.bias$/.test(name),
  parameterCounts: [
    [0.35, 1_677_128],
    [0.5, 1_968_680],
    [0.75, 2_636_424],
    [1, 3_504_872],
    [1.3, 5_386_792],
    [1.4, 6_108_776],
  ].map(([width, count]) => ({ network: mobileNetV2({ numClasses: 1000, width: width! }), inputShape, count: count! })),
});
