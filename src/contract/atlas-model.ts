/**
 * The atlas model: networks that learned the regions from readers' labels of clusters, and the archive sorted by them. It is trained
 * by a job `train-atlas` and sorts by a job `sort-archive` (jobs.ts); its run has figures, matrix, outcomes and heat maps as every
 * run has (runs.ts).
 */

import { z } from "zod";

/** Why a picture belongs to no region that the model knows. */
export const noRegionReasons = [
  /** It looks like what readers discarded. */
  "like-discarded",
  /** The networks have seen nothing like it. */
  "unlike-regions",
  /** Its texture is unlike all of the archive's radiographs. */
  "unlike-archive",
  /** Its file says that it is of another modality. */
  "other-modality",
  /** It can be no radiograph: too small, a photograph in colour, blank, noise, a ramp of grey, a drawing, a page. */
  "too-small",
  "colour-photograph",
  "blank",
  "noise",
  "gradient",
  "drawing",
  "document",
] as const;
export const noRegionReason = z.enum(noRegionReasons);
export type NoRegionReason = z.infer<typeof noRegionReason>;

const scoredRegion = z.object({ region: z.string(), score: z.number() });

/** What the model took a radiograph for. */
export const sortedRegion = scoredRegion.extend({
  /** The run whose model it was. */
  run: z.string(),
  /** The next likeliest. */
  second: scoredRegion.nullable(),
  /** False where it belongs to no region that the model knows; then the region is only the least unlikely one. */
  known: z.boolean(),
  /** Null where it is known. */
  reason: noRegionReason.nullable(),
});
export type SortedRegion = z.infer<typeof sortedRegion>;

/** Who says of which region a radiograph is: a table that came with it, or the atlas. */
export const regionSource = z.enum(["table", "atlas"]);
export type RegionSource = z.infer<typeof regionSource>;

/** Of 95 %, by patient. */
const interval = z.tuple([z.number(), z.number()]).nullable();

export const atlasModel = z.object({
  /** The run that trained it. */
  run: z.string(),
  /** Whose labels it learned. */
  clustering: z.string(),
  trainedAt: z.iso.datetime(),
  regions: z.array(z.string()),
  /** How many networks sort together, one for each fold. */
  folds: z.number().int(),
  radiographs: z.number().int(),
  patients: z.number().int(),
  figures: z.array(z.object({ name: z.string(), value: z.number(), interval })),
  /** Whether labels of its clustering were given, changed or taken back since. */
  labelsChanged: z.boolean(),
});
export type AtlasModel = z.infer<typeof atlasModel>;

/** What a training would learn now. */
export const atlasLessons = z.object({
  clustering: z.string(),
  clusters: z.number().int(),
  /** Those whose label is settled. */
  labelledClusters: z.number().int(),
  regions: z.array(
    z.object({
      region: z.string(),
      clusters: z.number().int(),
      radiographs: z.number().int(),
      patients: z.number().int(),
    }),
  ),
  discarded: z.object({ clusters: z.number().int(), radiographs: z.number().int(), patients: z.number().int() }),
  /** Why nothing can be learned yet; null where it can. */
  problem: z.object({ code: z.string(), detail: z.string() }).nullable(),
});
export type AtlasLessons = z.infer<typeof atlasLessons>;

export const atlasModelFilter = z.object({
  /** The clustering that would be learned from; the newest by default. */
  clustering: z.string().max(100).optional(),
});

/** `GET /api/atlas/model` */
export const atlasModelState = z.object({
  /** The newest; null before the first. */
  model: atlasModel.nullable(),
  /** Null before the archive is clustered. */
  lessons: atlasLessons.nullable(),
  archive: z.object({
    images: z.number().int(),
    /** Sorted into a region by the newest model, of no region, and not sorted by it. */
    known: z.number().int(),
    unknown: z.number().int(),
    unsorted: z.number().int(),
  }),
});
export type AtlasModelState = z.infer<typeof atlasModelState>;
