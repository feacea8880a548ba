/**
 * A PostgreSQL server for kysely: several connections, so that reading goes on while somebody writes. Transactions take turns
 * on the whole server as they do on the embedded database, so that every one finds what the one before left.
 */

import { setTimeout as sleep } from "node:timers/promises";
import { types as embedded } from "@electric-sql/pglite";
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
import { Pool, type PoolClient, types as postgres } from "pg";
import { OsteonError } from "../errors.ts";
import type { DatabaseServer } from "./database-server.ts";
import { databaseServerError, isAway } from "./database-server-error.ts";
import { transactionTurn } from "./migrations.ts";

interface PostgresOptions {
  /** By which the statements of one process are known; `current_setting('osteon.process', true)` in SQL. */
  readonly process: string;
  /** How long a server that is away is waited for, once it was there; what is asked meanwhile comes later. */
  readonly patienceMs?: number;
}

/** Connections of one process; a server has a hundred, unless it is told otherwise. */
const mostConnections = 8;
const connectMs = 10_000;
const defaultPatienceMs = 30_000;
const retryMs = 250;

/** Speaks to a server. */
export const postgresDialect = (server: DatabaseServer, options: PostgresOptions): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new PostgresDriver(server, options),
  createIntrospector: (database) => new PostgresIntrospector(database),
  createQueryCompiler: () => new PostgresQueryCompiler(),
});

/** Values come out as they do of the embedded database: by its own parsers, where it has one. */
const parserOf = ((oid: number, format?: "text" | "binary") => {
  const parser = oid in embedded.parsers && format !== "binary" ? embedded.parsers[oid] : undefined;
  return parser ? (text: string) => parser(text, oid) : postgres.getTypeParser(oid, format as "text");
}) as typeof postgres.getTypeParser;

class PostgresDriver implements Driver {
  readonly #server: DatabaseServer;
  readonly #pool: Pool;
  readonly #patienceMs: number;
  #hasAnswered = false;

  constructor(server: DatabaseServer, { process, patienceMs = defaultPatienceMs }: PostgresOptions) {
    this.#server = server;
    this.#patienceMs = patienceMs;
    this.#pool = new Pool({
      ...server.secretConnection(),
      max: mostConnections,
      connectionTimeoutMillis: connectMs,
      keepAlive: true,
      application_name: "osteon",
      options: `-c osteon.process=${process}`,
      types: { getTypeParser: parserOf },
    });
    this.#pool.on("error", () => {}); // a connection that nobody uses has gone; the next one is made anew
    this.#pool.on("connect", (client) => client.on("error", () => {})); // what was under way rejects by itself
  }

  async init(): Promise<void> {}

  /** A server that was there before is waited for a while: it may be starting again. */
  async acquireConnection(): Promise<DatabaseConnection> {
    const patience = performance.now() + (this.#hasAnswered ? this.#patienceMs : 0);
    for (;;) {
      try {
        const client = await this.#pool.connect();
        this.#hasAnswered = true;
        return new PostgresConnection(client, this.#server);
      } catch (cause) {
        if (!isAway(cause) || performance.now() >= patience) throw databaseServerError(cause, this.#server);
        await sleep(retryMs);
      }
    }
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    (connection as PostgresConnection).release();
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(`begin; ${transactionTurn}`));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("commit"));
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw("rollback"));
  }

  async destroy(): Promise<void> {
    await this.#pool.end();
  }
}

class PostgresConnection implements DatabaseConnection {
  readonly #client: PoolClient;
  readonly #server: DatabaseServer;
  #isGone = false;

  constructor(client: PoolClient, server: DatabaseServer) {
    this.#client = client;
    this.#server = server;
  }

  async executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    try {
      const answer = await this.#client.query<never>(sql, [...parameters]);
      const results = (Array.isArray(answer) ? answer : [answer]) as (typeof answer)[]; // of several statements in one text
      const rows = results.flatMap((result) => result.rows) as Row[];
      const [only] = results;
      const isRead = results.length > 1 || only?.rowCount == null || only.command === "SELECT";
      return isRead ? { rows } : { rows, numAffectedRows: BigInt(only.rowCount!) };
    } catch (cause) {
      this.#isGone ||= isAway(cause);
      throw databaseServerError(cause, this.#server);
    }
  }

  release(): void {
    this.#client.release(this.#isGone);
  }

  // biome-ignore lint/correctness/useYield: kysely asks for a generator, and the embedded database has no cursor either
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new OsteonError("unsupported", "The database does not stream.");
  }
}
