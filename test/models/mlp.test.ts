/** Perceptrons against torchvision.ops.MLP. */

import { mlp } from "../../src/models/mlp.ts";
import { describeAgainstPytorch } from "../support/against-pytorch.ts";

const published = { hidden: [12, 9], numClasses: 4 };

for (const [name, options] of [
  ["mlp-relu", {}],
  ["mlp-gelu", { activation: "gelu" }],
  ["mlp-batch-norm", { batchNorm: true }],
] as const) {
  describeAgainstPytorch(name, {
    network: mlp({ ...published, ...options }),
    golden: `${name}.json`,
    withoutGradient: (parameter) => name === "mlp-batch-norm" && /^[04]\.bias$/.test(parameter),
  });
}
