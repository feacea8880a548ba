/** How much work the labelling of a clustering has taken, and how far it is. */

import { countClusterSplits, countMemberDecisions, type Database } from "../../../store/index.ts";
import type { Readings } from "../readings.ts";
import { labelsFor } from "./load-guide-data.ts";

/** What has been done. */
export interface LabellingProgress {
  /** What was undone counts too: it was work. An undo by itself does not count. */
  readonly actions: {
    readonly total: number;
    readonly labels: number;
    readonly decisions: number;
    readonly splits: number;
    readonly outliers: number;
  };
  /** Of one reader. */
  readonly mine: number;
  readonly clusters: number;
  readonly labelledClusters: number;
  readonly images: number;
  readonly labelledImages: number;
}

/** All readers' actions count, and those of one beside them; the labels are those that he may know, or that are settled. */
export const labellingProgress = async (
  database: Database,
  readings: Readings,
  {
    clustering,
    person,
    isSettled,
  }: { readonly clustering: string; readonly person: string; readonly isSettled: boolean },
): Promise<LabellingProgress> => {
  const splits = await countClusterSplits(database, clustering);
  const outliers = await countMemberDecisions(database, clustering);
  const given = readings.actions.filter(({ kind }) => kind !== "undo");
  const labels = given.filter(({ kind }) => kind === "label").length;
  const decisions = given.length - labels;
  const own = given.filter(({ reader }) => reader === person).length;
  const labelled = labelsFor(readings, isSettled ? null : person);
  const imagesOf = (some: Iterable<[number, number]>): number => [...some].reduce((sum, [, images]) => sum + images, 0);
  const counts = { labels, decisions, splits: sumOf(splits), outliers: sumOf(outliers) };
  return {
    actions: { total: given.length + counts.splits + counts.outliers, ...counts },
    mine: own + (splits.get(person) ?? 0) + (outliers.get(person) ?? 0),
    clusters: readings.sizes.size,
    labelledClusters: labelled.size,
    images: imagesOf(readings.sizes),
    labelledImages: imagesOf([...readings.sizes].filter(([cluster]) => labelled.has(cluster))),
  };
};

const sumOf = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((sum, one) => sum + one, 0);
