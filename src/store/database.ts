/** The embedded database: PostgreSQL inside the process (PGlite), a folder on disk, spoken to through kysely. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { Kysely, sql } from "kysely";
import { OsteonError } from "../errors.ts";
import { exists, storageError, syncDirectory, writeFileAtomically } from "./atomic-file.ts";
import { makeEmptyDatabase } from "./empty-database.ts";
import { migrations } from "./migrations.ts";
import { pgliteDialect } from "./pglite-dialect.ts";
import type { Schema } from "./schema.ts";

/** The home's database. */
export type Database = Kysely<Schema>;

/**
 * Opens the database in a folder, making it and bringing it to the newest version as needed. The caller holds the home's
 * lock: two processes on one folder lose rows.
 *
 * @throws OsteonError `corrupt-store` when the folder holds a newer version or no database, `bad-input` when the disk is
 *   full or may not be written to
 */
export const openDatabase = async (directory: string): Promise<Database> => {
  if (!(await exists(directory))) await makeDatabase(directory);
  return openAndMigrate(directory);
};

const openAndMigrate = async (directory: string): Promise<Database> => {
  const client = await openClient(directory);
  const database = new Kysely<Schema>({ dialect: pgliteDialect(client) });
  try {
    await migrate(database);
  } catch (error) {
    await database.destroy();
    throw error;
  }
  return database;
};

/** Makes an empty database under another name first: what a kill or a full disk leaves half-made is no database yet. */
const makeDatabase = async (directory: string): Promise<void> => {
  const unfinished = `${directory}.unfinished`;
  try {
    await rm(unfinished, { recursive: true, force: true });
    await makeEmptyDatabase(unfinished, {
      key: databaseKey(),
      make: async (folder) => (await openAndMigrate(folder)).destroy(),
    });
    await rename(unfinished, directory);
    await syncDirectory(dirname(directory));
  } catch (cause) {
    throw storageError(cause);
  }
};

/** Tells apart what new databases are made by: the version of PGlite and every statement of the migrations. */
const databaseKey = (): string => {
  const manifest = new URL("../package.json", import.meta.resolve("@electric-sql/pglite"));
  const { version } = JSON.parse(readFileSync(manifest, "utf8")) as { version: string };
  const tables = createHash("sha256").update(JSON.stringify(migrations)).digest("hex");
  return `${version}-${tables.slice(0, 12)}`;
};

const openClient = async (directory: string): Promise<PGlite> => {
  try {
    return await PGlite.create(directory);
  } catch (cause) {
    await checkDisk(directory, cause);
    throw new OsteonError(
      "corrupt-store",
      "The home's database does not open; restore the home from a backup.",
      {},
      cause,
    );
  }
};

/** What opening a database may need of the disk at once: a segment of its log, in bytes. */
const segmentSize = 16 * 2 ** 20;

/** Throws where the disk and not the database is the trouble. PGlite does not say which, so the disk is tried out. */
const checkDisk = async (directory: string, cause: unknown): Promise<void> => {
  const told = storageError(cause);
  if (told instanceof OsteonError) throw told;
  const trial = join((await exists(directory)) ? directory : dirname(directory), "trial");
  try {
    await writeFileAtomically(trial, new Uint8Array(segmentSize));
  } finally {
    await rm(trial, { force: true });
  }
};

const migrate = async (database: Database): Promise<void> => {
  await sql`create table if not exists osteon_version (version integer primary key)`.execute(database);
  const { rows } = await sql<{ version: number | null }>`select max(version) as version from osteon_version`.execute(
    database,
  );
  const current = rows[0]?.version ?? 0;
  const newest = migrations.at(-1)!.version;
  if (current > newest) {
    throw new OsteonError(
      "corrupt-store",
      `The home has database version ${current} and this Osteon knows up to ${newest}; use a newer Osteon.`,
    );
  }
  for (const { version, statements } of migrations) {
    if (version <= current) continue;
    await database.transaction().execute(async (transaction) => {
      for (const statement of statements) await sql.raw(statement).execute(transaction);
      await sql`insert into osteon_version values (${version})`.execute(transaction);
    });
  }
};
