/** Loads what a guide is worked out from, as a reader may know it. */

import { type ClusterReading, discard, settledLabel } from "../../../clinic/atlas/fold-actions.ts";
import type { ImageId } from "../../../clinic/ids.ts";
import {
  type Database,
  type GuideReader,
  type Home,
  listClusterSplits,
  listImageRegions,
  listImages,
  listMemberDecisions,
  type MemberDecision,
  readClusters,
} from "../../../store/index.ts";
import { readClusterFeatures } from "../cluster-files.ts";
import { loadReadings, type Readings } from "../readings.ts";
import type { GuideCluster, GuideData } from "./guide-data.ts";

/** Whose labels of which clustering. */
export interface GuideSubject {
  readonly clustering: string;
  /** A reader's id, who then goes on reading alone; or null for what is settled. */
  readonly reader: GuideReader;
}

/** The labels of clusters by their numbers, as far as the reader gave or knows them. */
export const labelsFor = ({ byCluster }: Readings, reader: GuideReader): Map<number, KnownLabel> =>
  new Map(
    [...byCluster].flatMap(([cluster, reading]) => {
      const known = reader === null ? settledOf(reading) : knownTo(reading, reader);
      return known === null ? [] : [[cluster, known] as const];
    }),
  );

/** A label and one of the actions that gave it. */
export interface KnownLabel {
  readonly label: string;
  readonly action: string;
}

const settledOf = (reading: ClusterReading): KnownLabel | null => {
  const label = settledLabel(reading);
  const given = reading.decision ?? reading.labels[0];
  return label === null || !given ? null : { label, action: given.action };
};

/** What was told stays told: who saw the others' labels goes on from what holds. */
const knownTo = (reading: ClusterReading, reader: string): KnownLabel | null => {
  const own = reading.labels.find((label) => label.reader === reader) ?? null;
  return (reading.toldTo.has(reader) ? settledOf(reading) : null) ?? own;
};

/** Names what a guide knows: the label of each cluster that is to be labelled, and each decision on a radiograph. */
export interface GuideBasis {
  readonly labels: readonly (readonly [cluster: number, label: string | null])[];
  readonly decisions: readonly string[];
}

export const basisOf = (readings: Readings, decisions: readonly MemberDecision[], reader: GuideReader): GuideBasis => {
  const labels = labelsFor(readings, reader);
  return {
    labels: [...readings.sizes.keys()].map((cluster) => [cluster, labels.get(cluster)?.label ?? null]),
    decisions: decisions.map(({ cluster, image, verdict }) => `${cluster} ${image} ${verdict}`),
  };
};

/**
 * @throws OsteonError `not-found` for a clustering that kept no features
 */
export const loadGuideData = async (
  home: Home,
  { clustering, reader }: GuideSubject,
): Promise<{ readonly data: GuideData; readonly basis: GuideBasis }> => {
  const { features, images } = await readClusterFeatures(home, clustering);
  const readings = await loadReadings(home.database, clustering);
  const decisions = await listMemberDecisions(home.database, clustering);
  const rowOf = new Map(images.map((image, row) => [image, row]));
  const patientOf = new Map((await listImages(home.database)).map(({ id, patient }) => [id, patient]));
  const labels = labelsFor(readings, reader);
  const timeOf = new Map(readings.actions.map(({ id, at }) => [id, at.getTime()]));
  const clusters = (await readClusters(home.database, clustering)).map(({ cluster, members }): GuideCluster => {
    const known = labels.get(cluster);
    return {
      cluster,
      rows: members.flatMap(({ image }) => rowOf.get(image) ?? []),
      label: known?.label ?? null,
      labelledAt: known ? timeOf.get(known.action)! : null,
    };
  });
  const clusterOf = new Map(clusters.flatMap(({ cluster, rows }) => rows.map((row) => [row, cluster] as const)));
  const rowsWith = (verdict: MemberDecision["verdict"]): Set<number> =>
    new Set(
      decisions
        .filter((decision) => decision.verdict === verdict)
        .flatMap(({ image, cluster }) => {
          const row = rowOf.get(image);
          return row !== undefined && clusterOf.get(row) === cluster ? [row] : [];
        }),
    );
  const splits = await listClusterSplits(home.database, clustering);
  const parentOf = new Map(splits.flatMap(({ cluster, parts }) => parts.map((part) => [part, cluster] as const)));
  const madeIn = new Int32Array(images.length);
  for (const [row, cluster] of clusterOf) madeIn[row] = rootOf(cluster, parentOf);
  const hearsModel = reader === null || [...readings.names.keys()].every((name) => name === reader);
  const data = {
    features,
    images,
    patients: images.map((image) => patientOf.get(image)!),
    madeIn,
    clusters,
    sorted: hearsModel ? await sortedRows(home.database, rowOf) : new Map<number, string>(),
    apart: rowsWith("apart"),
    confirmed: rowsWith("belongs"),
  };
  return { data, basis: basisOf(readings, decisions, reader) };
};

/** The rows that the atlas model sorted, with what they are; one that belongs to no region is discarded where it looks so. */
const sortedRows = async (database: Database, rowOf: ReadonlyMap<ImageId, number>): Promise<Map<number, string>> =>
  new Map(
    [...(await listImageRegions(database))].flatMap(([image, { region, known, reason }]) => {
      const row = rowOf.get(image);
      const label = known ? region : reason === "like-discarded" ? discard : undefined;
      return row === undefined || label === undefined ? [] : [[row, label] as const];
    }),
  );

const rootOf = (cluster: number, parentOf: ReadonlyMap<number, number>): number => {
  const parent = parentOf.get(cluster);
  return parent === undefined ? cluster : rootOf(parent, parentOf);
};
