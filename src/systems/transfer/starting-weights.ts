/** What the rows of a comparison begin with: nothing, given weights of photographs, and weights pretrained on radiographs. */

import type { StateDict } from "../../engine/tensor.ts";
import { OsteonError } from "../../errors.ts";
import type { GreyDataset } from "../../learning/grey-dataset.ts";
import { loadStateDict } from "../../nn/load-state-dict.ts";
import { initialState, stateSpecs } from "../../nn/network.ts";
import { getRun, type Home, hashContent, latestFinishedRun } from "../../store/index.ts";
import { givenWeights, type NetworkName, namedNetwork, readyToTrain, type WeightsFile } from "../training/index.ts";
import { pretrainSystem } from "./pretrain.ts";
import { decodePretrained, type Pretrained, pretrainedName } from "./pretrained-file.ts";
import { type Start, starts } from "./transfer-scores.ts";

/** A row of the comparison. */
export interface StartingWeights {
  readonly start: Start;
  /** The file's name, or the run; null for nothing. */
  readonly from: string | null;
  readonly fingerprint: string;
  /** Every tensor of a network of so many classes; the layer that names them is drawn from the seed. */
  readonly stateFor: (seed: number) => StateDict;
}

/** What the rows are made of. */
export interface StartingOptions {
  readonly network: NetworkName;
  readonly imageSize: number;
  readonly numClasses: number;
  readonly imageNet?: WeightsFile | undefined;
  /** By which weights of photographs are made ready to be trained; see `readyToTrain`. */
  readonly pictures: GreyDataset;
  readonly pretrained?: Pretrained | undefined;
}

/**
 * The rows, in the order of {@link starts}.
 *
 * @throws OsteonError `shape-mismatch` for weights of another network
 */
export const startingWeights = async ({
  network: name,
  imageSize,
  numClasses,
  imageNet,
  pictures,
  pretrained,
}: StartingOptions): Promise<StartingWeights[]> => {
  const { network, topLayer } = namedNetwork(name, numClasses);
  const specs = stateSpecs(network, [1, 1, imageSize, imageSize]);
  /** The body is read once; the top layer is new for each seed. */
  const renewed =
    (body: StateDict) =>
    (seed: number): StateDict =>
      loadStateDict(specs, body, { newParts: [`${topLayer}.`], seed });
  const rows: Partial<Record<Start, StartingWeights>> = {
    nothing: { start: "nothing", from: null, fingerprint: "", stateFor: (seed) => initialState(specs, seed) },
  };
  if (imageNet) {
    const given = { network: name, numClasses, imageSize };
    const state = givenWeights(imageNet.bytes, { ...given, seed: 0 });
    const body = await readyToTrain(imageNet.bytes, state, { ...given, pictures });
    rows.imagenet = {
      start: "imagenet",
      from: imageNet.name,
      fingerprint: hashContent(imageNet.bytes),
      stateFor: renewed(body),
    };
  }
  if (pretrained) {
    const { card, state } = pretrained;
    rows.domain = { start: "domain", from: card.run, fingerprint: card.run, stateFor: renewed(state) };
  }
  return starts.flatMap((start) => rows[start] ?? []);
};

/**
 * The weights of a pretraining, or of the newest.
 *
 * @returns undefined where none is named and there is none
 * @throws OsteonError `not-found` for a run that is no finished pretraining, `corrupt-store` for a damaged file
 */
export const findPretrained = async ({ database, files }: Home, run?: string): Promise<Pretrained | undefined> => {
  const found = run === undefined ? await latestFinishedRun(database, pretrainSystem) : await getRun(database, run);
  if (!found) return undefined;
  if (found.system !== pretrainSystem || found.state !== "finished") {
    const sentence = `The run ${found.id} is no finished pretraining; \`osteon runs\` lists them.`;
    throw new OsteonError("not-found", sentence, { run: found.id });
  }
  return decodePretrained(await files.readArtefact(found.id, pretrainedName));
};
