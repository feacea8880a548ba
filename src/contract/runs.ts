/** Runs: what was trained, built and measured, how it went, and what its networks look at. */

import { z } from "zod";
import { sortedRegion } from "./atlas-model.ts";
import { clusterNetwork } from "./jobs.ts";
import { heatMap } from "./queries.ts";
import { transferChoices, transferResult } from "./transfer.ts";

export const runState = z.enum(["running", "finished", "failed", "stopped"]);
export type RunState = z.infer<typeof runState>;

/** Of 95 %. */
const interval = z.tuple([z.number(), z.number()]);

const figure = z.object({
  name: z.string(),
  value: z.number(),
  /** By patient; null where none was worked out. */
  interval: interval.nullable(),
});
export type RunFigure = z.infer<typeof figure>;

/** Why a run failed: a code that a page translates, with its English sentence. */
const problem = z.object({ code: z.string(), detail: z.string() });

/** What is sent to `POST /api/jobs`. */
const jobToStart = z.object({
  kind: z.enum(["train-precedents", "evaluate-precedents", "train-atlas", "cluster-atlas"]),
  settings: z.record(z.string(), z.unknown()),
});
export type JobToStart = z.infer<typeof jobToStart>;

export const runSummary = z.object({
  id: z.string(),
  /** Such as `precedents/train`. */
  system: z.string(),
  state: runState,
  /** The name of who started it; null from the command line. */
  startedBy: z.string().nullable(),
  /** The job that works on it, or did last. */
  job: z.string().nullable(),
  createdAt: z.iso.datetime(),
  /** When it came to its end, whichever; null while it runs, and where its process was killed. */
  endedAt: z.iso.datetime().nullable(),
  /** What was learned; null for what learns nothing. */
  target: z.string().nullable(),
  /** Epochs of all its networks; null for what has none. */
  progress: z.object({ done: z.number().int(), epochs: z.number().int() }).nullable(),
  /** What stands for the run; null until it is known. */
  main: figure.nullable(),
  problem: problem.nullable(),
});
export type RunSummary = z.infer<typeof runSummary>;

export const runFilter = z.object({ system: z.string().max(100).optional(), state: runState.optional() });
export const runList = z.object({ runs: z.array(runSummary) });
export type RunList = z.infer<typeof runList>;

/** Radiographs of a cluster, over all clusters. */
const clusterSpread = z.tuple([z.int(), z.number(), z.number(), z.number(), z.int()]);

const clusterMeasures = z.object({
  /** With the clusters of the epoch before (normalised by the arithmetic mean); null in the first. How steady they are, not how right. */
  nmi: z.number().nullable(),
  /** The same adjusted for chance. */
  ami: z.number().nullable(),
  /** Smallest, first quartile, median, third quartile, largest. */
  sizes: clusterSpread,
  /** How often a cluster was empty and got half of another. */
  reseeded: z.int(),
  /** The mean squared distance to the own centre; features have length 1. */
  distance: z.number(),
});
export type ClusterMeasures = z.infer<typeof clusterMeasures>;

export const runEpoch = z.object({
  /** From 1, over all networks of the run. */
  epoch: z.number().int(),
  epochs: z.number().int(),
  /** From 1. */
  network: z.number().int(),
  loss: z.number(),
  /** Of augmented training pictures. */
  accuracy: z.number(),
  /** Null where it was not kept. */
  lr: z.number().nullable(),
  /** On radiographs that are not learned from; null where the run has none. */
  validation: z.object({ loss: z.number(), accuracy: z.number() }).nullable(),
  seconds: z.number().nullable(),
  picturesPerSecond: z.number().nullable(),
  /** How the pictures were clustered at its beginning; null for what clusters nothing. */
  measures: clusterMeasures.nullable(),
});
export type RunEpoch = z.infer<typeof runEpoch>;

export const epochFilter = z.object({ after: z.coerce.number().int().min(0).default(0) });
export const runEpochs = z.object({ epochs: z.array(runEpoch) });
export type RunEpochs = z.infer<typeof runEpochs>;

/** What the server tells when an epoch ends (`event: epoch`). */
export const epochEvent = z.object({ run: z.string(), epoch: runEpoch });
export type EpochEvent = z.infer<typeof epochEvent>;

const labelScores = z.object({
  label: z.string(),
  /** Null where there is nothing to count: nobody was taken for the label. */
  precision: z.number().nullable(),
  /** Null where no test radiograph has the label. */
  recall: z.number().nullable(),
  f1: z.number(),
  /** Test radiographs of this label. */
  support: z.number().int(),
  /** Null where too few patients have the label. */
  intervals: z.object({ precision: interval.nullable(), recall: interval.nullable(), f1: interval.nullable() }),
});
export type RunLabel = z.infer<typeof labelScores>;

const confusion = z.object({
  labels: z.array(z.string()),
  /** `counts[i][j]`: test radiographs of true label i that were taken for j. */
  counts: z.array(z.array(z.number().int())),
  /** Of each true label those without a vote. */
  undecided: z.array(z.number().int()),
});
export type RunConfusion = z.infer<typeof confusion>;

/** A number of clusters with what its test run gave. */
const clusterCandidate = z.object({
  clusters: z.int(),
  /** In [0, 1] or a little below; the highest is chosen. */
  score: z.number(),
  /**
   * What the score is: how often a cluster's commonest region (or body part, by the headers) among half of the patients is right for
   * the others; or, where neither is known, how well a classifier of half of the patients finds the clusters of the others,
   * adjusted for chance.
   */
  what: z.enum(["region", "body part", "clusters"]),
  /** Of the last two clusterings of the test run. */
  nmi: z.number(),
  ami: z.number(),
  sizes: clusterSpread,
  chosen: z.boolean(),
});
export type ClusterCandidate = z.infer<typeof clusterCandidate>;

export const runDetail = runSummary.extend({
  /** What it was told, flat, by names such as `training.batchSize`; without whom it tests. */
  settings: z.array(z.object({ name: z.string(), value: z.string() })),
  /** What it worked on. */
  data: z.object({
    /** Equal for runs of equal settings on the same radiographs and labels. */
    fingerprint: z.string(),
    radiographs: z.number().int().nullable(),
    patients: z.number().int().nullable(),
    testRadiographs: z.number().int().nullable(),
    testPatients: z.number().int().nullable(),
  }),
  classes: z.array(z.string()),
  epochs: z.array(runEpoch),
  figures: z.array(figure),
  /** What labels and matrix are counted by: the plurality vote of the k nearest. */
  vote: z.object({ rule: z.literal("plurality"), k: z.number().int(), search: z.literal("hashed") }).nullable(),
  labels: z.array(labelScores),
  confusion: confusion.nullable(),
  /** The test runs by which the number of clusters was chosen; null where it was told. */
  clusterChoice: z.array(clusterCandidate).nullable(),
  /** Of an evaluation of transfer. */
  transfer: transferResult.nullable(),
  artefacts: z.array(z.object({ name: z.string(), bytes: z.number().int() })),
  /** Whether single radiographs can be looked at. */
  hasOutcomes: z.boolean(),
  /** Whether its networks can be asked where they look. */
  hasNetworks: z.boolean(),
  /** Whether it has written a report to be read as a page. */
  hasReport: z.boolean(),
  /** How it goes on: its job is resumed, or one is started as told. Null where it cannot or need not. */
  resume: z.union([z.object({ job: z.string() }), z.object({ request: jobToStart })]).nullable(),
});
export type RunDetail = z.infer<typeof runDetail>;

/** One radiograph of the test side. */
const outcome = z.object({
  image: z.string(),
  label: z.string(),
  /** Null where nobody voted. */
  vote: z.object({ label: z.string(), share: z.number(), tie: z.boolean() }).nullable(),
  /** Of an atlas model: what its networks say together, the two likeliest regions first; null for what votes. */
  sorted: sortedRegion.omit({ run: true }).nullable(),
  isRight: z.boolean(),
  /** Whether its label is one that the networks learned. */
  isLearned: z.boolean(),
});
export type RunOutcome = z.infer<typeof outcome>;

export const outcomeFilter = z.object({
  result: z.enum(["right", "wrong"]).optional(),
  label: z.string().max(200).optional(),
  /** What the vote said. */
  voted: z.string().max(200).optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(24),
});
export const outcomeList = z.object({ total: z.number().int(), outcomes: z.array(outcome) });
export type OutcomeList = z.infer<typeof outcomeList>;

/** A stage of the networks; the earlier, the finer its map, and the less of one class alone. */
const explainedLayer = z.enum(["layer4", "layer3", "layer2"]);

export const gradCamFilter = z.object({
  label: z.string().min(1).max(200),
  /** By default the last that is not too coarse to show a place. */
  layer: explainedLayer.optional(),
});

/** Where the networks of a run look when they take a radiograph for a class (Grad-CAM). */
export const gradCam = z.object({
  label: z.string(),
  layer: explainedLayer,
  /** That the networks give the class, each one's own averaged. */
  probability: z.number(),
  /** What they take it for. */
  predicted: z.object({ label: z.string(), probability: z.number() }),
  networks: z.number().int(),
  /** What speaks for the class; what speaks against it is cut off. */
  map: heatMap,
  /** Of the radiograph, in the same pixels as the map's area. */
  picture: z.object({ width: z.number().int(), height: z.number().int() }),
});
export type GradCamPicture = z.infer<typeof gradCam>;

/** Which runs are put side by side. */
export const comparisonFilter = z.object({ first: z.string(), second: z.string() });

export const comparison = z.object({
  first: runDetail,
  second: runDetail,
  /**
   * Second less first by one draw of patients for both; null where they did not link the same radiographs with the same
   * labels, and so no difference can be claimed.
   */
  differences: z
    .array(
      z.object({
        name: z.string(),
        difference: z.number(),
        interval,
        /** Whether the interval leaves out 0 and a permutation test by patient agrees (p < 0.05). */
        differs: z.boolean(),
      }),
    )
    .nullable(),
});
export type RunComparison = z.infer<typeof comparison>;

/** What a clustering of the archive as it is now would be. */
const clusteringChoices = z.object({
  presets: z.array(
    z.object({
      name: z.enum(["small", "recommended", "as-published"]),
      network: clusterNetwork,
      sobel: z.boolean(),
      imageSize: z.int(),
      /** Clusterings; each is learned from until the next. */
      epochs: z.int(),
      batchSize: z.int(),
      /** Passes over the radiographs between two clusterings. */
      reassign: z.number(),
      lr: z.number(),
      /** How many clusters they would be put in. */
      clusters: z.int(),
      /** Which numbers test runs would choose from. */
      candidates: z.array(z.int()),
    }),
  ),
  networks: z.array(clusterNetwork),
  /** Radiographs that are clustered. */
  images: z.int(),
  /** Names of files in the home's folder `weights`. */
  weights: z.array(z.string()),
  /** Whether a network of the precedents is there, whose features can be clustered by. */
  hasPrecedents: z.boolean(),
});

/** What can be learned from the archive as it is now. */
export const trainingChoices = z.object({
  transfer: transferChoices,
  clustering: clusteringChoices,
  presets: z.array(
    z.object({
      name: z.enum(["small", "recommended", "as-published"]),
      architecture: z.string(),
      imageSizes: z.array(z.number().int()),
    }),
  ),
  targets: z.array(
    z.object({
      name: z.enum(["entity", "region", "label"]),
      /** Different values in the archive; with fewer than two there is nothing to learn. */
      classes: z.number().int(),
      radiographs: z.number().int(),
      patients: z.number().int(),
      /** Of each network, by preset. */
      epochs: z.record(z.string(), z.number().int()),
    }),
  ),
});
export type TrainingChoices = z.infer<typeof trainingChoices>;

export const metricsFormat = z.object({ format: z.enum(["json", "csv"]).default("json") });
