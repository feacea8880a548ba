/** A running server: the application on an address. */

import { OsteonError } from "../errors.ts";
import { checkAdministrator } from "./access/check-administrator.ts";
import type { Door } from "./access/door.ts";
import { type App, makeApp } from "./app.ts";
import { findBuiltPages } from "./built-pages.ts";
import { warmArchive } from "./images/warm-archive.ts";
import type { Services } from "./services.ts";

/** Where the server listens, and as what. */
export interface ServeOptions {
  readonly host: string;
  /** 0 for any free one. */
  readonly port: number;
  readonly version: string;
  /** The folder of the built pages; where Vite puts them by default. */
  readonly pages?: string;
}

export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

/** How long requests may go on that are under way when the server ends. */
const lastRequestsMs = 3_000;

/** @throws OsteonError `bad-usage` when the port is taken, nobody has built the pages, or nobody could look after the accounts */
export const serve = async (services: Services, options: ServeOptions): Promise<RunningServer> => {
  const { host, port, version } = options;
  const { home, access } = services;
  await checkAdministrator(home.database, access.door);
  const app = await makeApp(services, { pages: options.pages ?? findBuiltPages(), version });
  try {
    await app.listen({ host, port });
  } catch (cause) {
    await app.close();
    throw startError(cause as NodeJS.ErrnoException, port);
  }
  void warmArchive(services).catch(() => {}); // the server may end meanwhile; who asks is told what is wrong
  const address = app.server.address();
  const bound = typeof address === "object" && address ? address.port : port;
  return { url: addressOf(access.door, bound), close: () => close(app) };
};

/** A browser that has gone to sleep would keep the server from ending. */
const close = async (app: App): Promise<void> => {
  const late = setTimeout(() => app.server.closeAllConnections(), lastRequestsMs);
  try {
    await app.close();
  } finally {
    clearTimeout(late);
  }
};

/** Where people at this machine, or else all, open it. */
const addressOf = ({ publicUrl, certificate }: Door, port: number): string =>
  publicUrl?.origin ?? `${certificate ? "https" : "http"}://localhost:${port}`;

const startError = (cause: NodeJS.ErrnoException, port: number): OsteonError => {
  const told: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} is taken by another program; name another with --port.`,
    EACCES: `Port ${port} is kept for the system; name one from 1024 up with --port.`,
    EADDRNOTAVAIL: "This machine has no such address; name another with --host.",
  };
  return new OsteonError(
    "bad-usage",
    told[cause.code ?? ""] ?? `The server could not start: ${cause.code}.`,
    { port },
    cause,
  );
};
