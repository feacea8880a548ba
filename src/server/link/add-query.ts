/** Puts a radiograph among the queries: by a person, or for everybody as a worklist does. */

import { randomUUID } from "node:crypto";
import { type PatientId, patientId } from "../../clinic/ids.ts";
import type { LinkAnswer } from "../../contract/queries.ts";
import { type Home, insertQuery, type StoredQuery } from "../../store/index.ts";
import { patientOf } from "../../systems/cohort/index.ts";
import { type QueryFileRead, type QueryReading, readQuery } from "./read-query.ts";

/** A query with what this server keeps of it. */
export type Query = StoredQuery<QueryReading, LinkAnswer>;

/** A radiograph that is to be linked. */
export interface QueryToAdd {
  /** Where its file lies; it is kept in the home beside, and may go. */
  readonly file: string;
  /** As a person calls it. */
  readonly name: string;
  /** Who puts it there. */
  readonly person: string;
  /** Whether it is for everybody. */
  readonly worklist: boolean;
  readonly now: Date;
}

/** What reading a file says of a query. */
type ReadOutcome = Omit<QueryFileRead & { readonly ok: true }, "small"> | (QueryFileRead & { readonly ok: false });

/**
 * Adds a query: its file first, then its row, so that what has a row is whole. A file that cannot be read is added too, with the
 * reason.
 *
 * @example
 * await addQuery(home, { file, name: "knee.dcm", person: "local", worklist: true, now: new Date() });
 */
export const addQuery = async (home: Home, query: QueryToAdd): Promise<Query> =>
  (await addQueryBy(home, query, (path, keep) => readQuery(path, { files: home.files, keep }))).query;

/**
 * As {@link addQuery}.
 *
 * @param read reads the file and keeps its small picture under the id
 */
export const addQueryBy = async <Outcome extends ReadOutcome>(
  home: Home,
  { file, name, person, worklist, now }: QueryToAdd,
  read: (path: string, keep: string) => Promise<Outcome>,
): Promise<{ readonly query: Query; readonly outcome: Outcome }> => {
  const id = randomUUID();
  try {
    await home.files.keepQueryFile(id, file);
    const outcome = await read(home.files.queryPath(id), id);
    const query: Query = {
      id,
      fileName: name,
      person,
      worklist,
      createdAt: now,
      image: null,
      fileHash: outcome.ok ? outcome.fileHash : null,
      pixelHash: outcome.ok ? outcome.pixelHash : null,
      source: outcome.ok ? sourceOf(name, outcome.patientId) : null,
      reading: outcome.reading,
      box: null,
      answer: null,
    };
    await insertQuery(home.database, query);
    return { query, outcome };
  } catch (error) {
    await home.files.removeQueryFiles(id);
    throw error;
  }
};

const sourceOf = (name: string, patient: string | undefined): PatientId => patientId(patientOf(name, patient));
