/**
 * How much the labelling guide saves, on radiographs of the phantom whose regions are known: they are clustered by whitened pixels,
 * so nothing is trained, and a reader is played who labels each cluster with what most of it shows.
 *
 * Further words: how many radiographs, how many clusters, and the folder of a phantom centre that was drawn before.
 */

import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { discard } from "../src/clinic/atlas/fold-actions.ts";
import { imageId, patientId } from "../src/clinic/ids.ts";
import { readDicomPicture } from "../src/dicom/read-dicom-picture.ts";
import { kMeans } from "../src/learning/clustering/k-means.ts";
import { principalComponents, whiten } from "../src/learning/clustering/principal-components.ts";
import { greyBytes } from "../src/learning/grey-dataset.ts";
import { matrixOfRows } from "../src/numeric/matrix.ts";
import { Random } from "../src/numeric/random.ts";
import { writePhantomCentre } from "../src/phantom/write-phantom-centre.ts";
import { doubtedLabels } from "../src/systems/atlas/guide/doubted-labels.ts";
import type { GuideData } from "../src/systems/atlas/guide/guide-data.ts";
import { gatherEvidence, likenessOf, spreadOf } from "../src/systems/atlas/guide/guide-evidence.ts";
import { impureClusters } from "../src/systems/atlas/guide/impure-clusters.ts";
import { learningCurve } from "../src/systems/atlas/guide/learning-curve.ts";
import { misplacedImages } from "../src/systems/atlas/guide/misplaced-images.ts";
import { type AllNeighbours, findNeighbours } from "../src/systems/atlas/guide/neighbours.ts";
import { nextClusters } from "../src/systems/atlas/guide/next-clusters.ts";
import { orderClusters } from "../src/systems/atlas/order-clusters.ts";
import type { Bench, Figure } from "./figure.ts";

const side = 24;
const dimensions = 64;
const shuffles = 5;
/** Shares of radiographs that are to carry the right label. */
const wanted = [0.8, 0.85, 0.9];
/** Labels after which the learning curve is compared with the truth. */
const stops = [10, 20, 40, 80, 120];

export const atlasGuide: Bench = async ({ args, say }) => {
  const [radiographs = 2000, clusters = 200] = args.slice(0, 2).map(Number);
  const folder = await mkdtemp(join(tmpdir(), "osteon-atlas-guide-"));
  try {
    const centre = args[2] ?? join(folder, "centre");
    if (args[2] === undefined) {
      say(`Drawing ${radiographs} radiographs`);
      await writePhantomCentre(centre, { patients: 1, seed: 0, archive: radiographs }, () => {});
    }
    say("Clustering");
    const known = await clusterByPixels(centre, clusters);
    const start = performance.now();
    const neighbours = await findNeighbours(known.data, { most: 20 });
    const seconds = (performance.now() - start) / 1e3;
    say("Labelling");
    return [
      { name: "purity of the clusters", value: purityOf(known), unit: "share" },
      { name: "neighbours of all radiographs", value: seconds, unit: "s" },
      ...savedLabels(known, neighbours),
      ...curveBesideTruth(known, neighbours),
      ...whatIsFound(known, neighbours),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

/** Radiographs in clusters that nobody has labelled, what each shows, and what most of each cluster shows. */
interface Known {
  readonly data: GuideData;
  readonly truth: readonly string[];
  readonly labelOf: ReadonlyMap<number, string>;
}

interface Truth {
  readonly file: string;
  readonly patient: string;
  readonly region: string;
  readonly musculoskeletal: boolean;
}

const clusterByPixels = async (centre: string, clusters: number): Promise<Known> => {
  const lines = (await readFile(join(centre, "truth", "images.jsonl"), "utf8")).trim().split("\n");
  const images = lines.map((line) => JSON.parse(line) as Truth).filter(({ file }) => file.startsWith("archive/"));
  const rows: Uint8Array[] = [];
  for (const { file } of images)
    rows.push(greyBytes((await readDicomPicture(await readFile(join(centre, file)))).image, side));
  const pixels = matrixOfRows(rows);
  const features = await whiten(pixels, await principalComponents(pixels, { dimensions, seed: 0 }));
  const ids = images.map(({ file }) => ({ id: imageId(file) }));
  const rowOf = new Map(ids.map(({ id }, row) => [id, row]));
  const truth = images.map(({ musculoskeletal, region }) => (musculoskeletal ? region : discard));
  const made = orderClusters(ids, await kMeans(features, { clusters, seed: 0 })).map(({ cluster, members }) => ({
    cluster,
    rows: members.map(({ image }) => rowOf.get(image)!),
    label: null,
    labelledAt: null,
  }));
  const clusterOf = new Map(made.flatMap(({ cluster, rows: own }) => own.map((row) => [row, cluster] as const)));
  return {
    data: {
      features,
      images: ids.map(({ id }) => id),
      patients: images.map(({ patient }) => patientId(patient)),
      madeIn: Int32Array.from(ids.keys(), (row) => clusterOf.get(row)!),
      clusters: made,
      sorted: new Map(),
      apart: new Set(),
      confirmed: new Set(),
    },
    truth,
    labelOf: new Map(made.map((cluster) => [cluster.cluster, mostFrequent(cluster.rows.map((row) => truth[row]!))])),
  };
};

const countsOf = (words: readonly string[]): [word: string, count: number][] =>
  [...Map.groupBy(words, (word) => word)]
    .map(([word, all]): [string, number] => [word, all.length])
    .sort((a, b) => b[1] - a[1]);

const mostFrequent = (words: readonly string[]): string => countsOf(words)[0]![0];

const purityOf = ({ data, truth }: Known): number =>
  data.clusters.reduce((sum, { rows }) => sum + countsOf(rows.map((row) => truth[row]!))[0]![1], 0) / truth.length;

/** The clusters of an order labelled, one after another. */
const labelInOrder = ({ data, labelOf }: Known, order: readonly number[]): GuideData => {
  const at = new Map(order.map((cluster, i) => [cluster, i]));
  return {
    ...data,
    clusters: data.clusters.map((cluster) => {
      const labelledAt = at.get(cluster.cluster);
      return labelledAt === undefined ? cluster : { ...cluster, label: labelOf.get(cluster.cluster)!, labelledAt };
    }),
  };
};

/** Each label asks for the next suggestion. */
const suggestedOrder = (known: Known, neighbours: AllNeighbours): number[] => {
  const order: number[] = [];
  while (order.length < known.data.clusters.length) {
    const data = labelInOrder(known, order);
    order.push(nextClusters(data, gatherEvidence(data, neighbours), 1)[0]!.cluster);
  }
  return order;
};

/** The share of radiographs that carry the region that they show, with proposals for clusters without a label; and by cluster. */
const accuracyOf = (
  { truth, labelOf }: Known,
  data: GuideData,
  neighbours: AllNeighbours,
): { readonly shown: number; readonly ofCluster: number } => {
  const evidence = gatherEvidence(data, neighbours);
  let [shown, ofCluster] = [0, 0];
  data.clusters.forEach(({ cluster, rows, label }, place) => {
    const given = label ?? likenessOf(evidence, spreadOf(evidence, place))?.label;
    shown += rows.filter((row) => truth[row] === given).length;
    if (given === labelOf.get(cluster)) ofCluster += rows.length;
  });
  return { shown: shown / truth.length, ofCluster: ofCluster / truth.length };
};

const savedLabels = (known: Known, neighbours: AllNeighbours): Figure[] => {
  const numbers = known.data.clusters.map(({ cluster }) => cluster);
  const suggested = suggestedOrder(known, neighbours);
  const byLot = Array.from({ length: shuffles }, (_, seed) =>
    [...new Random(seed, "atlas guide").permutation(numbers.length)].map((i) => numbers[i]!),
  );
  const needed = (order: readonly number[], share: number): number =>
    order.findIndex(
      (_, i) => accuracyOf(known, labelInOrder(known, order.slice(0, i + 1)), neighbours).shown >= share,
    ) + 1;
  return wanted.flatMap((share): Figure[] => {
    const own = needed(suggested, share);
    const lots = byLot.map((order) => needed(order, share));
    const lot = lots.reduce((sum, labels) => sum + labels, 0) / lots.length;
    const name = `labels until ${Math.round(share * 100)} % of the radiographs are right, as suggested`;
    return [
      { name, value: own, unit: "labels", peer: "by lot", peerValue: lot, ratio: lot / own },
      {
        name,
        value: own,
        unit: "labels",
        peer: "in order of numbers",
        peerValue: needed(numbers, share),
        ratio: needed(numbers, share) / own,
      },
    ];
  });
};

const curveBesideTruth = (known: Known, neighbours: AllNeighbours): Figure[] => {
  const order = suggestedOrder(known, neighbours);
  return stops
    .filter((stop) => stop < order.length)
    .map((stop) => {
      const data = labelInOrder(known, order.slice(0, stop));
      const last = learningCurve(data, gatherEvidence(data, neighbours), 0)!.points.at(-1)!;
      const [low, high] = last.interval.map((end) => end.toFixed(3));
      return {
        name: `estimated accuracy after ${stop} labels [${low}, ${high}]`,
        value: last.accuracy,
        unit: "share",
        peer: "in truth",
        peerValue: accuracyOf(known, data, neighbours).ofCluster,
      };
    });
};

const slips = 8;

const whatIsFound = (known: Known, neighbours: AllNeighbours): Figure[] => {
  const { data, truth, labelOf } = known;
  const numbers = data.clusters.map(({ cluster }) => cluster);
  const all = labelInOrder(known, numbers);
  const evidence = gatherEvidence(all, neighbours);
  const isMixed = (cluster: number): boolean => {
    const { rows } = data.clusters.find((one) => one.cluster === cluster)!;
    const second = countsOf(rows.map((row) => truth[row]!))[1]?.[1] ?? 0;
    return second >= 2 && second / rows.length >= 0.2;
  };
  const mixed = numbers.filter(isMixed);
  const impure = impureClusters(all, evidence, numbers.length).map(({ cluster }) => cluster);
  const strangers = data.clusters.flatMap(({ cluster, rows }) =>
    rows.filter((row) => truth[row] !== labelOf.get(cluster)),
  );
  const outliers = misplacedImages(all, evidence, truth.length).map(({ row }) => row);
  const random = new Random(0, "atlas guide", "slips");
  const wrong = new Map(
    [...random.permutation(numbers.length).subarray(0, slips)].map((i) => {
      const others = [...new Set(labelOf.values())].filter((label) => label !== labelOf.get(numbers[i]!));
      return [numbers[i]!, random.pick(others)];
    }),
  );
  const slipped: GuideData = {
    ...all,
    clusters: all.clusters.map((one) => ({ ...one, label: wrong.get(one.cluster) ?? one.label })),
  };
  const doubted = doubtedLabels(slipped, gatherEvidence(slipped, neighbours), truth.length).clusters.map(
    ({ cluster }) => cluster,
  );
  return [
    ...precisionAndRecall("mixed clusters (a second region has a fifth)", impure, new Set(mixed)),
    ...precisionAndRecall("outliers (of another region than their cluster)", outliers, new Set(strangers)),
    ...precisionAndRecall(`${slips} clusters with a wrong label, among those doubted`, doubted, new Set(wrong.keys())),
  ];
};

const precisionAndRecall = (name: string, found: readonly number[], right: ReadonlySet<number>): Figure[] => {
  const hits = found.filter((one) => right.has(one)).length;
  return [
    {
      name: `${name}: precision of ${found.length}`,
      value: found.length === 0 ? 0 : hits / found.length,
      unit: "share",
    },
    { name: `${name}: recall of ${right.size}`, value: right.size === 0 ? 0 : hits / right.size, unit: "share" },
  ];
};
