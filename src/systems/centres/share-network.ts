/** The network that centres have in common: made of this centre's own, or taken over from another. */

import { OsteonError } from "../../errors.ts";
import { Random } from "../../numeric/random.ts";
import {
  continueOrCreateRun,
  finishRun,
  type Home,
  hashContent,
  latestFinishedRun,
  listAnnotations,
  listImages,
  type RunStarter,
  type StoredImage,
} from "../../store/index.ts";
import { Embedder, embedArchive, isInside, type LesionBox, lesionBoxes, newestModel } from "../precedents/index.ts";
import { networkName, networkSystem } from "./artefacts.ts";
import {
  type CommonNetwork,
  decodeCommonNetwork,
  encodeCommonNetwork,
  type Fingerprints,
  fingerprintsOf,
  hyperplanesThrough,
} from "./common-network.ts";
import { commonBits } from "./policy.ts";

/** What sharing and indexing are told. */
export interface CentreWorkOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
  readonly startedBy?: RunStarter;
  /** The clock of the edge. */
  readonly now: () => Date;
}

/** What is written down of a common network. */
export interface NetworkReport extends Fingerprints {
  readonly run: string;
  readonly target: string;
  readonly bits: number;
  /** Made of this centre's own network. */
  readonly isOwn: boolean;
  readonly bytes: number;
}

/** Radiographs that the mean is taken of: more would change it by less than the hundredth part of a feature's spread. */
const mostForMean = 2_000;

/**
 * Makes a common network of this home's newest one; the hashing goes through the mean of its labelled radiographs' features.
 *
 * @throws OsteonError `not-trained`, `bad-input` where nothing is labelled, `interrupted`
 */
export const shareNetwork = async (home: Home, options: CentreWorkOptions): Promise<NetworkReport> => {
  const model = await newestModel(home);
  const labelled = (await listImages(home.database)).filter((image) => image[model.card.target] !== null);
  if (labelled.length === 0) throw new OsteonError("bad-input", "No radiograph is labelled; import labels first.");
  const boxes = lesionBoxes(await listAnnotations(home.database));
  const marked = labelled.filter((image) => {
    const box = boxes.get(image.id);
    return box !== undefined && isInside(box, image);
  });
  const whole = someOf(labelled);
  const lesions = someOf(marked);
  const embedder = await Embedder.create(model);
  let done = 0;
  const meanOf = async (images: readonly StoredImage[], of?: ReadonlyMap<StoredImage["id"], LesionBox>) => {
    let sums: Float64Array | undefined;
    for await (const { features } of embedArchive(home, images, { model, embedder, ...(of ? { lesions: of } : {}) })) {
      sums ??= new Float64Array(features.length);
      for (const [i, feature] of features.entries()) sums[i]! += feature / images.length;
      if (options.signal?.aborted) throw new OsteonError("interrupted", "Sharing was interrupted; start it again.");
      options.onProgress?.(++done, whole.length + lesions.length);
    }
    return Float32Array.from(sums!);
  };
  try {
    const hashing = {
      "whole image": hyperplanesThrough(await meanOf(whole)),
      lesion: lesions.length > 0 ? hyperplanesThrough(await meanOf(lesions, boxes)) : null,
    };
    return await keepNetwork(home, { network: { model, hashing }, isOwn: true }, options);
  } finally {
    await embedder.release();
  }
};

/**
 * Takes over a network that another centre shared.
 *
 * @throws OsteonError `bad-input` for a file that is none
 */
export const adoptNetwork = async (
  home: Home,
  bytes: Uint8Array,
  options: CentreWorkOptions,
): Promise<NetworkReport> => {
  const network = decodeCommonNetwork(bytes);
  await (
    await Embedder.create(network.model).catch((cause) => {
      throw new OsteonError("bad-input", "The file's network does not run: its parts do not fit together.", {}, cause);
    })
  ).release();
  return keepNetwork(home, { network, isOwn: false }, options);
};

const keepNetwork = async (
  home: Home,
  { network, isOwn }: { readonly network: CommonNetwork; readonly isOwn: boolean },
  { startedBy, now }: CentreWorkOptions,
): Promise<NetworkReport> => {
  const bytes = encodeCommonNetwork(network);
  const { run } = await continueOrCreateRun(home.database, {
    system: networkSystem,
    settings: { isOwn },
    fingerprint: hashContent(bytes),
    startedBy,
  });
  await home.files.writeArtefact(run.id, networkName, bytes);
  const report: NetworkReport = {
    run: run.id,
    ...fingerprintsOf(network),
    target: network.model.card.target,
    bits: commonBits,
    isOwn,
    bytes: bytes.length,
  };
  await finishRun(home.database, run.id, { metrics: report, at: now() });
  return report;
};

/** The common network of now; null before there is one. */
export const findNetwork = async ({ database }: Pick<Home, "database">): Promise<NetworkReport | null> =>
  ((await latestFinishedRun(database, networkSystem))?.metrics as NetworkReport | undefined) ?? null;

/** @throws OsteonError `corrupt-store` */
export const readNetwork = async ({ files }: Pick<Home, "files">, run: string): Promise<CommonNetwork> =>
  decodeCommonNetwork(await files.readArtefact(run, networkName));

const someOf = (images: readonly StoredImage[]): StoredImage[] => {
  const order = new Random(0, "common-network").permutation(images.length);
  return [...order.subarray(0, mostForMean)].map((i) => images[i]!);
};
