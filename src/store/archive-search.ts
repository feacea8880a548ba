/**
 * The archive as people look through it: which radiographs match, in which order, and how many have each value. The order is
 * handed out as a list of ids, so that whoever pages through it reads rows by their key however deep they are.
 */

import { setImmediate } from "node:timers/promises";
import { type RawBuilder, type Selectable, sql } from "kysely";
import { type ImageId, imageId, type PatientId, patientId } from "../clinic/ids.ts";
import type { Database } from "./database.ts";
import type { ImageRegion } from "./image-regions.ts";
import type { ArchiveImagesView, Origin } from "./schema.ts";

/** What radiographs are counted by, each as text. */
const facetColumns = {
  entity: sql`entity`,
  region: sql`region`,
  regionSource: sql`region_source`,
  sorted: sql`case when sorted_known then 'yes' when not sorted_known then 'no' end`,
  sortedScore: sql`case
    when not sorted_known then null
    when sorted_score >= 0.9 then '90' when sorted_score >= 0.7 then '70' when sorted_score >= 0.5 then '50'
    when sorted_score is not null then '0'
  end`,
  label: sql`label`,
  site: sql`site`,
  position: sql`position`,
  sex: sql`sex`,
  ageBand: sql`(floor(age_years / 10) * 10)::integer::text`,
  origin: sql`origin`,
  modality: sql`modality`,
  view: sql`view_position`,
  laterality: sql`laterality`,
  bodyPart: sql`body_part`,
  manufacturer: sql`manufacturer`,
  marked: sql`case when id in (select image_id from image_annotations) then 'yes' else 'no' end`,
  nearDuplicate: sql`case when near_duplicate_of is not null then 'yes' else 'no' end`,
  burnedInText: sql`case
    when id in (select image_id from burned_in_text where state = 'text') then 'yes'
    when id in (select image_id from burned_in_text where state in ('no text', 'none found')) then 'no'
  end`,
} as const satisfies Readonly<Record<string, RawBuilder<unknown>>>;
export type ArchiveFacet = keyof typeof facetColumns;

const facetNames = Object.keys(facetColumns) as ArchiveFacet[];

/** Which radiographs are wanted: those that match everything that is set. */
export interface ArchiveSearch {
  /** Any of the values for each name; null for those of which it is not known. */
  readonly values?: Readonly<Partial<Record<ArchiveFacet, readonly (string | null)[] | undefined>>>;
  /** In completed years. Both ends belong to it; null for an open end. */
  readonly ageYears?: readonly [number | null, number | null] | null;
  /** yyyy-mm-dd */
  readonly acquired?: readonly [string | null, string | null] | null;
  /** What the entity, region, label or site has in it, or the patient's whole number. */
  readonly text?: string;
  /** Entities, regions and sites that the text means besides. */
  readonly terms?: readonly string[];
  /** Those of this radiograph's patient. */
  readonly patientOf?: ImageId | null;
  /** These alone. */
  readonly images?: readonly ImageId[] | null;
}

/** By date, the newest or oldest first; by the day of the import; by patient and date; by entity; by age, the youngest first. */
export type ArchiveSorting = "newest" | "oldest" | "imported" | "patient" | "entity" | "age";

/** A radiograph as the archive lists it. */
export interface ArchiveImage {
  readonly id: ImageId;
  readonly patient: PatientId;
  readonly entity: string | null;
  /** As a table said it, or else as the atlas sorted it. */
  readonly region: string | null;
  readonly regionSource: "table" | "atlas" | null;
  /** What the atlas sorted it as; null where it did not. */
  readonly sorted: ImageRegion | null;
  readonly label: string | null;
  readonly ageYears: number | null;
  readonly sex: string | null;
  readonly site: string | null;
  readonly position: string | null;
  readonly origin: Origin;
  readonly modality: string | null;
  readonly view: string | null;
  readonly laterality: string | null;
  readonly bodyPart: string | null;
  readonly manufacturer: string | null;
  readonly acquiredOn: string | null;
  readonly importedAt: Date;
  readonly format: "dicom" | "png" | "jpeg";
  readonly width: number;
  readonly height: number;
  readonly exposure: number | null;
  readonly marked: boolean;
  readonly nearDuplicate: boolean;
}

/** How many radiographs have each value, the most first. */
export type FacetCounts = Readonly<
  Record<ArchiveFacet, readonly { readonly value: string | null; readonly count: number }[]>
>;

const orders: Readonly<Record<ArchiveSorting, RawBuilder<unknown>>> = {
  newest: sql`acquisition_date collate "C" desc nulls last, id collate "C"`,
  oldest: sql`acquisition_date collate "C" asc nulls last, id collate "C"`,
  imported: sql`imported_at desc, id collate "C"`,
  patient: sql`patient_id collate "C", acquisition_date collate "C" nulls last, id collate "C"`,
  entity: sql`entity collate "C" nulls last, patient_id collate "C", acquisition_date collate "C" nulls last, id collate "C"`,
  age: sql`age_years nulls last, patient_id collate "C", acquisition_date collate "C" nulls last, id collate "C"`,
};

/** The ids of all that match, in order. */
export const findArchiveImages = async (
  database: Database,
  search: ArchiveSearch,
  sorting: ArchiveSorting,
): Promise<ImageId[]> => {
  const { rows } = await sql<{ ids: string[] | null }>`
    select array_agg(id) as ids from (
      select id from archive_images where ${matching(search)} order by ${orders[sorting]}
    ) as found`.execute(database);
  return (rows[0]?.ids ?? []).map(imageId);
};

/** The patients of all that match, in the order of their numbers. */
export const findArchivePatients = async (database: Database, search: ArchiveSearch): Promise<PatientId[]> => {
  const { rows } = await sql<{ patients: string[] | null }>`
    select array_agg(patient_id) as patients from (
      select distinct patient_id collate "C" as patient_id from archive_images where ${matching(search)} order by 1
    ) as found`.execute(database);
  return (rows[0]?.patients ?? []).map(patientId);
};

/** Radiographs by their ids, in the order of the ids; those that are gone are left out. */
export const readArchiveImages = async (database: Database, ids: readonly ImageId[]): Promise<ArchiveImage[]> => {
  if (ids.length === 0) return [];
  const images = await selectImages(database, sql`id = any(${[...ids]})`);
  const byId = new Map(images.map((image) => [image.id, image]));
  return ids.flatMap((id) => byId.get(id) ?? []);
};

/** The radiographs of some patients that match, by patient and date. */
export const readImagesOfPatients = (
  database: Database,
  patients: readonly PatientId[],
  search: ArchiveSearch = {},
): Promise<ArchiveImage[]> =>
  selectImages(database, sql`patient_id = any(${[...patients]}) and ${matching(search)}`, orders.patient);

/** How often a radiograph came in again: in files of the same content, and in other pixels. */
export const readRepetitions = async (
  database: Database,
  image: ImageId,
): Promise<{ readonly duplicates: number; readonly nearDuplicates: ImageId[] }> => {
  const files = await database.selectFrom("duplicates").select("id").where("image_id", "=", image).execute();
  const near = await database.selectFrom("images").select("id").where("near_duplicate_of", "=", image).execute();
  return { duplicates: files.length, nearDuplicates: near.map(({ id }) => imageId(id)).sort() };
};

/** Counts the values of every name, each under the filters on the other names, and the radiographs and patients in all. */
export const countFacets = async (
  database: Database,
  search: ArchiveSearch,
): Promise<{ readonly images: number; readonly patients: number; readonly facets: FacetCounts }> => {
  const filtered = facetNames.filter((name) => search.values?.[name] !== undefined);
  const free = facetNames.filter((name) => !filtered.includes(name));
  const counted = new Map<ArchiveFacet, { value: string | null; count: number }[]>();
  for (let from = 0; from < free.length; from += facetsAtOnce) {
    const some = free.slice(from, from + facetsAtOnce);
    for (const [name, values] of await countValues(database, search, some)) counted.set(name, values);
    await setImmediate();
  }
  for (const name of filtered) {
    const { [name]: _, ...others } = search.values!;
    for (const [, values] of await countValues(database, { ...search, values: others }, [name]))
      counted.set(name, values);
  }
  const { rows } = await sql<{ images: number; patients: number }>`
    select coalesce(sum(n), 0)::integer as images, count(*)::integer as patients from (
      select count(*) as n from archive_images where ${matching(search)} group by patient_id
    ) as of_patients`.execute(database);
  const facets = Object.fromEntries(facetNames.map((name) => [name, counted.get(name) ?? []]));
  return { ...rows[0]!, facets: facets as unknown as FacetCounts };
};

/** Names that one reading of the rows counts: all would be the least work, but hold up everything else for too long. */
const facetsAtOnce = 5;

/** One reading of the rows counts the values of all names. */
const countValues = async (
  database: Database,
  search: ArchiveSearch,
  names: readonly ArchiveFacet[],
): Promise<Map<ArchiveFacet, { value: string | null; count: number }[]>> => {
  const counted = new Map(names.map((name) => [name, [] as { value: string | null; count: number }[]]));
  if (names.length === 0) return counted;
  const columns = names.map((name) => sql.ref(name));
  const { rows } = await sql<{ which: number; value: string | null; count: number }>`
    select grouping(${sql.join(columns)}) as which, coalesce(${sql.join([...columns, sql`null`])}) as value,
      count(*)::integer as count
    from (
      select ${sql.join(names.map((name) => sql`${facetColumns[name]} as ${sql.ref(name)}`))}
      from archive_images where ${matching(search)}
    ) as matching
    group by grouping sets (${sql.join(columns.map((column) => sql`(${column})`))})
    order by count desc, value`.execute(database);
  // Of the bits of `which`, the one of the name by which a row is grouped is 0, and the others are 1.
  const all = 2 ** names.length - 1;
  for (const [i, name] of names.entries()) {
    const which = all - 2 ** (names.length - 1 - i);
    for (const row of rows) if (row.which === which) counted.get(name)!.push({ value: row.value, count: row.count });
  }
  return counted;
};

const matching = ({ values = {}, ageYears, acquired, text = "", terms = [], patientOf, images }: ArchiveSearch) => {
  const conditions = [
    ...Object.entries(values).map(([name, wanted]) => oneOf(facetColumns[name as ArchiveFacet], wanted ?? [])),
    ...within(sql`floor(age_years)`, ageYears), // as pages show ages: who is 45.7 is 45
    ...within(sql`acquisition_date collate "C"`, acquired),
    ...(text === "" ? [] : [hasText(text, terms)]),
    ...(patientOf ? [sql`patient_id = (select patient_id from images where id = ${patientOf})`] : []),
    ...(images ? [sql`id = any(${[...images]})`] : []),
  ];
  return conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `);
};

const oneOf = (column: RawBuilder<unknown>, values: readonly (string | null)[]) => {
  const known = values.filter((value) => value !== null);
  const isUnknown = sql`${column} is null`;
  const isKnown = sql`${column} = any(${known})`;
  return known.length === values.length ? isKnown : sql`(${isKnown} or ${isUnknown})`;
};

const within = (
  column: RawBuilder<unknown>,
  range: readonly [number | string | null, number | string | null] | null | undefined,
) => [
  ...(range && range[0] !== null ? [sql`${column} >= ${range[0]}`] : []),
  ...(range && range[1] !== null ? [sql`${column} <= ${range[1]}`] : []),
];

const hasText = (text: string, terms: readonly string[]) => {
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  const columns = ["entity", "region", "label", "site"].map((name) => sql.ref(name));
  return sql`(${sql.join(
    [
      sql`patient_id = ${text}`,
      ...columns.map((column) => sql`${column} ilike ${pattern}`),
      ...columns.map((column) => sql`${column} = any(${[...terms]})`),
    ],
    sql` or `,
  )})`;
};

type ImageRow = Selectable<ArchiveImagesView> & { readonly marked: boolean };

const selectImages = async (
  database: Database,
  condition: RawBuilder<unknown>,
  order: RawBuilder<unknown> = sql`id`,
): Promise<ArchiveImage[]> => {
  const { rows } = await sql<ImageRow>`
    select *, exists (select from image_annotations where image_id = archive_images.id) as marked
    from archive_images where ${condition} order by ${order}`.execute(database);
  return rows.map((row) => ({
    id: imageId(row.id),
    patient: patientId(row.patient_id),
    entity: row.entity,
    region: row.region,
    regionSource: row.region_source,
    sorted: sortedOf(row),
    label: row.label,
    ageYears: row.age_years,
    sex: row.sex,
    site: row.site,
    position: row.position,
    origin: row.origin,
    modality: row.modality,
    view: row.view_position,
    laterality: row.laterality,
    bodyPart: row.body_part,
    manufacturer: row.manufacturer,
    acquiredOn: row.acquisition_date,
    importedAt: row.imported_at,
    format: row.format,
    width: row.width,
    height: row.height,
    exposure: row.exposure,
    marked: row.marked,
    nearDuplicate: row.near_duplicate_of !== null,
  }));
};

const sortedOf = (row: ImageRow): ImageRegion | null =>
  row.sorted_by === null
    ? null
    : {
        run: row.sorted_by,
        region: row.sorted_region!,
        score: row.sorted_score!,
        second:
          row.sorted_second_region === null
            ? null
            : { region: row.sorted_second_region, score: row.sorted_second_score! },
        known: row.sorted_known!,
        reason: row.sorted_reason,
      };
