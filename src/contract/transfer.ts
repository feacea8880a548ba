/** Transfer: pretraining by cluster numbers, and what it is worth beside ImageNet and nothing. Part of runs.ts and jobs.ts. */

import { z } from "zod";

/** Of 95 %. */
const interval = z.tuple([z.number(), z.number()]);

/** What a network begins with: random weights, those of photographs, or those pretrained on radiographs. */
export const transferStart = z.enum(["nothing", "imagenet", "domain"]);
export type TransferStart = z.infer<typeof transferStart>;

export const transferNetwork = z.enum(["resnet18", "resnet34", "resnet50", "mobilenet_v1_0.25"]);
export type TransferNetwork = z.infer<typeof transferNetwork>;

export const transferPreset = z.enum(["small", "recommended", "as-published"]);

/** What came of an evaluation. */
export const transferResult = z.object({
  target: z.string(),
  classes: z.array(z.string()),
  /** Tested by at least one seed. */
  radiographs: z.number().int(),
  patients: z.number().int(),
  /** Of one seed. */
  folds: z.number().int(),
  seeds: z.number().int(),
  /** Training and testing of all rows. */
  seconds: z.number(),
  /** The share of the commonest class: what is right who always says it. */
  chance: z.number(),
  rows: z.array(
    z.object({
      start: transferStart,
      /** The name of the file, or the run that pretrained; null for nothing. */
      from: z.string().nullable(),
      /** Of radiographs that the network did not learn from; the mean over the seeds. */
      accuracy: z.number(),
      /** Over seeds (Student's t); null for fewer than two. */
      interval: interval.nullable(),
      /** Patients drawn with replacement, with their radiographs in all seeds. */
      byPatient: interval.nullable(),
      bySeed: z.array(z.number()),
      /** Of radiographs kept apart from learning and test, where the preset keeps some. */
      validation: z.number().nullable(),
      seconds: z.number(),
    }),
  ),
  /** The accuracy of `second` less that of `first`, paired by seed. */
  differences: z.array(
    z.object({
      first: transferStart,
      second: transferStart,
      difference: z.number(),
      /** Over seeds. */
      interval: interval.nullable(),
      byPatient: interval.nullable(),
      /** Whether both intervals leave out 0, and a permutation test by patient agrees (p < 0.05). */
      differs: z.boolean(),
    }),
  ),
});
export type TransferResult = z.infer<typeof transferResult>;

/** What the form needs that starts a pretraining or an evaluation. */
export const transferChoices = z.object({
  presets: z.array(
    z.object({
      name: transferPreset,
      network: transferNetwork,
      imageSize: z.number().int(),
      /** Of the pretraining of all that the newest clustering holds. */
      pretrainEpochs: z.number().int(),
      /** Of each downstream network. */
      epochs: z.number().int(),
      folds: z.number().int(),
      seeds: z.number().int(),
    }),
  ),
  networks: z.array(transferNetwork),
  /** The newest first. */
  clusterings: z.array(z.object({ run: z.string(), clusters: z.number().int(), images: z.number().int() })),
  /** Finished pretrainings, the newest first. */
  pretrained: z.array(
    z.object({
      run: z.string(),
      network: transferNetwork,
      imageSize: z.number().int(),
      clusters: z.number().int(),
      radiographs: z.number().int(),
    }),
  ),
  /** Names of files in the home's folder `weights`. */
  weights: z.array(z.string()),
  targets: z.array(
    z.object({
      name: z.enum(["entity", "region", "label"]),
      classes: z.array(z.object({ name: z.string(), radiographs: z.number().int(), patients: z.number().int() })),
    }),
  ),
});
export type TransferChoices = z.infer<typeof transferChoices>;

const seed = z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(0);
/** A file in the home's folder `weights`, by its name. */
export const weightsFile = z
  .string()
  .max(255)
  .regex(/^[^/\\]+$/);

/** What the jobs are told. */
export const transferJobSettings = {
  "pretrain-network": z.strictObject({
    preset: transferPreset.default("small"),
    /** Null for the newest clustering. */
    clustering: z.string().max(100).nullable().default(null),
    /** Null for what the preset says. */
    network: transferNetwork.nullable().default(null),
    /** What it begins with; null for the clustering's own network where it is of the same kind, or else nothing. */
    weights: weightsFile.nullable().default(null),
    /** The task that it is for: nothing is learned from patients of these classes. */
    leaveOut: z
      .strictObject({
        target: z.enum(["entity", "region", "label"]),
        classes: z.array(z.string().min(1).max(200)).min(1).max(50),
      })
      .nullable()
      .default(null),
    /** Side of the network's input; null for what the preset says. */
    imageSize: z.int().min(32).max(512).nullable().default(null),
    /** Null for what the preset says. */
    epochs: z.int().min(1).max(10_000).nullable().default(null),
    seed,
  }),
  "evaluate-transfer": z.strictObject({
    preset: transferPreset.default("small"),
    target: z.enum(["entity", "region", "label"]).default("entity"),
    classes: z.array(z.string().min(1).max(200)).min(2).max(50),
    /** Null for the newest pretraining; where there is none the row is left out. */
    pretrained: z.string().max(100).nullable().default(null),
    /** The weights of photographs; null leaves the row out. */
    weights: weightsFile.nullable().default(null),
    /** As many radiographs are drawn anew for each seed; null for all. */
    images: z.int().min(4).max(1_000_000).nullable().default(null),
    seeds: z.int().min(1).max(100).nullable().default(null),
    folds: z.int().min(2).max(20).nullable().default(null),
    epochs: z.int().min(1).max(10_000).nullable().default(null),
    /** Tests also on patients whom the pretraining learned from; else it refuses to. */
    allowOverlap: z.boolean().default(false),
    /** Of the first of the seeds. */
    seed,
  }),
} as const;
