/**
 * A home whose clusters are labelled: small pictures of stripes that lie, that stand, or that cross, which are their regions, in noise;
 * those with rings are discarded. Two clusters of each, and a small network that made them and knows nothing, so that training takes
 * seconds.
 */

import { discard } from "../../src/clinic/atlas/fold-actions.ts";
import { type ImageId, imageId, patientId } from "../../src/clinic/ids.ts";
import type { GreyImage } from "../../src/imaging/grey-image.ts";
import { encodeGreyPng } from "../../src/imaging/grey-png.ts";
import { initialState, stateSpecs } from "../../src/nn/network.ts";
import { Random } from "../../src/numeric/random.ts";
import {
  appendClusterActions,
  continueOrCreateRun,
  finishRun,
  type Home,
  hashContent,
  insertBatch,
  type StoredImage,
  writeClustering,
} from "../../src/store/index.ts";
import { type DeepClusterCard, deepClusterName, encodeDeepCluster } from "../../src/systems/atlas/cluster-files.ts";
import { type ClusterNetwork, inputShapeOf, networkOf, topLayerOf } from "../../src/systems/atlas/cluster-network.ts";
import { storedImage } from "./stored-image.ts";

export const stripeKinds = ["Hand", "Knee", "Foot", discard] as const;
export type StripeKind = (typeof stripeKinds)[number];

const side = 64;
const network: ClusterNetwork = { name: "resnet18", sobel: false, imageSize: 32 };

/** A pattern of some width, place and turn. */
export const drawStripePicture = (kind: StripeKind, seed: number): GreyImage => {
  const random = new Random(seed, "stripe picture", kind);
  const turn = random.uniform(-0.15, 0.15);
  const [frequency, phase] = [random.uniform(0.3, 0.45), random.uniform(0, 6)];
  const [middleX, middleY] = [random.uniform(20, 44), random.uniform(20, 44)];
  const wave = (along: number): number => Math.sin(frequency * along + phase);
  const pattern: Readonly<Record<StripeKind, (across: number, down: number) => number>> = {
    Hand: (_, down) => wave(down),
    Knee: (across) => wave(across),
    Foot: (across, down) => wave(across) * wave(down),
    [discard]: (across, down) => wave(Math.hypot(across - middleX, down - middleY)),
  };
  const pixels = Float32Array.from({ length: side * side }, (_, i) => {
    const [x, y] = [i % side, Math.floor(i / side)];
    const value = pattern[kind](x * Math.cos(turn) - y * Math.sin(turn), x * Math.sin(turn) + y * Math.cos(turn));
    return Math.min(Math.max(0.5 + 0.3 * value + random.normal(0, 0.05), 0), 1);
  });
  return { width: side, height: side, pixels };
};

/** Keeps a picture in the home as an import does. */
export const keepStripePicture = async (
  home: Home,
  kind: StripeKind,
  { seed, ...more }: { readonly seed: number } & Partial<StoredImage>,
): Promise<ImageId> => {
  const id = imageId(hashContent(`${kind} ${seed}`));
  await home.files.writePicture(id, await encodeGreyPng(drawStripePicture(kind, seed)));
  const image = storedImage(id, { patient: patientId(`${kind} ${seed}`), fileName: `${kind}-${seed}.png`, ...more });
  await insertBatch(home.database, { images: [image], duplicates: [], quarantined: [] });
  return id;
};

/** Fills a home with so many patients of each kind, one picture each, every fifth external; the clustering's id. */
export const fillLabelledClusters = async (home: Home, patientsOfEach: number): Promise<string> => {
  const clusters: { kind: StripeKind; images: ImageId[] }[] = [];
  for (const kind of stripeKinds) {
    const own: ImageId[] = [];
    for (let seed = 0; seed < patientsOfEach; seed++) {
      const origin = seed % 5 === 0 ? "external" : "internal";
      own.push(await keepStripePicture(home, kind, { seed, origin }));
    }
    const half = Math.ceil(own.length / 2);
    clusters.push({ kind, images: own.slice(0, half) }, { kind, images: own.slice(half) });
  }
  const { database } = home;
  const { run } = await continueOrCreateRun(database, {
    system: "atlas/cluster",
    settings: {},
    fingerprint: "stripes",
  });
  const at = new Date("2026-01-02T03:04:05Z");
  const stored = clusters.map(({ images }, c) => ({
    cluster: c + 1,
    members: images.map((image, rank) => ({ image, distance: rank / 100, outlier: false })),
  }));
  await writeClustering(database, run.id, { clusters: stored, at });
  const card = {
    format: "osteon-deepcluster-1",
    run: run.id,
    network: network.name,
    sobel: false,
    imageSize: network.imageSize,
  };
  const state = initialState(stateSpecs(networkOf(network, clusters.length), inputShapeOf(network, 1)), 1);
  const body = new Map([...state].filter(([name]) => !name.startsWith(`${topLayerOf(network)}.`)));
  await home.files.writeArtefact(
    run.id,
    deepClusterName,
    encodeDeepCluster({ card: card as DeepClusterCard, state: body }),
  );
  await finishRun(database, run.id, { metrics: {}, at });
  await appendClusterActions(database, run.id, {
    actions: clusters.map(({ kind }, c) => ({
      id: `label of ${c + 1}`,
      cluster: c + 1,
      kind: "label" as const,
      label: kind,
      undoes: null,
    })),
    acting: { reader: "local", readerName: "local", at },
  });
  return run.id;
};
