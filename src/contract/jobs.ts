/** Background jobs: what can be asked for, and how far it is. */

import { z } from "zod";
import { transferJobSettings, weightsFile } from "./transfer.ts";

/** Files of an import: uploads, or a folder on the server that it may read. */
const uploads = z.array(z.string()).max(20_000);
const folder = z.string().min(1).max(4096);
const seed = z.int().min(0).max(Number.MAX_SAFE_INTEGER).default(0);

/** What training and evaluating are told. */
const training = z.strictObject({
  preset: z.enum(["small", "recommended", "as-published"]).default("small"),
  /** Null for the first of entity, region, label that has two values in the archive. */
  target: z.enum(["entity", "region", "label"]).nullable().default(null),
  /** Null for what the preset says. */
  epochs: z.int().min(1).max(10_000).nullable().default(null),
  /** The sides of the input of the networks; null for what the preset says. */
  imageSizes: z.array(z.int().min(32).max(512)).min(1).max(5).nullable().default(null),
  /** What the networks begin with; null for nothing. */
  weights: weightsFile.nullable().default(null),
  seed,
});

/** The networks that DeepCluster can train. */
export const clusterNetwork = z.enum(["resnet18", "resnet34", "resnet50", "alexnet", "vgg16", "mobilenet_v1_0.25"]);

const clusterCount = z.int().min(2).max(100_000);

/** What clustering is told. Null is for what the preset says, or the archive's size. */
const clustering = z.strictObject({
  /** Those that DeepCluster learns from the clusters themselves, or those of the precedents' newest network. */
  features: z.enum(["deepcluster", "precedents"]).default("deepcluster"),
  preset: z.enum(["small", "recommended", "as-published"]).default("small"),
  network: clusterNetwork.nullable().default(null),
  /** Whether the network sees edges instead of greys. */
  sobel: z.boolean().nullable().default(null),
  /** One number; some that test runs choose from; or `auto` for test runs of numbers that suit the archive's size. */
  clusters: z
    .union([clusterCount, z.array(clusterCount).min(2).max(10), z.literal("auto")])
    .nullable()
    .default(null),
  epochs: z.int().min(1).max(10_000).nullable().default(null),
  imageSize: z.int().min(32).max(512).nullable().default(null),
  batchSize: z.int().min(2).max(4096).nullable().default(null),
  /** A file in the home's folder `weights`, by its name; null to begin from nothing. */
  weights: weightsFile.nullable().default(null),
  seed,
});

/** What each kind of job is told. */
export const jobSettings = {
  "import-radiographs": z.strictObject({
    uploads: uploads.default([]),
    folder: folder.nullable().default(null),
    /** The upload of a table with what is known of each image. */
    labels: z.string().nullable().default(null),
    origin: z.enum(["internal", "external"]).default("internal"),
    splitExposures: z.boolean().default(false),
    /** Sorts them by region afterwards, where the atlas is trained. */
    sort: z.boolean().default(true),
  }),
  /** What `import-table` is then told, after a person looked at it; the upload stays for that. */
  "propose-table-mapping": z.strictObject({
    upload: z.string(),
    /** Null for a workbook's first one. */
    sheet: z.string().nullable().default(null),
    asOf: z.iso.date().nullable().default(null),
  }),
  "import-table": z.strictObject({
    upload: z.string(),
    /** The table's name in the home; an earlier one of the name is replaced. Null for the file's name. */
    name: z.string().trim().min(1).max(200).nullable().default(null),
    /** As `propose-table-mapping` answers it and a person corrects it. */
    mapping: z.record(z.string(), z.unknown()),
    /** The day the table was taken. */
    asOf: z.iso.date().nullable().default(null),
  }),
  "import-reports": z.strictObject({
    /** A table with a column of texts, or an `index.csv` with its text files. */
    uploads: uploads.min(1),
  }),
  "train-precedents": training.extend({
    /** The share of patients whom the network is kept from, so that it can be promised what it says of new ones. */
    holdOut: z.number().min(0).max(0.5).default(0),
  }),
  "build-index": z.strictObject({
    /** Other workers that are asked to help; null for as many as there are. */
    helpers: z.int().min(0).max(100).nullable().default(null),
  }),
  /** Makes slices of an index that is being built. */
  "help-index": z.strictObject({
    /** The run that builds it. */
    run: z.string().max(200),
  }),
  "evaluate-precedents": training,
  "study-precedents": z.strictObject({
    preset: z.enum(["small", "as-published"]).default("small"),
    target: z.enum(["entity", "region", "label"]).default("entity"),
    /** Who may be tested: patients with one radiograph, as published, or anybody. */
    test: z.enum(["single-radiograph", "any"]).default("single-radiograph"),
    /** Of every network; null for what the preset says. */
    epochs: z.int().min(1).max(10_000).nullable().default(null),
    /** Candidates of the search besides the preset's own; null for what the preset says. */
    search: z.int().min(0).max(200).nullable().default(null),
    /** What the ResNets begin with; null for nothing. */
    weights: weightsFile.nullable().default(null),
    seed,
  }),
  "cluster-atlas": clustering,
  "train-atlas": z.strictObject({
    /** Whose labels are learned; null for the newest clustering. */
    clustering: z.string().max(100).nullable().default(null),
    preset: z.enum(["small", "recommended", "as-published"]).default("small"),
    /** Of each network; null for what the preset says. */
    epochs: z.int().min(1).max(10_000).nullable().default(null),
    seed,
  }),
  "sort-archive": z.strictObject({
    /** Sorts also what the newest model has sorted already. */
    again: z.boolean().default(false),
  }),
  /** Works out what the labelling page suggests, for who starts it. */
  "guide-atlas": z.strictObject({
    /** Null for the newest clustering. */
    clustering: z.string().max(100).nullable().default(null),
    labels: z.enum(["mine", "settled"]).default("mine"),
  }),
  ...transferJobSettings,
  /** Makes the archive's codes for other centres. */
  "index-centres": z.strictObject({
    /** By the network that is common already, or by a new one that is made of this centre's own. */
    network: z.enum(["as before", "own"]).default("as before"),
    /** The upload of another centre's network, which then becomes the common one. */
    upload: z.string().nullable().default(null),
  }),
  "refresh-records": z.strictObject({}),
  "find-burned-in-text": z.strictObject({}),
  "build-cohort": z.strictObject({
    /** As in `studies/cohorts/`. */
    definition: z.record(z.string(), z.unknown()),
  }),
};
export type JobSettings = typeof jobSettings;

export const jobKindName = z.enum(Object.keys(jobSettings) as [keyof JobSettings, ...(keyof JobSettings)[]]);
export type JobKindName = keyof JobSettings;

/** A job to be started. */
export const jobRequest = z.discriminatedUnion(
  "kind",
  Object.entries(jobSettings).map(([kind, settings]) =>
    z.strictObject({ kind: z.literal(kind), settings }),
  ) as unknown as [RequestOf<JobKindName>, ...RequestOf<JobKindName>[]],
);
type RequestOf<Kind extends JobKindName> = Kind extends unknown
  ? z.ZodObject<{ kind: z.ZodLiteral<Kind>; settings: JobSettings[Kind] }, z.core.$strict>
  : never;
export type JobRequest = z.input<typeof jobRequest>;

export const jobState = z.enum(["waiting", "running", "finished", "failed", "cancelled"]);
export type JobState = z.infer<typeof jobState>;

export const job = z.object({
  id: z.string(),
  kind: z.string(),
  state: jobState,
  /** Empty for who may not start such a job. */
  settings: z.unknown(),
  /** `total` is 0 where it is not known. */
  progress: z.object({ done: z.number(), total: z.number(), note: z.string() }).nullable(),
  /** What came of it, by its kind; null for who may not start such a job. */
  result: z.unknown(),
  problem: z.object({ code: z.string(), detail: z.string() }).nullable(),
  startedBy: z.object({ id: z.string(), name: z.string() }),
  /** Whether who asks may cancel it now, or let it go on. */
  mayCancel: z.boolean(),
  mayResume: z.boolean(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
});
export type Job = z.infer<typeof job>;

export const jobFilter = z.object({
  /** Separated by commas. */
  state: z.string().optional(),
  kind: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
});

export const jobList = z.object({ jobs: z.array(job) });
export type JobList = z.infer<typeof jobList>;
