/** What guides the labelling of the atlas: which cluster next, what to split, which images and labels to doubt, when to stop. */

import { z } from "zod";
import { atlasLabel, clusterNumber } from "./atlas.ts";

const interval = z.tuple([z.number(), z.number()]);
const count = z.number().int();

/** A label with the share of the evidence that speaks for it, in [0, 1]. */
const likeness = z.object({ label: atlasLabel, share: z.number() });
export type Likeness = z.infer<typeof likeness>;

/**
 * Whose labels are built upon: what the reader who asks labelled himself or was told of before, so that he goes on reading alone; or
 * what holds for everybody, of which he is told thereby.
 */
export const guideLabels = z.enum(["mine", "settled"]);
export type GuideLabels = z.infer<typeof guideLabels>;

export const suggestionsQuery = z.object({ labels: guideLabels.default("mine") });

/** A cluster that is worth labelling next. */
export const nextCluster = z.object({
  cluster: clusterNumber,
  images: count,
  /**
   * `probable`: it looks like `proposed`, and a glance confirms it; `uncertain`: labelled clusters like it have different labels;
   * `far-from-labelled`: nothing labelled is like it; `large`: many images hang on it.
   */
  why: z.enum(["probable", "uncertain", "far-from-labelled", "large"]),
  /** What labelled clusters like it are; null without any. */
  proposed: likeness.nullable(),
  /** For how many images, its own and those of clusters like it, the label is thereby expected to become known. */
  expectedGain: z.number(),
});
export type NextCluster = z.infer<typeof nextCluster>;

/** A part of a cluster as it would be after a split. */
const clusterPart = z.object({
  /** All of its images, the most typical first. */
  images: z.array(z.string()),
  /** What labelled images like them are; null without any. */
  proposed: likeness.nullable(),
});

/** A cluster that looks like two or more things. */
export const impureCluster = z.object({
  cluster: clusterNumber,
  images: count,
  /** How sure it is that they are several, in [0, 1]; those listed have at least one half. */
  score: z.number(),
  /** `apart`: its images fall into groups that are not like each other; `mixed`: groups of it look like different regions. */
  why: z.enum(["apart", "mixed"]),
  /** The label that it has, if any. */
  label: atlasLabel.nullable(),
  /** As `split` would part it. */
  parts: z.array(clusterPart),
});
export type ImpureCluster = z.infer<typeof impureCluster>;

/** An image of a labelled cluster that looks like another label's images. */
export const misplacedImage = z.object({
  image: z.string(),
  cluster: clusterNumber,
  /** The label of its cluster, and the share of the evidence that speaks for it. */
  given: likeness,
  looksLike: likeness,
});
export type MisplacedImage = z.infer<typeof misplacedImage>;

/** An image whose label is doubted by the labels of all clusters but its own (confident learning). */
const doubtedImage = z.object({
  image: z.string(),
  cluster: clusterNumber,
  given: atlasLabel,
  suggested: atlasLabel,
  /** The probability of the given label, by clusters other than its own. */
  selfConfidence: z.number(),
});
export type DoubtedImage = z.infer<typeof doubtedImage>;

export const labelNoise = z.object({
  /** The share of the judged images that are doubted; how many of these are wrong a reader says. */
  share: z.number(),
  judgedImages: count,
  /** Labels of a single cluster: nothing else can speak for or against them. */
  notJudged: z.array(atlasLabel),
  /** Clusters of which at least half the images are doubted: probably the label was a slip. The most doubtful first. */
  clusters: z.array(
    z.object({ cluster: clusterNumber, given: atlasLabel, suggested: atlasLabel, doubted: count, images: count }),
  ),
  /** The most doubtful first. */
  images: z.array(doubtedImage),
  /** How many images with a given label are doubted in favour of another; pairs with none are left out. The most first. */
  pairs: z.array(z.object({ given: atlasLabel, suggested: atlasLabel, images: count })),
});
export type LabelNoise = z.infer<typeof labelNoise>;

/**
 * How accuracy grows with labelled clusters: after each number of them, in the order in which they were labelled, the share of all
 * images that would carry their cluster's label had the rest been given what was proposed then. Whether proposals were right is
 * known of clusters that were labelled later, and estimated for those that nobody has labelled yet.
 */
export const learningCurve = z.object({
  points: z.array(
    z.object({
      clusters: count,
      accuracy: z.number(),
      interval,
      /** The share of the images without a label at that time whose label is known by now. */
      measured: z.number(),
    }),
  ),
  /** An inverse power law through the points, `ceiling - scale * clusters ^ -rate`; null where none can be drawn. */
  law: z.object({ ceiling: z.number(), scale: z.number(), rate: z.number() }).nullable(),
  /** What labelling so many more clusters is expected to be worth, in shares of images; empty where that cannot be told. */
  more: z.array(
    z.object({ clusters: count, accuracy: z.number(), interval, gain: z.number(), gainInterval: interval }),
  ),
});
export type LearningCurve = z.infer<typeof learningCurve>;

/** What has been done so far, by all readers, at this moment. */
export const labellingProgress = z.object({
  /** What was undone counts too: it was work. An undo by itself does not count. */
  actions: z.object({
    total: count,
    labels: count,
    decisions: count,
    splits: count,
    /** Images that were told apart or said to belong in one go count as one. */
    outliers: count,
  }),
  /** Of the reader who asks. */
  mine: count,
  /** Clusters as they are to be labelled: the parts of what was split. */
  clusters: count,
  labelledClusters: count,
  images: count,
  labelledImages: count,
});
export type LabellingProgress = z.infer<typeof labellingProgress>;

/** What was worked out from the labels, of some time ago; what has been labelled, split or decided since is left out of its lists. */
export const guide = z.object({
  madeAt: z.iso.datetime(),
  /** Labels, splits and decisions since, that it does not know of; 0 where it is up to date. */
  behind: count,
  labelledClusters: count,
  next: z.array(nextCluster),
  impure: z.array(impureCluster),
  outliers: z.array(misplacedImage),
  noise: labelNoise,
  /** Null with too few labelled clusters to say. */
  curve: learningCurve.nullable(),
});
export type Guide = z.infer<typeof guide>;

/** `GET /api/atlas/clusterings/:id/suggestions` */
export const suggestions = z.object({
  progress: labellingProgress,
  /** Null until a job `guide-atlas` has worked it out, by the labels that are asked for. */
  guide: guide.nullable(),
  /** Null, or why this clustering can have none: it was made before its features were kept. */
  unavailable: z.string().nullable(),
});
export type Suggestions = z.infer<typeof suggestions>;

/** Parts of a split; null for as many as come out most distinct. */
const partCount = z.number().int().min(2).max(6);

/** `GET /api/atlas/clusterings/:id/clusters/:cluster/split?parts=`: what a split would make, nothing is done yet. */
export const splitQuery = z.object({ parts: z.coerce.number().int().min(2).max(6).optional() });
export const splitPreview = z.object({ cluster: clusterNumber, parts: z.array(clusterPart.omit({ proposed: true })) });
export type SplitPreview = z.infer<typeof splitPreview>;

/**
 * `POST /api/atlas/clusterings/:id/clusters/:cluster/split`, answered by the split. The id is drawn by the browser; what is sent twice is
 * done once.
 */
export const newSplit = z.object({ id: z.string().min(8).max(64), parts: partCount.nullable().default(null) });
export type NewSplit = z.input<typeof newSplit>;

/** A split that stands; `DELETE /api/atlas/clusterings/:id/clusters/:cluster/split` undoes it while no part is labelled or split. */
export const clusterSplit = z.object({
  cluster: clusterNumber,
  /** The numbers of the clusters that it was parted into. */
  parts: z.array(clusterNumber),
  by: z.object({ id: z.string(), name: z.string() }),
  at: z.iso.datetime(),
});
export type ClusterSplit = z.infer<typeof clusterSplit>;

/** `GET /api/atlas/clusterings/:id/splits` */
export const clusterSplits = z.object({ splits: z.array(clusterSplit) });
export type ClusterSplits = z.infer<typeof clusterSplits>;

/**
 * `apart`: it is not what its cluster is, and takes no part in training or counting; `belongs`: it is, and is not suggested again;
 * `open`: takes either back.
 */
export const memberVerdict = z.enum(["apart", "belongs", "open"]);
export type MemberVerdict = z.infer<typeof memberVerdict>;

/** `POST /api/atlas/clusterings/:id/outliers`: one action, be it on one image or on many of a cluster. */
export const newMemberDecision = z.object({
  id: z.string().min(8).max(64),
  cluster: clusterNumber,
  images: z.array(z.string().min(1).max(200)).min(1).max(10_000),
  verdict: memberVerdict,
});
export type NewMemberDecision = z.infer<typeof newMemberDecision>;

/** `GET /api/atlas/clusterings/:id/outliers`: what readers decided of single images, as it stands; `open` ones are left out. */
export const memberDecisions = z.object({
  decisions: z.array(
    z.object({
      image: z.string(),
      cluster: clusterNumber,
      verdict: z.enum(["apart", "belongs"]),
      by: z.object({ id: z.string(), name: z.string() }),
      at: z.iso.datetime(),
    }),
  ),
});
export type MemberDecisions = z.infer<typeof memberDecisions>;
