/** The embedded database for kysely: one connection, which transactions take in turn. */

import type { PGlite, Results } from "@electric-sql/pglite";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
} from "kysely";
import { OsteonError } from "../errors.ts";
import { storageError } from "./atomic-file.ts";

/** Speaks to an open database. */
export const pgliteDialect = (client: PGlite): Dialect => ({
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
    else this.#taken = true;
    return new PgliteConnection(this.#client);
  }

  /** Hands the connection to the next in the row while it is still taken, so that nobody comes between. */
  async releaseConnection(): Promise<void> {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#taken = false;
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

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    const { rows, affectedRows } = await this.#run<Row>(sql, parameters).catch((cause) => {
      throw storageError(cause);
    });
    return affectedRows === undefined ? { rows } : { rows, numAffectedRows: BigInt(affectedRows) };
  }

  /** As PostgreSQL has it: a text without parameters may hold several statements, whose rows come one after another. */
  async #run<Row>(sql: string, parameters: readonly unknown[]): Promise<Pick<Results<Row>, "rows" | "affectedRows">> {
    if (parameters.length > 0) return this.#client.query<Row>(sql, [...parameters]);
    const results = (await this.#client.exec(sql)) as Results<Row>[];
    return results.length === 1 ? results[0]! : { rows: results.flatMap(({ rows }) => rows) };
  }

  // biome-ignore lint/correctness/useYield: kysely asks for a generator, and PGlite has no cursor to stream from
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new OsteonError("unsupported", "The embedded database does not stream.");
  }
}
