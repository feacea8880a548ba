/**
 * The database, spoken to through kysely: PostgreSQL inside the process (PGlite, a folder on disk), or a PostgreSQL server that
 * several processes share. The same tables, the same statements.
 */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { Kysely, sql } from "kysely";
import { OsteonError } from "../errors.ts";
import { exists, storageError, syncDirectory, writeFileAtomically } from "./atomic-file.ts";
import type { DatabaseServer } from "./database-server.ts";
import { makeEmptyDatabase } from "./empty-database.ts";
import { migrations } from "./migrations.ts";
import { pgliteDialect } from "./pglite-dialect.ts";
import { postgresDialect } from "./postgres-dialect.ts";
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

/**
 * Opens a database on a server and brings it to the newest version as needed, whoever else does the same.
 *
 * @param process by which the statements of this process are known
 * @throws OsteonError `database-unreachable`, `bad-input` with what the server refuses, `corrupt-store` for a newer version
 */
export const openServerDatabase = async (server: DatabaseServer, process: string): Promise<Database> => {
  const database = connectDatabase(server, process);
  try {
    await checkSorting(database, server);
    await migrate(database);
  } catch (error) {
    await database.destroy();
    throw error;
  }
  return database;
};

/** The database on a server as another process of the same work has opened it. */
export const connectDatabase = (server: DatabaseServer, process: string): Database =>
  new Kysely<Schema>({ dialect: postgresDialect(server, { process }) });

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

/** What is drawn by a seed depends on the order of what was read, and that on the database's rules of sorting. */
const checkSorting = async (database: Database, server: DatabaseServer): Promise<void> => {
  const { rows } = await sql<{ encoding: string; sorting: string }>`
    select pg_encoding_to_char(encoding) as encoding, case datlocprovider when 'c' then datcollate else 'icu' end as sorting
      from pg_database where datname = current_database()`.execute(database);
  const { encoding, sorting } = rows[0]!;
  if (encoding === "UTF8" && /^(C|POSIX)(\.|$)/.test(sorting)) return;
  throw new OsteonError(
    "bad-input",
    `The tables of ${server} would be sorted by ${sorting} in ${encoding}, and Osteon needs C in UTF8; make another with: createdb --template=template0 --encoding=UTF8 --locale=C.UTF-8 NAME`,
  );
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

/** Each version in a transaction, which has its turn: of several processes one makes it, and the others find it made. */
const migrate = async (database: Database): Promise<void> => {
  const current = await database.transaction().execute(async (transaction) => {
    await sql`create table if not exists osteon_version (version integer primary key)`.execute(transaction);
    return readVersion(transaction);
  });
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
      if (version <= (await readVersion(transaction))) return;
      for (const statement of statements) await sql.raw(statement).execute(transaction);
      await sql`insert into osteon_version values (${version})`.execute(transaction);
    });
  }
};

const readVersion = async (database: Database): Promise<number> => {
  const { rows } = await sql<{ version: number | null }>`select max(version) as version from osteon_version`.execute(
    database,
  );
  return rows[0]?.version ?? 0;
};
