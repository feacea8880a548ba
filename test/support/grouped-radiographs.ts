/**
 * Radiographs in feature space whose regions are known: each region is some directions, each cluster a place near one of them.
 * Clusters of a region follow each other by number, as a clustering's do.
 */

import { imageId, patientId } from "../../src/clinic/ids.ts";
import { matrixOfRows, normalise } from "../../src/numeric/matrix.ts";
import { Random } from "../../src/numeric/random.ts";
import type { GuideCluster, GuideData } from "../../src/systems/atlas/guide/guide-data.ts";

/** How many of what there are. */
export interface GroupedRadiographsOptions {
  readonly regions: number;
  readonly clustersPerRegion: number;
  readonly seed: number;
  /** How far radiographs lie from the place of their cluster, beside its own length of 1. */
  readonly spread?: number;
}

/** Radiographs of clusters that nobody has labelled, and what each radiograph and each cluster shows. */
export interface GroupedRadiographs {
  readonly data: GuideData;
  readonly truth: readonly string[];
  /** By the cluster's number. */
  readonly regionOf: ReadonlyMap<number, string>;
}

const dimensions = 32;

/** A radiograph of every patient but each fourth, who has two in the same cluster. */
export const groupRadiographs = (options: GroupedRadiographsOptions): GroupedRadiographs => {
  const { regions, clustersPerRegion, seed, spread = 0.8 } = options;
  const random = new Random(seed, "grouped radiographs");
  const direction = (length: number): number[] => {
    const drawn = Array.from({ length: dimensions }, () => random.normal());
    return Array.from(normalise(Float64Array.from(drawn)), (value) => value * length);
  };
  const plus = (a: readonly number[], b: readonly number[]): number[] => a.map((value, i) => value + b[i]!);
  const rows: Float64Array[] = [];
  const truth: string[] = [];
  const clusters: GuideCluster[] = [];
  for (let r = 0; r < regions; r++) {
    // Two views of each region, which are no more like each other than regions are.
    const views = [direction(1), direction(1)];
    for (let c = 0; c < clustersPerRegion; c++) {
      const place = plus(views[c % 2]!, direction(0.5));
      const own = Array.from({ length: 6 + random.integer(20) }, () => {
        rows.push(normalise(Float64Array.from(plus(place, direction(spread)))));
        truth.push(`region ${r}`);
        return rows.length - 1;
      });
      clusters.push({ cluster: clusters.length + 1, rows: own, label: null, labelledAt: null });
    }
  }
  return {
    data: {
      features: matrixOfRows(rows),
      images: rows.map((_, i) => imageId(`image ${i}`)),
      patients: rows.map((_, i) => patientId(`P${i % 4 === 1 ? i - 1 : i}`)),
      madeIn: Int32Array.from(clusters.flatMap(({ cluster, rows: own }) => own.map(() => cluster))),
      clusters,
      sorted: new Map(),
      apart: new Set(),
      confirmed: new Set(),
    },
    truth,
    regionOf: new Map(clusters.map(({ cluster, rows: own }) => [cluster, truth[own[0]!]!])),
  };
};

/** The same with labels of clusters, in the order in which they were given. */
export const withLabels = (data: GuideData, labels: ReadonlyMap<number, string>): GuideData => {
  const order = [...labels.keys()];
  return {
    ...data,
    clusters: data.clusters.map((cluster) => {
      const label = labels.get(cluster.cluster);
      return label === undefined ? cluster : { ...cluster, label, labelledAt: order.indexOf(cluster.cluster) };
    }),
  };
};
