/** The embedded database: PostgreSQL inside the process (PGlite), a folder on disk, spoken to through kysely. */

import { PGlite } from "@electric-sql/pglite";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  sql,
} from "kysely";
import { OsteonError } from "../errors.ts";
import { migrations } from "./migrations.ts";
import type { Schema } from "./schema.ts";

/** The home's database. */
export type Database = Kysely<Schema>;

/**
 * Opens the database in a folder, making it and bringing it to the newest version as needed. The caller holds the home's
 * lock: two processes on one folder lose rows.
 *
 * @throws OsteonError `corrupt-store` when the folder holds a newer version or no database
 */
export const openDatabase = async (directory: string): Promise<Database> => {
  let client: PGlite;
  try {
    client = await PGlite.create(directory);
  } catch (cause) {
    throw new OsteonError(
      "corrupt-store",
      "The home's database does not open; restore the home from a backup.",
      {},
      cause,
    );
  }
  const database = new Kysely<Schema>({ dialect: pgliteDialect(client) });
  try {
    await migrate(database);
  } catch (error) {
    await database.destroy();
    throw error;
  }
  return database;
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

const pgliteDialect = (client: PGlite): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new PgliteDriver(client),
  createIntrospector: (database) => new PostgresIntrospector(database),
  createQueryCompiler: () => new PostgresQueryCompiler(),
});

/** One connection, which transactions take in turn. */
class PgliteDriver implements Driver {
  readonly #client: PGlite;
  readonly #waiting: (() => void)[] = [];
  #taken = false;

  constructor(client: PGlite) {
    this.#client = client;
  }

  async init(): Promise<void> {
    await this.#client.waitReady;
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#taken) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#taken = true;
    return new PgliteConnection(this.#client);
  }

  async releaseConnection(): Promise<void> {
    this.#taken = false;
    this.#waiting.shift()?.();
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("begin"));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("commit"));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("rollback"));
  }

  async destroy(): Promise<void> {
    await this.#client.close();
  }
}

class PgliteConnection implements DatabaseConnection {
  readonly #client: PGlite;

  constructor(client: PGlite) {
    this.#client = client;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, affectedRows } = await this.#client.query<Row>(query.sql, [...query.parameters]);
    return affectedRows === undefined ? { rows } : { rows, numAffectedRows: BigInt(affectedRows) };
  }

  // biome-ignore lint/correctness/useYield: kysely asks for a generator, and PGlite has no cursor to stream from
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new OsteonError("unsupported", "The embedded database does not stream.");
  }
}
