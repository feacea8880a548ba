/** Refuses requests that were addressed to a foreign name, or that came past the proxy. */

import { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import type { FastifyRequest } from "fastify";
import { OsteonError } from "../errors.ts";
import { isLoopback, matchAddresses } from "./access/addresses.ts";
import type { Door } from "./access/door.ts";

/**
 * A foreign page can let its own name point to this server (DNS rebinding) and would then be allowed to read the answer; so the
 * server answers to its own names only: its public address, the names of its certificate, and those of loopback to who is on
 * this machine. Where it stands behind a proxy it answers to the proxy alone, which must have spoken TLS.
 */
export const guardHost = (door: Door): ((request: FastifyRequest) => Promise<void>) => {
  const isProxy = matchAddresses(door.proxies);
  const certificate = door.certificate && !door.publicUrl ? new X509Certificate(door.certificate.certificate) : null;
  const isOwnName = (name: string): boolean =>
    name === door.publicUrl?.hostname ||
    (isIP(name) === 0 ? certificate?.checkHost(name) : certificate?.checkIP(name)) !== undefined;
  return async (request) => {
    const { remoteAddress, localAddress } = request.socket;
    const isLocal = localAddress === undefined || isOnLoopback(localAddress);
    if (countHosts(request) > 1) throw new OsteonError("bad-usage", "The request names two hosts.");
    const name = hostNameOf(request);
    if (!isOwnName(name) && !(isLocal && isLoopback(name))) {
      const names = door.publicUrl?.origin ?? (certificate ? "the names of its certificate" : "localhost");
      throw new OsteonError("bad-input", `This server answers on ${names} only.`);
    }
    if (door.proxies.length === 0) return checkNoProxy(request, door);
    if (isLocal && !isForwarded(request) && isOpen(request)) return;
    if (remoteAddress !== undefined && !isProxy(remoteAddress)) {
      throw new OsteonError("not-allowed", "Come to this server through its proxy.");
    }
    if (request.protocol === "https" || !door.secure) return;
    throw new OsteonError("not-allowed", "Use https; the proxy must say so in the header X-Forwarded-Proto.");
  };
};

/** Without accounts, a proxy would open the server to everybody who reaches the proxy. */
const checkNoProxy = (request: FastifyRequest, { accounts }: Door): void => {
  if (accounts || !isForwarded(request)) return;
  throw new OsteonError(
    "not-allowed",
    "This server has no accounts and must not stand behind a proxy; see --behind-proxy.",
  );
};

/** Whether a proxy says so. */
export const isForwarded = ({ headers }: FastifyRequest): boolean =>
  ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto"].some((name) => headers[name] !== undefined);

/** Whether who is on this machine may have it without the proxy: how the server is, but not who is in it. */
const isOpen = ({ method, routeOptions }: FastifyRequest): boolean =>
  method === "GET" && routeOptions.config.role === "public";

const isOnLoopback = (address: string): boolean => isLoopback(address.replace(/^::ffff:/, ""));

/** A proxy and this server might each take another one. */
const countHosts = ({ raw }: FastifyRequest): number =>
  raw.rawHeaders.filter((header, i) => i % 2 === 0 && header.toLowerCase() === "host").length;

const hostNameOf = ({ host }: FastifyRequest): string =>
  (host ?? "")
    .toLowerCase()
    .replace(/:\d+$/, "")
    .replace(/^\[(.*)\]$/, "$1");
