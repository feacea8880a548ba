/**
 * The server's log: a line of JSON for each request and for what goes wrong. It says which route, who by id, how it ended and
 * how long it took; never an address with its values, a body, a name, or an error's own words, which may quote data.
 */

import type { FastifyBaseLogger } from "fastify";
import pino from "pino";
import { storageError } from "../../store/index.ts";
import { isOfApi } from "../api-routes.ts";
import type { App } from "../app.ts";

export type Log = FastifyBaseLogger;

/** Characters that wait for a disk that is full; what comes then is left out. */
const mostWaiting = 2 ** 20;

/**
 * A log that goes to a file, at its end, or to standard error.
 *
 * @throws OsteonError `bad-input` where the file cannot be written
 */
export const openLog = (file?: string): Log => {
  let stream: ReturnType<typeof pino.destination>;
  try {
    stream = pino.destination({ dest: file ?? 2, append: true, sync: true, maxLength: mostWaiting });
  } catch (cause) {
    throw storageError(cause, { name: `"${file}"`, instead: "name another file with --log" });
  }
  stream.on("error", () => {}); // the disk is full or the reader gone: the server works on, and writes when it can again
  return pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime, serializers: { err: placeOf } }, stream);
};

export const silentLog: Log = pino({ level: "silent" });

/** Where in the code an error arose. */
export const framesOf = (error: unknown): string =>
  error instanceof Error
    ? (error.stack ?? "")
        .split("\n")
        .filter((line) => /^\s+at /.test(line))
        .join("\n")
    : "";

const placeOf = (error: Error): object => ({ name: error.name, frames: framesOf(error) });

/** Logs every answer but those of the pages' own files. */
export const logRequests = (app: App, log: Log): void => {
  app.addHook("onResponse", async (request, reply) => {
    const { url: route } = request.routeOptions;
    if (request.method === "GET" && !isOfApi(request) && reply.statusCode < 400) return;
    log.info({
      method: request.method,
      route: route ?? "none",
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
      person: request.person?.id ?? null,
    });
  });
};
