/** Files that came in over the network: each lies in the home's `uploads/` under its id, with a row that says what it is. */

import { link, mkdir, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Selectable } from "kysely";
import { OsteonError } from "../errors.ts";
import { storageError } from "./atomic-file.ts";
import type { Database } from "./database.ts";
import type { Home } from "./home.ts";
import type { UploadsTable } from "./schema.ts";

/** An upload as plain data. */
export interface StoredUpload {
  readonly id: string;
  /** As its sender calls it; a name of one file, no path. */
  readonly name: string;
  readonly bytes: number;
  readonly person: string;
  readonly uploadedAt: Date;
}

/** Writes a file down that lies in its place already. */
export const insertUpload = async (database: Database, upload: StoredUpload): Promise<void> => {
  const { id, name, bytes, person, uploadedAt } = upload;
  await database
    .insertInto("uploads")
    .values({ id, name, bytes, person_id: person, uploaded_at: uploadedAt, kept_for: null })
    .execute();
};

/** @throws OsteonError `not-found` where one of them is not there, or no longer */
export const getUploads = async (database: Database, ids: readonly string[]): Promise<StoredUpload[]> => {
  const rows =
    ids.length === 0 ? [] : await database.selectFrom("uploads").selectAll().where("id", "in", ids).execute();
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => {
    const row = byId.get(id);
    if (!row) throw new OsteonError("not-found", "There is no such upload, or no longer; upload the file again.");
    return fromRow(row);
  });
};

/** Keeps uploads from the sweep as long as something needs them; with null, they may go a day later. */
export const keepUploads = async (
  database: Database,
  ids: readonly string[],
  { keptFor, at }: { readonly keptFor: string | null; readonly at: Date },
): Promise<void> => {
  if (ids.length === 0) return;
  await database.updateTable("uploads").set({ kept_for: keptFor, uploaded_at: at }).where("id", "in", ids).execute();
};

/** Forgets uploads; their files then go with {@link removeUploadFiles}, or at the next start where nobody gets to it. */
export const forgetUploads = async (database: Database, ids: readonly string[]): Promise<void> => {
  if (ids.length > 0) await database.deleteFrom("uploads").where("id", "in", ids).execute();
};

/** Removes the files of forgotten uploads. */
export const removeUploadFiles = async ({ files }: Home, ids: readonly string[]): Promise<void> => {
  for (const id of ids) await rm(join(files.uploads, id), { force: true });
};

/** Removes uploads: the rows first, so that nothing names a file that is gone. */
export const removeUploads = async (home: Home, ids: readonly string[]): Promise<void> => {
  await forgetUploads(home.database, ids);
  await removeUploadFiles(home, ids);
};

/** Removes the uploads that nothing needs and that came before a moment, and files that no row names. */
export const sweepUploads = async (home: Home, before: Date): Promise<void> => {
  const stale = await home.database
    .deleteFrom("uploads")
    .where("kept_for", "is", null)
    .where("uploaded_at", "<", before)
    .returning("id")
    .execute();
  await removeUploadFiles(
    home,
    stale.map(({ id }) => id),
  );
};

/** Removes files without a row: a killed server's. The caller knows that no upload is on its way. */
export const sweepStrayUploads = async ({ database, files }: Home): Promise<void> => {
  await mkdir(files.uploads, { recursive: true });
  const known = new Set((await database.selectFrom("uploads").select("id").execute()).map(({ id }) => id));
  for (const name of await readdir(files.uploads))
    if (!known.has(name)) await rm(join(files.uploads, name), { recursive: true, force: true });
};

/**
 * Lays uploads out in a new folder under the names that their senders gave them, for what reads names: each in a folder of
 * its own, since names repeat, or all together where they are one thing. Answers their paths.
 *
 * @throws OsteonError `bad-input` where files that belong together have one name
 */
export const layOutUploads = async (
  { files }: Home,
  uploads: readonly StoredUpload[],
  { folder, together = false }: { readonly folder: string; readonly together?: boolean },
): Promise<string[]> => {
  if (together && new Set(uploads.map(({ name }) => name)).size < uploads.length)
    throw new OsteonError("bad-input", "Two of the files have the same name; leave one of them out.");
  const paths = uploads.map(({ name }, i) => (together ? join(folder, name) : join(folder, String(i), name)));
  try {
    await rm(folder, { recursive: true, force: true });
    for (const [i, path] of paths.entries()) {
      await mkdir(dirname(path), { recursive: true });
      await link(join(files.uploads, uploads[i]!.id), path);
    }
  } catch (cause) {
    throw storageError(cause);
  }
  return paths;
};

const fromRow = (row: Selectable<UploadsTable>): StoredUpload => ({
  id: row.id,
  name: row.name,
  bytes: Number(row.bytes),
  person: row.person_id,
  uploadedAt: row.uploaded_at,
});
