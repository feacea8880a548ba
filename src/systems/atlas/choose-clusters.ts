/**
 * The number of clusters by test runs. The dissertation (4.2) took the number with "the highest pretraining classification scores" and
 * does not say which; the score here is the best one that the archive allows (docs/decisions/018-deep-cluster-and-its-clusters.md).
 */

import type { PatientId } from "../../clinic/ids.ts";
import type { StateDict } from "../../engine/tensor.ts";
import { adjustedMutualInfoScore } from "../../evidence/clustering-scores.ts";
import { NearestCentre } from "../../learning/clustering/nearest-centre.ts";
import { clusterFeatures, type DeepClusterSettings, featuresOf } from "../../learning/deep-cluster/deep-cluster.ts";
import type { GreyDataset } from "../../learning/grey-dataset.ts";
import { type Matrix, rowsAt } from "../../numeric/matrix.ts";
import { Random } from "../../numeric/random.ts";
import type { Home, StoredImage } from "../../store/index.ts";
import { type ClusterNetwork, networkOf } from "./cluster-network.ts";
import {
  agreementOf,
  type ClusteringHooks,
  type ClusterSpread,
  spreadOf,
  trainDeepCluster,
} from "./deep-cluster-run.ts";

/** A number of clusters with what its test run gave. */
export interface ClusterCandidate {
  readonly clusters: number;
  readonly score: number;
  /** See {@link scoreClusters}. */
  readonly what: ClusterScore["what"];
  /** Of the last two clusterings of the test run. */
  readonly nmi: number;
  readonly ami: number;
  readonly sizes: ClusterSpread;
  readonly chosen: boolean;
}

/** What a clustering is worth before anything is labelled. */
export interface ClusterScore {
  readonly score: number;
  readonly what: "region" | "body part" | "clusters";
}

/** The facts that clusters are scored by. */
export type ScoredImage = Pick<StoredImage, "patient" | "region" | "bodyPart">;

/** What the test runs are told. */
export interface TestRuns {
  readonly run: string;
  readonly images: readonly ScoredImage[];
  readonly pictures: GreyDataset;
  readonly network: ClusterNetwork;
  readonly candidates: readonly number[];
  /** Of one test run. */
  readonly settings: Omit<DeepClusterSettings, "clusters">;
  readonly initial?: ((clusters: number) => StateDict) | undefined;
  /** Of all networks of the run. */
  readonly epochs: number;
}

/** Of a run whose number of clusters was chosen. */
const choiceName = "cluster-choice.json";

/** Runs every candidate for a few epochs and scores its clusters; what was done before a break is not done again. */
export const chooseClusters = async (
  home: Home,
  tests: TestRuns,
  hooks: ClusteringHooks,
): Promise<ClusterCandidate[]> => {
  const { run, candidates } = tests;
  if (await home.files.hasArtefact(run, choiceName)) {
    return JSON.parse(new TextDecoder().decode(await home.files.readArtefact(run, choiceName)));
  }
  const tried: Omit<ClusterCandidate, "chosen">[] = [];
  for (const number of candidates.keys()) tried.push(await tryCandidate(home, { ...tests, number }, hooks));
  const best = tried.reduce((a, b) => (b.score > a.score ? b : a));
  const choice = tried.map((candidate) => ({ ...candidate, chosen: candidate === best }));
  await home.files.writeArtefact(run, choiceName, JSON.stringify(choice));
  return choice;
};

const tryCandidate = async (
  home: Home,
  tests: TestRuns & { readonly number: number },
  hooks: ClusteringHooks,
): Promise<Omit<ClusterCandidate, "chosen">> => {
  const { run, images, pictures, network, candidates, number, initial, epochs } = tests;
  const clusters = candidates[number]!;
  const settings = { ...tests.settings, clusters };
  const trained = {
    network,
    settings,
    initial: initial?.(clusters),
    number,
    before: number * settings.epochs,
    epochs,
  };
  const { state, assignment } = await trainDeepCluster(home, { run, pictures, trained }, hooks);
  const features = await featuresOf(networkOf(network, clusters), { pictures, settings, state });
  const { rows, clustering } = await clusterFeatures(features, settings, { epoch: settings.epochs });
  const { nmi, ami } = agreementOf(assignment, clustering.assignment);
  return {
    clusters,
    ...(await scoreClusters({ images, rows, assignment: clustering.assignment, seed: settings.seed })),
    nmi: nmi!,
    ami: ami!,
    sizes: spreadOf(clustering.assignment, clusters),
  };
};

/** Rows in clusters, with what is known of their radiographs. */
export interface ScoredClusters {
  readonly images: readonly ScoredImage[];
  /** Of length 1. */
  readonly rows: Matrix<Float32Array>;
  readonly assignment: Int32Array;
  readonly seed: number;
}

/**
 * How well the clusters tell of patients what is known of others; patients are halved, and each half is told by the other.
 *
 * Where regions or the headers' body parts are known of enough radiographs: the share of them that have what is commonest in
 * their cluster among the other half's. Too few clusters mix regions; too many have nobody of the other half, or somebody odd.
 * Where neither is known: how well the nearest centre of the other half's clusters tells a radiograph's own, by adjusted mutual
 * information, for chance alone makes few clusters easier.
 */
export const scoreClusters = async ({ images, rows, assignment, seed }: ScoredClusters): Promise<ClusterScore> => {
  const sides = halvesOf(images, seed);
  const facts: readonly (readonly [ClusterScore["what"], (string | null)[]])[] = [
    ["region", images.map(({ region }) => region)],
    ["body part", images.map(({ bodyPart }) => bodyPart)],
  ];
  const known = facts.find(([, values]) => isEnough(values));
  if (known) return { score: accuracyOfCommonest(known[1], assignment, sides), what: known[0] };
  return { score: await agreementOfCentres(rows, assignment, sides), what: "clusters" };
};

/** Fewer say too little: the share of an archive of which a fact has to be known. */
const leastKnown = 0.2;

const isEnough = (values: readonly (string | null)[]): boolean => {
  const known = values.filter((value) => value !== null);
  return known.length >= leastKnown * values.length && new Set(known).size >= 2;
};

/** The side of each image; all of a patient's are on one. */
const halvesOf = (images: readonly ScoredImage[], seed: number): Uint8Array => {
  const patients = [...new Set(images.map(({ patient }) => patient))].sort();
  const order = new Random(seed, "halves of patients").permutation(patients.length);
  const sideOf = new Map<PatientId, number>(patients.map((patient, i) => [patient, order[i]! % 2]));
  return Uint8Array.from(images, ({ patient }) => sideOf.get(patient)!);
};

const accuracyOfCommonest = (values: readonly (string | null)[], assignment: Int32Array, sides: Uint8Array): number => {
  const counts = new Map<string, Map<string, number>>();
  const key = (row: number, side: number): string => `${side} ${assignment[row]}`;
  for (const [row, value] of values.entries()) {
    if (value === null) continue;
    const own = counts.get(key(row, sides[row]!)) ?? new Map<string, number>();
    counts.set(key(row, sides[row]!), own.set(value, (own.get(value) ?? 0) + 1));
  }
  const commonest = new Map(
    [...counts].map(([cluster, own]) => [
      cluster,
      [...own].reduce((a, b) => (b[1] > a[1] || (b[1] === a[1] && b[0] < a[0]) ? b : a))[0],
    ]),
  );
  const known = [...values.keys()].filter((row) => values[row] !== null);
  const right = known.filter((row) => commonest.get(key(row, 1 - sides[row]!)) === values[row]);
  return right.length / known.length;
};

/** The mean over both halves. */
const agreementOfCentres = async (
  rows: Matrix<Float32Array>,
  assignment: Int32Array,
  sides: Uint8Array,
): Promise<number> => {
  const scores: number[] = [];
  for (const side of [0, 1]) {
    const [learned, told] = [side, 1 - side].map((one) => [...sides.keys()].filter((row) => sides[row] === one));
    if (learned!.length === 0 || told!.length === 0) return 0; // one patient tells nothing about others
    const { numbers, centres } = centresOf(rows, assignment, learned!);
    const nearest = await nearestCentres(rowsAt(rows, told!), centres);
    scores.push(
      adjustedMutualInfoScore(
        told!.map((row) => assignment[row]!),
        Array.from(nearest, (place) => numbers[place]!),
      ),
    );
  }
  return (scores[0]! + scores[1]!) / 2;
};

const nearestCentres = async (rows: Matrix<Float32Array>, centres: Matrix<Float32Array>): Promise<Int32Array> => {
  const nearest = await NearestCentre.create(rows, centres.rows);
  try {
    return (await nearest.of(centres)).assignment;
  } finally {
    await nearest.release();
  }
};

/** The mean of some rows of each cluster that has any. */
const centresOf = (
  rows: Matrix<Float32Array>,
  assignment: Int32Array,
  learned: readonly number[],
): { readonly numbers: readonly number[]; readonly centres: Matrix<Float32Array> } => {
  const members = [...Map.groupBy(learned, (row) => assignment[row]!)].sort(([a], [b]) => a - b);
  const values = new Float32Array(members.length * rows.columns);
  for (const [place, [, own]] of members.entries()) {
    for (const row of own) {
      for (let j = 0; j < rows.columns; j++) {
        values[place * rows.columns + j]! += rows.values[row * rows.columns + j]! / own.length;
      }
    }
  }
  return {
    numbers: members.map(([number]) => number),
    centres: { rows: members.length, columns: rows.columns, values },
  };
};
