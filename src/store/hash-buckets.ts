/**
 * Hash codes in the database: bits, and integers cut out of them, each of which is indexed and so names the bucket of like codes.
 * A search looks into the buckets around the query's own and ranks what lies there by the bits that differ. Only plain
 * PostgreSQL is asked for, so that a cluster of its kin serves as well.
 */

import { sql } from "kysely";
import { type ImageId, imageId, type PatientId, patientId } from "../clinic/ids.ts";
import { OsteonError } from "../errors.ts";
import type { Database } from "./database.ts";

/** How codes are cut: the first `tables * keyBits` bits are the keys, one after another. */
export interface BucketShape {
  /** A multiple of 32. */
  readonly bits: number;
  readonly tables: number;
  /** At most 31. */
  readonly keyBits: number;
}

/** A table of codes. */
export interface CodeTable extends BucketShape {
  readonly name: string;
}

/** A code of an image; bit b is bit b % 32 of word floor(b / 32). */
export interface CodeRow {
  readonly image: ImageId;
  readonly patient: PatientId;
  readonly code: Uint32Array;
}

/** A patient near a query, by the nearest of its images. */
export interface NearCode {
  readonly image: ImageId;
  readonly patient: PatientId;
  /** Bits that differ. */
  readonly distance: number;
}

/** What is looked for. */
export interface CodeQuery {
  readonly code: Uint32Array;
  /** How many patients. */
  readonly k: number;
  /** For each key the buckets that differ from the query's own in at most so many bits; -1 for none. Every code where it is left out. */
  readonly radii?: readonly number[] | undefined;
  /** Patients that are left out: the query's own. */
  readonly without?: readonly PatientId[];
}

/** What is looked for among all codes, by as many of their first bits as the code has. */
export interface CodesWithin {
  readonly code: Uint32Array;
  /** Bits that may differ. */
  readonly farthest: number;
  /** How many images. */
  readonly limit: number;
  /** The last one of the part before; from the nearest on where it is left out. */
  readonly after?: NearCode | undefined;
}

/**
 * Makes an empty table of codes for what is named, such as a run that builds an index; one that is there already is taken.
 *
 * @throws OsteonError `bad-usage` for a shape that codes cannot have
 */
export const openCodeTable = async (database: Database, owner: string, shape: BucketShape): Promise<CodeTable> => {
  checkShape(shape);
  return database.transaction().execute(async (transaction) => {
    const there = await findCodeTable(transaction, owner);
    if (there) return there;
    const { bits, tables, keyBits } = shape;
    const { number } = await transaction
      .insertInto("code_tables")
      .values({ owner, bits, tables, key_bits: keyBits })
      .returning("number")
      .executeTakeFirstOrThrow();
    const table = { name: nameOf(number), ...shape };
    const keys = bucketsOf(table).map(
      (column, i) =>
        `${column} integer not null generated always as (substring(code from ${i * keyBits + 1} for ${keyBits})::integer) stored`,
    );
    const columns = ["image_id text primary key", "patient_id text not null", `code bit(${bits}) not null`, ...keys];
    await sql.raw(`create table ${table.name} (${columns.join(", ")})`).execute(transaction);
    return table;
  });
};

/** The table of what is named; undefined where there is none. */
export const findCodeTable = async (database: Database, owner: string): Promise<CodeTable | undefined> => {
  const row = await database.selectFrom("code_tables").selectAll().where("owner", "=", owner).executeTakeFirst();
  return row && { name: nameOf(row.number), bits: row.bits, tables: row.tables, keyBits: row.key_bits };
};

/** What has tables of codes in a database. */
export const listCodeOwners = async (database: Database): Promise<string[]> => {
  const rows = await database.selectFrom("code_tables").select("owner").orderBy("owner").execute();
  return rows.map(({ owner }) => owner);
};

/** Removes the table of what is named with its codes. */
export const removeCodeTable = (database: Database, owner: string): Promise<void> =>
  database.transaction().execute(async (transaction) => {
    const table = await findCodeTable(transaction, owner);
    if (!table) return;
    await sql.raw(`drop table ${table.name}`).execute(transaction);
    await transaction.deleteFrom("code_tables").where("owner", "=", owner).execute();
  });

/**
 * Makes the buckets fast to find. Before, codes go in several times as fast; after, searches see each code at once. May be asked
 * for again.
 */
export const indexCodeTable = async (database: Database, table: CodeTable): Promise<void> => {
  for (const column of bucketsOf(table)) {
    await sql.raw(`create index if not exists ${table.name}_${column} on ${table.name} (${column})`).execute(database);
  }
  await sql.raw(`analyze ${table.name}`).execute(database);
};

/** Writes codes, all or none of these; an image that has one gets the new one. Several processes may do so at once. */
export const writeCodes = async (database: Database, table: CodeTable, rows: readonly CodeRow[]): Promise<void> => {
  if (rows.length === 0) return;
  const sorted = rows.toSorted((a, b) => (a.image < b.image ? -1 : 1)); // two that write the same never wait for each other
  await sql`
    insert into ${sql.table(table.name)} (image_id, patient_id, code)
      select image, patient, ('x' || code)::bit(${sql.raw(`${table.bits}`)})
        from unnest(${sorted.map(({ image }) => image as string)}::text[], ${sorted.map(({ patient }) => patient as string)}::text[],
          ${sorted.map(({ code }) => hexOf(code))}::text[]) as given (image, patient, code)
      on conflict (image_id) do update set patient_id = excluded.patient_id, code = excluded.code`.execute(database);
};

/** Takes images out. */
export const deleteCodes = async (database: Database, table: CodeTable, images: readonly ImageId[]): Promise<void> => {
  await sql`delete from ${sql.table(table.name)} where image_id = any(${[...images]}::text[])`.execute(database);
};

/** How many codes there are. */
export const countCodes = async (database: Database, table: CodeTable): Promise<number> => {
  const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.table(table.name)}`.execute(
    database,
  );
  return Number(rows[0]!.count);
};

/** The images that have codes, by their ids, so many after one of them; from the first on where none is named. */
export const listCodedImages = async (
  database: Database,
  table: CodeTable,
  { after = imageId(""), limit }: { readonly after?: ImageId | undefined; readonly limit: number },
): Promise<ImageId[]> => {
  const { rows } = await sql<{ image: string }>`
    select image_id as image from ${sql.table(table.name)} where image_id > ${after} order by image_id limit ${limit}
  `.execute(database);
  return rows.map(({ image }) => imageId(image));
};

/** The images nearest to a code, the nearest first; equal ones by the image's id. Each code is looked at. */
export const codesWithin = async (
  database: Database,
  table: CodeTable,
  { code, farthest, limit, after }: CodesWithin,
): Promise<NearCode[]> => {
  const isLater = after ? sql`(distance, image) > (${after.distance}::integer, ${after.image})` : sql`true`;
  const { rows } = await sql<NearRow>`
    select image, patient, distance from (
      select image_id as image, patient_id as patient, ${distanceTo(table, code)} as distance
        from ${sql.table(table.name)}
    ) as codes where distance <= ${farthest} and ${isLater} order by distance, image limit ${limit}`.execute(database);
  return rows.map(nearOf);
};

/** The patients nearest to a code, each by its nearest image, the nearest first; equal ones by the image's id. */
export const nearestCodes = async (
  database: Database,
  table: CodeTable,
  { code, k, radii, without = [] }: CodeQuery,
): Promise<NearCode[]> => {
  const ofOthers = without.length === 0 ? sql`true` : sql`patient_id <> all(${[...without] as string[]}::text[])`;
  const { rows } = await sql<NearRow>`
    select image, patient, distance from (
      select distinct on (patient) * from (
        select image_id as image, patient_id as patient, ${distanceTo(table, code)} as distance
          from ${sql.table(table.name)} where ${inBuckets(table, code, radii)} and ${ofOthers}
          order by distance, image limit ${radii === undefined ? null : k * imagesRanked}
      ) as candidates order by patient, distance, image
    ) as patients order by distance, image limit ${k}`.execute(database);
  return rows.map(nearOf);
};

interface NearRow {
  readonly image: string;
  readonly patient: string;
  readonly distance: number;
}

const nearOf = ({ image, patient, distance }: NearRow): NearCode => ({
  image: imageId(image),
  patient: patientId(patient),
  distance,
});

/** In how many bits a row's code differs from one that may be shorter. */
const distanceTo = ({ bits }: CodeTable, code: Uint32Array) => {
  const compared = code.length * 32;
  const first = compared === bits ? sql`code` : sql`substring(code from 1 for ${sql.raw(`${compared}`)})`;
  return sql`bit_count(${first} # ('x' || ${hexOf(code)})::bit(${sql.raw(`${compared}`)}))::integer`;
};

/** Of what lies in the buckets, the nearest are told apart by patient: so many for each that is asked for. */
const imagesRanked = 20;

/** The buckets around the query's own. */
const inBuckets = (table: CodeTable, code: Uint32Array, radii: readonly number[] | undefined) => {
  if (radii === undefined) return sql`true`;
  const conditions = bucketsOf(table).flatMap((column, i) => {
    const radius = radii[i] ?? -1;
    if (radius < 0) return [];
    const own = keyOf(code, i * table.keyBits, table.keyBits);
    const keys = masksWithin(table.keyBits, radius).map((mask) => own ^ mask);
    return [sql`${sql.ref(column)} = any(${keys}::integer[])`];
  });
  return conditions.length === 0 ? sql`false` : sql`(${sql.join(conditions, sql` or `)})`;
};

const bucketsOf = ({ tables }: BucketShape): string[] => Array.from({ length: tables }, (_, i) => `bucket_${i}`);

const nameOf = (number: number): string => `codes_${number}`;

const checkShape = ({ bits, tables, keyBits }: BucketShape): void => {
  const isWhole = [bits, tables, keyBits].every((value) => Number.isInteger(value) && value > 0);
  if (isWhole && bits % 32 === 0 && keyBits <= 31 && tables * keyBits <= bits) return;
  throw new OsteonError("bad-usage", `${tables} keys of ${keyBits} bits do not fit into codes of ${bits}.`);
};

/** Some bits of a code as a number, the first the highest: as PostgreSQL reads them. */
const keyOf = (code: Uint32Array, from: number, bits: number): number => {
  let key = 0;
  for (let b = from; b < from + bits; b++) key = (key << 1) | ((code[b >>> 5]! >>> (b & 31)) & 1);
  return key;
};

/** Every way to change at most so many of some bits: none, one, two. */
const masksWithin = (bits: number, radius: number): number[] => {
  const masks = [0];
  let last = [{ mask: 0, from: 0 }];
  for (let flips = 1; flips <= Math.min(radius, bits); flips++) {
    last = last.flatMap(({ mask, from }) =>
      Array.from({ length: bits - from }, (_, i) => ({ mask: mask | (1 << (from + i)), from: from + i + 1 })),
    );
    masks.push(...last.map(({ mask }) => mask));
  }
  return masks;
};

/** Hexadecimal digits by four bits of a word, the lowest bit being the first of the code. */
const digits = Array.from({ length: 16 }, (_, four) =>
  [0, 1, 2, 3].reduce((value, bit) => value | (((four >> bit) & 1) << (3 - bit)), 0).toString(16),
);

/** A code as PostgreSQL reads bits: the first bit is the highest of the first digit. */
const hexOf = (code: Uint32Array): string => {
  let text = "";
  for (const word of code) for (let shift = 0; shift < 32; shift += 4) text += digits[(word >>> shift) & 15];
  return text;
};
