/** What goes with pretrained weights when they leave the house: a model card (Mitchell et al., 2019) in Markdown. */

import type { Beginning, PretrainedCard } from "./pretrained-file.ts";

/** Of a pretraining run, beside its weights. */
export const modelCardName = "model-card.md";

/** The card as text; it names no patient and no radiograph. */
export const writeModelCard = (card: PretrainedCard): string => {
  const { network, imageSize, clusters, radiographs, patients, epochs, validation, test } = card;
  const { training } = card.settings.pretraining;
  return `# ${network}, pretrained on radiographs by cluster numbers

Weights of a ${network} for grey radiographs of ${imageSize} x ${imageSize} pixels. They were learned without any label: radiographs
were put into ${clusters} clusters by their looks, and the network learned to tell the cluster (Hinterwimmer et al., transfer
learning by DeepCluster, section 4.2). They are meant as a beginning for small tasks on radiographs of bones and joints.

## Use

Input: one channel; the picture letter-boxed to a square (aspect kept, the rest black), then shifted and scaled to mean 0 and
standard deviation 1, each picture by itself. No other normalisation.

Names are those of ${network === "mobilenet_v1_0.25" ? "timm's `mobilenetv1_100` at width 0.25, with TensorFlow's padding and an epsilon of 1e-3" : `torchvision's \`${network}\``}; the first convolution takes one channel, and the last layer names the clusters:
leave it out for another task.
${network === "mobilenet_v1_0.25" ? "" : pytorch(network)}
## Training

| | |
|---|---|
| began with | ${beginningText(card.beginning)} |
| learned from | ${radiographs} radiographs of ${patients} patients (80 %; 10 % validation, 10 % test, split by patient) |
| classes | ${clusters} clusters of run \`${card.clustering}\` |
| optimiser | ${training.optimiser.name}, learning rate ${training.optimiser.lr}, batches of ${training.batchSize}, ${epochs} epochs, half a cosine |
| seed | ${card.seed} |
| time | ${Math.round(card.seconds)} s |
| made by | Osteon ${card.codeVersion}, run \`${card.run}\` |

## Figures

The share of radiographs whose cluster was told, with the 95 % interval by patient. It says that the clusters can be learned, and
nothing of any diagnosis.

| validation | test |
|---|---|
| ${accuracyText(validation)} | ${accuracyText(test)} |

## Limits

Weights carry what their archive shows: its machines, its regions, its markers. Whether they help on another task or in another house
has to be measured there (\`osteon transfer evaluate\`). Not a medical device; not for diagnosis.
`;
};

const pytorch = (network: string): string => `
\`\`\`python
import torch, torchvision
from safetensors.torch import load_file
state = {name: value for name, value in load_file("pretrained.safetensors").items() if not name.startswith("fc.")}
model = torchvision.models.${network}()
model.conv1 = torch.nn.Conv2d(1, 64, 7, stride=2, padding=3, bias=False)
model.load_state_dict(state, strict=False)  # the layer "fc" begins anew
\`\`\`
`;

const beginningText = (beginning: Beginning): string => {
  if (beginning.from === "nothing") return "random weights";
  if (beginning.from === "clustering") return "the network that DeepCluster trained while it made the clusters";
  return `the weights in \`${beginning.file}\``;
};

const accuracyText = ({ value, interval: [low, high] }: PretrainedCard["validation"]): string =>
  `${percent(value)} (${percent(low)} to ${percent(high)})`;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
