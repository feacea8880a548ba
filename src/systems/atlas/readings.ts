/** What readers made of a clustering: what each may know of it, how far they agree, and where somebody has to decide. */

import {
  type ClusterLabel,
  type ClusterReading,
  discard,
  foldActions,
  isDisputed,
  isOpenTo,
  type StandingLabel,
  settledLabel,
} from "../../clinic/atlas/fold-actions.ts";
import { cohenKappa, type KappaResult } from "../../evidence/cohen-kappa.ts";
import {
  clusterSizes,
  type Database,
  discloseClusters,
  listClusterActions,
  listDisclosures,
  listLeafClusters,
  type StoredClusterAction,
} from "../../store/index.ts";

/** Who reads, with the name he went by last. */
export interface Reader {
  readonly id: string;
  readonly name: string;
}

/** The readings of a clustering. */
export interface Readings {
  /** How many radiographs each cluster that is to be labelled has: the parts of one that was split, not itself. */
  readonly sizes: ReadonlyMap<number, number>;
  /** What each of them is a part of. */
  readonly splitOf: ReadonlyMap<number, number | null>;
  /** Of clusters that somebody acted on. */
  readonly byCluster: ReadonlyMap<number, ClusterReading>;
  readonly actions: readonly StoredClusterAction[];
  /** By their ids; everybody who acted. */
  readonly names: ReadonlyMap<string, string>;
}

/** Loads the readings. */
export const loadReadings = async (database: Database, clustering: string): Promise<Readings> => {
  const actions = await listClusterActions(database, clustering);
  const sizes = await clusterSizes(database, clustering);
  const ofAll = foldActions(actions, await listDisclosures(database, clustering));
  const leaves = await listLeafClusters(database, clustering);
  return {
    sizes,
    splitOf: new Map(leaves.map(({ cluster, splitOf }) => [cluster, splitOf])),
    byCluster: new Map([...ofAll].filter(([cluster]) => sizes.has(cluster))),
    actions,
    names: new Map(actions.map(({ reader, readerName }) => [reader, readerName])),
  };
};

/** By name, as people look for each other. */
const byName = (a: Reader, b: Reader): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id < b.id ? -1 : 1);

/** The labels of a cluster with their readers, in the order of their names. */
export const labelsByName = (
  readings: Readings,
  { labels }: ClusterReading,
): (Omit<StandingLabel, "reader"> & { reader: Reader })[] =>
  labels
    .map((standing) => ({ ...standing, reader: readerOf(readings, standing.reader) }))
    .sort((a, b) => byName(a.reader, b.reader));

/** A reader of an id. */
export const readerOf = ({ names }: Pick<Readings, "names">, id: string): Reader => ({ id, name: names.get(id) ?? id });

/** What a reader may know of a cluster. */
export interface VisibleCluster {
  readonly cluster: number;
  /** The cluster that it is a part of. */
  readonly splitOf: number | null;
  readonly images: number;
  readonly mine: ClusterLabel | null;
  /** The action that gave the own label. */
  readonly action: string | null;
  readonly others: number;
  /** Null also while it is hidden from this reader. */
  readonly settled: ClusterLabel | null;
  readonly disputed: boolean;
}

/** Every cluster as a reader may see it: the others' labels are hidden until his own is given, so that he reads alone. */
const visibleClusters = ({ sizes, splitOf, byCluster }: Readings, reader: string): VisibleCluster[] =>
  [...sizes].map(([cluster, images]) => {
    const reading = byCluster.get(cluster);
    const own = reading?.labels.find((label) => label.reader === reader);
    const isOpen = reading !== undefined && isOpenTo(reading, reader);
    return {
      cluster,
      splitOf: splitOf.get(cluster) ?? null,
      images,
      mine: own?.label ?? null,
      action: own?.action ?? null,
      others: (reading?.labels.length ?? 0) - (own ? 1 : 0),
      settled: isOpen ? settledLabel(reading) : null,
      disputed: isOpen && isDisputed(reading) && reading.decision === null,
    };
  });

/** How many clusters each reader has labelled, and discarded. */
export const progressOfReaders = (readings: Readings): (Reader & { labelled: number; discarded: number })[] => {
  const labels = [...readings.byCluster.values()].flatMap((reading) => reading.labels);
  return [...Map.groupBy(labels, ({ reader }) => reader)]
    .map(([id, own]) => ({
      ...readerOf(readings, id),
      labelled: own.length,
      discarded: own.filter(({ label }) => label === discard).length,
    }))
    .sort(byName);
};

/** Two readers on the clusters that both have read. */
export interface Agreement extends KappaResult {
  readonly readers: readonly [Reader, Reader];
}

/** The agreement of every two readers, before either was told of the other's labels. */
export const agreements = (readings: Readings): Agreement[] => {
  const independent = [...readings.byCluster.values()].map((reading) => reading.independent);
  const readers = [...new Set(independent.flat().map(({ reader }) => reader))]
    .map((id) => readerOf(readings, id))
    .sort(byName);
  return readers.flatMap((first, i) =>
    readers.slice(i + 1).flatMap((second) => {
      const pairs = independent.flatMap((labels) => pairOf(labels, first.id, second.id));
      return pairs.length === 0 ? [] : [{ readers: [first, second] as const, ...cohenKappa(pairs) }];
    }),
  );
};

const pairOf = (labels: readonly StandingLabel[], first: string, second: string): [string, string][] => {
  const labelOf = (id: string): string | undefined => labels.find(({ reader }) => reader === id)?.label;
  const [a, b] = [labelOf(first), labelOf(second)];
  return a === undefined || b === undefined ? [] : [[a, b]];
};

/** What holds, and what is to be decided. */
export const countSettled = ({ byCluster }: Readings): { settled: number; disputed: number } => {
  const all = [...byCluster.values()];
  return {
    settled: all.filter((reading) => settledLabel(reading) !== null).length,
    disputed: all.filter((reading) => isDisputed(reading) && reading.decision === null).length,
  };
};

/**
 * Writes down that a reader is told of the others' labels of clusters, be it only whether they are his: what he labels there from
 * now on does not count as read alone.
 */
const disclose = (
  database: Database,
  clustering: string,
  { reader, told }: { readonly reader: string; readonly told: readonly ClusterReading[] },
): Promise<void> => {
  const news = told.filter(({ labels, toldTo }) => !toldTo.has(reader) && labels.some((one) => one.reader !== reader));
  return discloseClusters(database, clustering, { reader, clusters: news.map(({ cluster }) => cluster) });
};

/** The readings with what a reader may see of each cluster; what he is told is written down. */
export const showClusters = async (
  database: Database,
  clustering: string,
  reader: string,
): Promise<{ readings: Readings; clusters: VisibleCluster[] }> => {
  const readings = await loadReadings(database, clustering);
  const told = [...readings.byCluster.values()].filter((reading) => isOpenTo(reading, reader));
  await disclose(database, clustering, { reader, told });
  return { readings, clusters: visibleClusters(readings, reader) };
};

/** Writes down that a reader is told everything, as by the table of all labels. */
export const discloseAll = async (database: Database, clustering: string, reader: string): Promise<void> => {
  const { byCluster } = await loadReadings(database, clustering);
  await disclose(database, clustering, { reader, told: [...byCluster.values()] });
};

/** The clusters that readers labelled differently, those to be decided first; that this reader saw them is written down. */
export const showDisagreements = async (
  database: Database,
  clustering: string,
  reader: string,
): Promise<{ readings: Readings; disputed: ClusterReading[] }> => {
  const readings = await loadReadings(database, clustering);
  const disputed = [...readings.byCluster.values()]
    .filter(isDisputed)
    .sort((a, b) => Number(a.decision !== null) - Number(b.decision !== null) || a.cluster - b.cluster);
  await disclose(database, clustering, { reader, told: disputed });
  return { readings, disputed };
};
