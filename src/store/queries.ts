/** Queries: radiographs that are to be linked, with what was read of them, the lesion as it is drawn and the last answer. */

import type { Insertable, Selectable } from "kysely";
import { type ImageId, imageId, type PatientId, patientId } from "../clinic/ids.ts";
import { OsteonError } from "../errors.ts";
import type { Database } from "./database.ts";
import type { QueriesTable } from "./schema.ts";

/** A query as plain data; what was read and what was answered is whatever its maker keeps as JSON. */
export interface StoredQuery<Reading = unknown, Answer = unknown> {
  readonly id: string;
  readonly fileName: string;
  /** Who made it. */
  readonly person: string;
  /** Whether it was put there for everybody. */
  readonly worklist: boolean;
  readonly createdAt: Date;
  /** The image of the archive that it is; null where it has a file of its own. */
  readonly image: ImageId | null;
  /** Hash of the file's bytes, and of its samples; null where it cannot be read. */
  readonly fileHash: string | null;
  readonly pixelHash: string | null;
  /** Whom the file names. */
  readonly source: PatientId | null;
  readonly reading: Reading;
  readonly box: QueryBox | null;
  readonly answer: Answer | null;
}

/** A rectangle in pixels; x and y are its left upper corner. */
export interface QueryBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const insertQuery = async (database: Database, query: StoredQuery): Promise<void> => {
  await database.insertInto("queries").values(toRow(query)).execute();
};

/** @throws OsteonError `not-found` */
export const getQuery = async <Reading, Answer>(
  database: Database,
  id: string,
): Promise<StoredQuery<Reading, Answer>> => {
  const row = await database.selectFrom("queries").selectAll().where("id", "=", id).executeTakeFirst();
  if (!row) throw new OsteonError("not-found", "There is no such query, or no longer.");
  return fromRow<Reading, Answer>(row);
};

/** More than anybody looks through. */
const mostListed = 200;

/** The newest of those that somebody made and those for everybody, or of all of them; the newest first. */
export const listQueries = async <Reading, Answer>(
  database: Database,
  person: string | "everybody",
): Promise<StoredQuery<Reading, Answer>[]> => {
  const all = database.selectFrom("queries").selectAll().orderBy("created_at", "desc").orderBy("id").limit(mostListed);
  const own =
    person === "everybody"
      ? all
      : all.where((where) => where.or([where("person_id", "=", person), where("worklist", "=", true)]));
  return (await own.execute()).map((row) => fromRow<Reading, Answer>(row));
};

/** Keeps the lesion as it is drawn now; null where there is none. */
export const keepQueryBox = async (database: Database, id: string, box: QueryBox | null): Promise<void> => {
  await database
    .updateTable("queries")
    .set({ box: box && JSON.stringify(box) })
    .where("id", "=", id)
    .execute();
};

/** Keeps what a link answered. */
export const keepQueryAnswer = async (database: Database, id: string, answer: unknown): Promise<void> => {
  await database
    .updateTable("queries")
    .set({ answer: JSON.stringify(answer) })
    .where("id", "=", id)
    .execute();
};

export const removeQuery = async (database: Database, id: string): Promise<void> => {
  await database.deleteFrom("queries").where("id", "=", id).execute();
};

/** The ids of all queries that have a file of their own. */
export const queriesWithFiles = async (database: Database): Promise<Set<string>> => {
  const rows = await database.selectFrom("queries").select("id").where("image_id", "is", null).execute();
  return new Set(rows.map(({ id }) => id));
};

const toRow = (query: StoredQuery): Insertable<QueriesTable> => ({
  id: query.id,
  file_name: query.fileName,
  person_id: query.person,
  worklist: query.worklist,
  created_at: query.createdAt,
  image_id: query.image,
  file_hash: query.fileHash,
  pixel_hash: query.pixelHash,
  source_patient_id: query.source,
  reading: JSON.stringify(query.reading),
  box: query.box && JSON.stringify(query.box),
  answer: query.answer === null ? null : JSON.stringify(query.answer),
});

const fromRow = <Reading, Answer>(row: Selectable<QueriesTable>): StoredQuery<Reading, Answer> => ({
  id: row.id,
  fileName: row.file_name,
  person: row.person_id,
  worklist: row.worklist,
  createdAt: row.created_at,
  image: row.image_id === null ? null : imageId(row.image_id),
  fileHash: row.file_hash,
  pixelHash: row.pixel_hash,
  source: row.source_patient_id === null ? null : patientId(row.source_patient_id),
  reading: JSON.parse(row.reading) as Reading,
  box: row.box === null ? null : (JSON.parse(row.box) as QueryBox),
  answer: row.answer === null ? null : (JSON.parse(row.answer) as Answer),
});
