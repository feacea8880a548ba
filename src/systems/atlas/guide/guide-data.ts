/** What a guide is worked out from: radiographs in feature space, the clusters that are to be labelled, and their labels. */

import type { ClusterLabel } from "../../../clinic/atlas/fold-actions.ts";
import type { ImageId, PatientId } from "../../../clinic/ids.ts";
import type { Matrix } from "../../../numeric/matrix.ts";

/** Radiographs by row. */
export interface GuideData {
  /** Of length 1. */
  readonly features: Matrix<Float32Array>;
  readonly images: readonly ImageId[];
  readonly patients: readonly PatientId[];
  /** The cluster of each row as the clustering was made, before any was split. */
  readonly madeIn: Int32Array;
  readonly clusters: readonly GuideCluster[];
  /**
   * What the atlas model sorted rows as, a region or `discard`. Empty for a reader who is one of several: the model has learned
   * from everybody's labels.
   */
  readonly sorted: ReadonlyMap<number, ClusterLabel>;
  /** Rows that a reader told apart from their cluster: they speak for nothing. */
  readonly apart: ReadonlySet<number>;
  /** Rows that a reader said belong to their cluster: they are not doubted again. */
  readonly confirmed: ReadonlySet<number>;
}

/** A cluster that is to be labelled. */
export interface GuideCluster {
  readonly cluster: number;
  /** The nearest to the centre first. */
  readonly rows: readonly number[];
  /** Null where it has none. */
  readonly label: ClusterLabel | null;
  /** When it got its label, in any unit; null where it has none. */
  readonly labelledAt: number | null;
}

/** The place among the clusters of each row; -1 for a row that is told apart. */
export const placesOf = ({
  features,
  clusters,
  apart,
}: Pick<GuideData, "features" | "clusters" | "apart">): Int32Array => {
  const places = new Int32Array(features.rows).fill(-1);
  clusters.forEach(({ rows }, place) => {
    for (const row of rows) if (!apart.has(row)) places[row] = place;
  });
  return places;
};

/** A label with the share of the evidence that speaks for it. */
export interface Likeness {
  readonly label: ClusterLabel;
  readonly share: number;
}
