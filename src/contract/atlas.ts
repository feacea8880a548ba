/** The archive in clusters, and what readers label them. */

import { z } from "zod";

/** A region's name, or `discard`. */
export const atlasLabel = z.string().min(1).max(100);

export const clusterNumber = z.number().int().min(1);

export const atlasRegion = z.object({
  name: z.string(),
  /** Two letters. */
  code: z.string(),
  de: z.string(),
  synonyms: z.array(z.string()),
});
export type AtlasRegion = z.infer<typeof atlasRegion>;

export const newRegion = z.object({
  name: z.string().min(1).max(60),
  de: z.string().min(1).max(60).optional(),
});

export const clusteringSummary = z.object({
  /** The run that made it. */
  id: z.string(),
  clusters: z.number().int(),
  images: z.number().int(),
  madeAt: z.iso.datetime(),
});
export type ClusteringSummary = z.infer<typeof clusteringSummary>;

/** What the reader who asks may know of a cluster. */
export const clusterState = z.object({
  cluster: clusterNumber,
  /** The cluster that it is a part of, where one was split. */
  splitOf: clusterNumber.nullable(),
  images: z.number().int(),
  /** The reader's own label. */
  mine: atlasLabel.nullable(),
  /** The action that gave it, for an undo. */
  action: z.string().nullable(),
  /** How many others have labelled it. */
  others: z.number().int(),
  /** What holds; null while it is open, or hidden until the reader has labelled the cluster too. */
  settled: atlasLabel.nullable(),
  /** Readers differ and nobody has decided yet; false while that is hidden. */
  disputed: z.boolean(),
});
export type ClusterState = z.infer<typeof clusterState>;

const reader = z.object({ id: z.string(), name: z.string() });

/** How far two readers agree on the clusters that both have read before either was told of the other's labels. */
export const readerAgreement = z.object({
  readers: z.tuple([reader, reader]),
  clusters: z.number().int(),
  /** The share with equal labels; null without clusters. */
  agreement: z.number().nullable(),
  /** Cohen's kappa; null where chance alone decides. */
  kappa: z.number().nullable(),
  /** Of kappa, 95 %. */
  interval: z.tuple([z.number(), z.number()]).nullable(),
});
export type ReaderAgreement = z.infer<typeof readerAgreement>;

export const clusteringOverview = z.object({
  clustering: clusteringSummary,
  clusters: z.array(clusterState),
  readers: z.array(reader.extend({ labelled: z.number().int(), discarded: z.number().int() })),
  agreements: z.array(readerAgreement),
  /** Clusters whose label holds, and those that somebody has to decide; hidden ones count too. */
  settledClusters: z.number().int(),
  disputedClusters: z.number().int(),
});
export type ClusteringOverview = z.infer<typeof clusteringOverview>;

/** The radiographs of a cluster, the nearest to its centre first. */
export const cluster = z.object({
  cluster: clusterNumber,
  images: z.array(z.object({ image: z.string(), distance: z.number(), outlier: z.boolean() })),
});
export type Cluster = z.infer<typeof cluster>;

/** What a reader did. The id is drawn by the browser, so that what is sent twice counts once. */
export const clusterAction = z.discriminatedUnion("kind", [
  z.object({
    id: z.string().min(8).max(64),
    kind: z.enum(["label", "adjudicate"]),
    cluster: clusterNumber,
    label: atlasLabel,
  }),
  z.object({
    id: z.string().min(8).max(64),
    kind: z.literal("undo"),
    cluster: clusterNumber,
    /** One's own action that is taken back. */
    undoes: z.string().min(8).max(64),
  }),
]);
export type ClusterAction = z.infer<typeof clusterAction>;

export const clusterActions = z.object({
  /** Whose actions they are, by the id; nothing is kept when somebody else has logged in since. */
  reader: z.string().max(100).optional(),
  actions: z.array(clusterAction).min(1).max(500),
});

/** All actions are on the disk but these, which cannot be. */
export const clusterActionsAnswer = z.object({
  refused: z.array(z.object({ id: z.string(), detail: z.string() })),
});
export type ClusterActionsAnswer = z.infer<typeof clusterActionsAnswer>;

const standingLabel = z.object({ reader, label: atlasLabel, action: z.string() });

/** A cluster that readers labelled differently. */
export const disagreement = z.object({
  cluster: clusterNumber,
  images: z.number().int(),
  labels: z.array(standingLabel),
  decision: standingLabel.nullable(),
});
export type Disagreement = z.infer<typeof disagreement>;
