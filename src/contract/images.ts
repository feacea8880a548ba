/** The archive as pages look through it: searches, counts by value, one radiograph with all that is known of it. */

import { z } from "zod";
import { regionSource, sortedRegion } from "./atlas-model.ts";
import { box } from "./pictures.ts";
import { course } from "./queries.ts";

/** The id of a radiograph: a hash, and for one of several exposures on a plate its number. */
export const imageKey = z.string().regex(/^[0-9a-f]{64}(#[1-9]\d{0,3})?$/);

/** What radiographs are counted and filtered by. Where a radiograph says nothing of age, sex or site, its patient's tables do. */
export const facetNames = [
  "entity",
  "region",
  "regionSource",
  "sorted",
  "sortedScore",
  "label",
  "site",
  "position",
  "sex",
  "ageBand",
  "origin",
  "modality",
  "view",
  "laterality",
  "bodyPart",
  "manufacturer",
  "marked",
  "nearDuplicate",
  "burnedInText",
] as const;
export const facetName = z.enum(facetNames);
export type FacetName = z.infer<typeof facetName>;

/**
 * A value as text; null where it is not known. Age bands are their first year: `20` for 20 to 29. Of `marked`,
 * `nearDuplicate` and `burnedInText` the values are `yes` and `no`; of the last it is not known while nobody has looked or decided.
 * Of `sorted` they are `yes`, `no` for what the atlas found to be of no region, and null where it has not looked. Of `regionSource`
 * they are `table` and `atlas`; of `sortedScore`, how sure the atlas is of the region, the lower end in per cent: `90`, `70`, `50`, `0`.
 */
const facetValue = z.string().max(200).nullable();

const range = <T extends z.ZodType>(end: T) => z.tuple([end.nullable(), end.nullable()]).nullable().default(null);

/** Which radiographs are wanted: those that match everything that is set. Sent in bodies alone, never in addresses. */
export const archiveFilter = z.strictObject({
  /** Any of the values, for each name. */
  values: z.partialRecord(facetName, z.array(facetValue).min(1).max(300)).default({}),
  /** In completed years. Both ends belong to it. */
  ageYears: range(z.int().min(0).max(150)),
  acquired: range(z.iso.date()),
  /** In the name of entity, region, label or site, in German or English, or a patient's whole number. */
  text: z.string().trim().max(200).default(""),
  /** The radiographs of this radiograph's patient. */
  patientOf: imageKey.nullable().default(null),
  /** These alone. */
  images: z.array(imageKey).max(5000).nullable().default(null),
});
export type ArchiveFilter = z.infer<typeof archiveFilter>;
/** What a page may send. */
export type ArchiveFilterInput = z.input<typeof archiveFilter>;

export const archiveOrders = ["newest", "oldest", "imported", "patient", "entity", "age"] as const;
export const archiveOrder = z.enum(archiveOrders);
export type ArchiveOrder = z.infer<typeof archiveOrder>;

const place = {
  offset: z.int().min(0).max(10_000_000).default(0),
  limit: z.int().min(0).max(500).default(100),
};

const anyFilter = archiveFilter.prefault({});

export const imageSearch = z.strictObject({ filter: anyFilter, order: archiveOrder.default("newest"), ...place });
export const patientSearch = z.strictObject({ filter: anyFilter, ...place });
export const facetSearch = z.strictObject({ filter: anyFilter });
export const exportSearch = z.strictObject({ filter: anyFilter, order: archiveOrder.default("newest") });

/** A radiograph in a list. */
export const imageSummary = z.object({
  id: z.string(),
  patient: z.string(),
  entity: z.string().nullable(),
  /** As a table said it, or else as the atlas sorted it. */
  region: z.string().nullable(),
  regionSource: regionSource.nullable(),
  /** What the atlas sorted it as; null where it did not. */
  sorted: sortedRegion.nullable(),
  label: z.string().nullable(),
  ageYears: z.number().nullable(),
  /** `female`, `male`, `other`. */
  sex: z.string().nullable(),
  site: z.string().nullable(),
  position: z.string().nullable(),
  origin: z.enum(["internal", "external"]),
  modality: z.string().nullable(),
  view: z.string().nullable(),
  laterality: z.string().nullable(),
  /** yyyy-mm-dd */
  acquiredOn: z.string().nullable(),
  /** In pixels. */
  width: z.number().int(),
  height: z.number().int(),
  /** Whether somebody drew on it. */
  marked: z.boolean(),
  nearDuplicate: z.boolean(),
});
export type ImageSummary = z.infer<typeof imageSummary>;

export const imagePage = z.object({ total: z.number().int(), images: z.array(imageSummary) });
export type ImagePage = z.infer<typeof imagePage>;

export const patientPage = z.object({
  total: z.number().int(),
  patients: z.array(z.object({ patient: z.string(), images: z.array(imageSummary) })),
});
export type PatientPage = z.infer<typeof patientPage>;

/** How many radiographs have each value, under the filters on all other names. */
export const facets = z.object({
  images: z.number().int(),
  patients: z.number().int(),
  facets: z.record(facetName, z.array(z.object({ value: facetValue, count: z.number().int() }))),
});
export type Facets = z.infer<typeof facets>;

export const thumbnailSize = z.enum(["96", "192", "384"]);

const report = z.object({
  id: z.string(),
  kind: z.enum(["radiology", "pathology", "tumour board"]).nullable(),
  date: z.string().nullable(),
  text: z.string(),
});

export const imageDetail = imageSummary.extend({
  bodyPart: z.string().nullable(),
  manufacturer: z.string().nullable(),
  format: z.enum(["dicom", "png", "jpeg"]),
  importedAt: z.iso.datetime(),
  /** Its number on a plate of several exposures, from 1. */
  exposure: z.number().int().nullable(),
  /** What others said or drew, in pixels of the radiograph. */
  annotations: z.array(
    z.object({
      source: z.string(),
      label: z.string(),
      box: box.nullable(),
      /** Of a polygon. */
      corners: z.array(z.tuple([z.number(), z.number()])).nullable(),
    }),
  ),
  /** Files with the same radiograph. */
  duplicates: z.number().int(),
  nearDuplicateOf: z.string().nullable(),
  /** Radiographs that show this one again. */
  nearDuplicates: z.array(z.string()),
  /** The patient's other radiographs, in the order of time. */
  others: z.array(imageSummary),
  course,
  /** From the role researcher up; null for the others. File names and reports may name people. */
  source: z
    .object({
      fileName: z.string(),
      studyInstanceUid: z.string().nullable(),
      seriesInstanceUid: z.string().nullable(),
      sopInstanceUid: z.string().nullable(),
      reports: z.array(report),
    })
    .nullable(),
});
export type ImageDetail = z.infer<typeof imageDetail>;
