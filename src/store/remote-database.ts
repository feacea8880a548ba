/**
 * The home's database for other processes and threads: one process holds it, and those that work for it speak to it through
 * a channel of messages. Each transaction has the one connection for itself, wherever it is asked for.
 */

import type { ChildProcess } from "node:child_process";
import type { MessagePort } from "node:worker_threads";
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
} from "kysely";
import { type ErrorCode, OsteonError } from "../errors.ts";
import type { Database } from "./database.ts";
import type { Schema } from "./schema.ts";

/** Messages to and from who is at the other end. Other messages may pass on the same way; they are left alone. */
export interface DatabaseChannel {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Told once the other end is gone. */
  onClose(listener: () => void): void;
  /** Ends the channel, where it serves nothing else. */
  close?(): void;
}

/** The channel of a forked process (`serialization: "advanced"`), at either end. */
export const processChannel = (other: ChildProcess | NodeJS.Process): DatabaseChannel => ({
  send: (message) => {
    if (other.connected) other.send?.(message as object, undefined, {}, () => {}); // a broken channel is told by "disconnect"
  },
  onMessage: (listener) => void other.on("message", listener),
  onClose: (listener) => void other.on("disconnect", listener),
});

/** The channel of a worker thread, at either end. */
export const portChannel = (port: MessagePort): DatabaseChannel => ({
  send: (message) => port.postMessage(message),
  onMessage: (listener) => void port.on("message", listener),
  onClose: (listener) => void port.on("close", listener),
  close: () => port.close(),
});

/** Something asked of the database. Statements of a transaction name the request that began it. */
type Request =
  | ({ readonly ask: "query"; readonly number: number; readonly transaction: number | null } & Statement)
  | { readonly ask: "begin"; readonly number: number }
  | { readonly ask: "commit" | "rollback"; readonly number: number; readonly transaction: number };

interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
}

type Answer =
  | { readonly number: number; readonly rows: readonly unknown[]; readonly affected?: bigint }
  | { readonly number: number; readonly failure: Failure };

/** An error as it travels. */
interface Failure {
  readonly message: string;
  /** Osteon's own code, or else PostgreSQL's. */
  readonly code?: string;
  readonly isOwn: boolean;
}

const isRequest = (message: unknown): message is { readonly database: Request } =>
  typeof (message as { database?: { ask?: unknown } } | null)?.database?.ask === "string";

const isAnswer = (message: unknown): message is { readonly database: Answer } =>
  typeof (message as { database?: Partial<Request> } | null)?.database?.number === "number" && !isRequest(message);

/** How long a transaction may ask for nothing before it is given up, as everybody else waits for it. */
const longestPauseMs = 120_000;

/** Answers what comes through a channel until its other end is gone; what that left unfinished is then rolled back. */
export const serveDatabase = (database: Database, channel: DatabaseChannel, pauseMs = longestPauseMs): void => {
  const transactions = new Map<number, ServedTransaction>();
  let isOpen = true;
  const answer = (number: number, work: Promise<QueryResult<unknown>>): Promise<void> =>
    work.then(
      ({ rows, numAffectedRows: affected }) =>
        channel.send({ database: { number, rows, ...(affected === undefined ? {} : { affected }) } }),
      (error: unknown) => channel.send({ database: { number, failure: failureOf(error) } }),
    );

  /** Takes the connection, tells so, and keeps it until the transaction ends. */
  const begin = (number: number): Promise<void> =>
    database.connection().execute(async (connection) => {
      if (!isOpen) return;
      const transaction = new ServedTransaction(connection, pauseMs);
      transactions.set(number, transaction);
      const begun = transaction.run("begin");
      await answer(number, begun);
      await begun.catch(() => transaction.end("rollback").catch(() => {}));
      await transaction.ended;
      transactions.delete(number);
    });

  const serve = async (request: Exclude<Request, { ask: "begin" }>): Promise<QueryResult<unknown>> => {
    if (request.ask === "query" && request.transaction === null)
      return database.executeQuery(CompiledQuery.raw(request.sql, [...request.parameters]));
    const transaction = transactions.get(request.transaction ?? 0);
    if (!transaction) throw givenUp();
    return request.ask === "query" ? transaction.run(request.sql, request.parameters) : transaction.end(request.ask);
  };

  channel.onMessage((message) => {
    if (!isRequest(message)) return;
    const { database: request } = message;
    if (request.ask === "begin")
      begin(request.number).catch(() => {}); // the answer has told what failed
    else answer(request.number, serve(request));
  });
  channel.onClose(() => {
    isOpen = false;
    for (const transaction of transactions.values()) transaction.end("rollback").catch(() => {});
  });
};

/** A transaction that is asked for from elsewhere. */
class ServedTransaction {
  /** Settles once the connection may go to the next. */
  readonly ended: Promise<void>;
  readonly #connection: Pick<Database, "executeQuery">;
  readonly #pauseMs: number;
  #end: () => void = () => {};
  #hasEnded = false;
  #giveUp: NodeJS.Timeout | undefined;

  constructor(connection: Pick<Database, "executeQuery">, pauseMs: number) {
    this.#connection = connection;
    this.#pauseMs = pauseMs;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  async run(sql: string, parameters: readonly unknown[] = []): Promise<QueryResult<unknown>> {
    if (this.#hasEnded) throw givenUp();
    clearTimeout(this.#giveUp);
    try {
      return await this.#connection.executeQuery(CompiledQuery.raw(sql, [...parameters]));
    } finally {
      this.#beginPause();
    }
  }

  async end(how: "commit" | "rollback"): Promise<QueryResult<unknown>> {
    const last = this.run(how);
    this.#hasEnded = true;
    try {
      return await last;
    } finally {
      clearTimeout(this.#giveUp);
      this.#end();
    }
  }

  /** A pause begins anew with each answer; several statements may be under way. */
  #beginPause(): void {
    clearTimeout(this.#giveUp);
    if (!this.#hasEnded) this.#giveUp = setTimeout(() => this.end("rollback").catch(() => {}), this.#pauseMs);
  }
}

const givenUp = (): OsteonError => new OsteonError("interrupted", "The transaction was given up.");

/** The database at the other end of a channel; `destroy` ends the channel, not the database. */
export const openRemoteDatabase = (channel: DatabaseChannel): Database =>
  new Kysely<Schema>({ dialect: remoteDialect(new RemoteClient(channel)) });

const remoteDialect = (client: RemoteClient): Dialect => ({
  createAdapter: () => new PostgresAdapter(),
  createDriver: () => new RemoteDriver(client),
  createIntrospector: (database) => new PostgresIntrospector(database),
  createQueryCompiler: () => new PostgresQueryCompiler(),
});

interface Waiting {
  readonly resolve: (result: QueryResult<never>) => void;
  readonly reject: (error: unknown) => void;
}

/** Sends requests and sorts the answers. */
class RemoteClient {
  readonly #channel: DatabaseChannel;
  readonly #waiting = new Map<number, Waiting>();
  #number = 0;
  #isOpen = true;

  constructor(channel: DatabaseChannel) {
    this.#channel = channel;
    channel.onMessage((message) => {
      if (isAnswer(message)) this.#settle(message.database);
    });
    channel.onClose(() => this.#lose());
  }

  /** Answers with the request's number, by which a transaction is named, and the rows. */
  async ask<Row>(request: DistributedOmit<Request, "number">): Promise<QueryResult<Row> & { readonly number: number }> {
    if (!this.#isOpen) throw lost();
    const number = ++this.#number;
    const result = await new Promise<QueryResult<Row>>((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      this.#channel.send({ database: { ...request, number } });
    });
    return { ...result, number };
  }

  close(): void {
    this.#lose();
    this.#channel.close?.();
  }

  #settle(answer: Answer): void {
    const waiting = this.#waiting.get(answer.number);
    this.#waiting.delete(answer.number);
    if ("failure" in answer) waiting?.reject(errorOf(answer.failure));
    else waiting?.resolve(resultOf(answer));
  }

  #lose(): void {
    this.#isOpen = false;
    for (const { reject } of this.#waiting.values()) reject(lost());
    this.#waiting.clear();
  }
}

type DistributedOmit<T, Key extends string> = T extends unknown ? Omit<T, Key> : never;

const resultOf = ({ rows, affected }: Extract<Answer, { rows: unknown }>): QueryResult<never> => ({
  rows: rows as never[],
  ...(affected === undefined ? {} : { numAffectedRows: affected }),
});

const lost = (): OsteonError => new OsteonError("interrupted", "The process that holds the home has ended.");

/** The driver of kysely at the far end. A connection is only a name there until a transaction begins. */
class RemoteDriver implements Driver {
  readonly #client: RemoteClient;

  constructor(client: RemoteClient) {
    this.#client = client;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    return new RemoteConnection(this.#client);
  }

  async releaseConnection(): Promise<void> {}

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await (connection as RemoteConnection).begin();
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await (connection as RemoteConnection).end("commit");
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await (connection as RemoteConnection).end("rollback");
  }

  async destroy(): Promise<void> {
    this.#client.close();
  }
}

class RemoteConnection implements DatabaseConnection {
  readonly #client: RemoteClient;
  #transaction: number | null = null;

  constructor(client: RemoteClient) {
    this.#client = client;
  }

  async begin(): Promise<void> {
    this.#transaction = (await this.#client.ask({ ask: "begin" })).number;
  }

  async end(how: "commit" | "rollback"): Promise<void> {
    const transaction = this.#transaction;
    this.#transaction = null;
    if (transaction !== null) await this.#client.ask({ ask: how, transaction });
  }

  executeQuery<Row>({ sql, parameters }: CompiledQuery): Promise<QueryResult<Row>> {
    return this.#client.ask<Row>({ ask: "query", sql, parameters, transaction: this.#transaction });
  }

  // biome-ignore lint/correctness/useYield: kysely asks for a generator, and PGlite has no cursor to stream from
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new OsteonError("unsupported", "The embedded database does not stream.");
  }
}

const failureOf = (error: unknown): Failure => {
  const { message, code } = error as { message?: string; code?: string };
  return { message: message ?? "", ...(code === undefined ? {} : { code }), isOwn: error instanceof OsteonError };
};

const errorOf = ({ message, code, isOwn }: Failure): Error =>
  isOwn ? new OsteonError(code as ErrorCode, message) : Object.assign(new Error(message), { code });
