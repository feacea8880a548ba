/** The listening server: plain on loopback or behind a proxy, or with a certificate. */

import { createServer, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Door } from "./door.ts";

/** A request's headers come at once; its body may be a large file over a slow line. */
const headersMs = 20_000;
const requestMs = 45 * 60_000;

export const makeServer = (handler: RequestListener, { certificate }: Door): Server => {
  const server = certificate
    ? (createTlsServer({ cert: certificate.certificate, key: certificate.key }, handler) as unknown as Server)
    : createServer(handler);
  server.headersTimeout = headersMs;
  server.requestTimeout = requestMs;
  return server;
};
