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
  readonly #waiting: (() => void)[] = [];
  #isInTransaction = false;
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

  async acquireConnection(): Promise<DatabaseConnection> {
    return new PostgresConnection(() => this.#connect(), this.#server);
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    const { hasTurn } = connection as PostgresConnection;
    (connection as PostgresConnection).release();
    if (!hasTurn) return;
    const next = this.#waiting.shift();
    if (next) next();
    else this.#isInTransaction = false;
  }

  /** Waits first among those of this process, so that they do not hold all connections, and then on the server. */
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#isInTransaction) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#isInTransaction = true;
    (connection as PostgresConnection).hasTurn = true;
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

  /** A server that was there before is waited for a while: it may be starting again. */
  async #connect(): Promise<PoolClient> {
    const patience = performance.now() + (this.#hasAnswered ? this.#patienceMs : 0);
    for (;;) {
      try {
        const client = await this.#pool.connect();
        this.#hasAnswered = true;
        return client;
      } catch (cause) {
        if (!isAway(cause) || performance.now() >= patience) throw databaseServerError(cause, this.#server);
        await sleep(retryMs);
      }
    }
  }
}

/** Statements that may be sent again when a connection turns out to be gone as they come: nothing is done twice. */
const changesNothing = /^\s*(begin|select)\b/i;

/** Takes one of the pool's connections with its first statement, and has it alone until it is released. */
class PostgresConnection implements DatabaseConnection {
  /** Whether it is the one of this process that may be in a transaction. */
  hasTurn = false;
  readonly #connect: () => Promise<PoolClient>;
  readonly #server: DatabaseServer;
  #client: Promise<PoolClient> | undefined;
  #isGone = false;
  #hasAnswered = false;

  constructor(connect: () => Promise<PoolClient>, server: DatabaseServer) {
    this.#connect = connect;
    this.#server = server;
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    for (let stale = 0; ; stale++) {
      try {
        return await this.#execute<Row>(query);
      } catch (error) {
        const mayBeAskedAgain = this.#isGone && !this.#hasAnswered && changesNothing.test(query.sql);
        if (!mayBeAskedAgain || stale >= mostConnections) throw error;
        this.release(); // it lay in the pool while the server was started again
      }
    }
  }

  async #execute<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    this.#client ??= this.#connect();
    const client = await this.#client;
    try {
      const answer = await client.query<never>(sql, [...parameters]);
      this.#hasAnswered = true;
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
    const isGone = this.#isGone;
    this.#client?.then(
      (client) => client.release(isGone),
      () => {}, // there was none, and who asked was told
    );
    [this.#client, this.#isGone] = [undefined, false];
  }

  // biome-ignore lint/correctness/useYield: kysely asks for a generator, and the embedded database has no cursor either
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new OsteonError("unsupported", "The database does not stream.");
  }
}
