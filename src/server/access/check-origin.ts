/** Keeps pages of other sites from sending requests in the name of who sits at the browser. */

import type { FastifyRequest } from "fastify";
import { OsteonError } from "../../errors.ts";
import type { Door } from "./door.ts";

/**
 * Browsers say from which page a request comes, and pages cannot change what they say. What comes from another site reads
 * nothing and changes nothing, with the one exception of the way back from an identity provider. What changes something
 * without a session must say that it comes from our own page: without accounts, nothing else tells a person from a foreign page.
 *
 * @throws OsteonError `not-allowed`
 */
export const checkOrigin = (request: FastifyRequest, door: Door): void => {
  const { headers, method, routeOptions } = request;
  const site = headers["sec-fetch-site"];
  const isSafe = method === "GET" || method === "HEAD" || method === "OPTIONS";
  if (isSafe) {
    const isNavigation = headers["sec-fetch-mode"] === "navigate";
    const mayBeForeign = !request.url.startsWith("/api") || routeOptions.config.fromElsewhere === true;
    if (site === "cross-site" || site === "same-site") {
      if (!mayBeForeign) throw foreign();
      if (!isNavigation && request.url.startsWith("/api")) throw foreign();
    }
    return;
  }
  const isOwnSite = site === undefined || site === "same-origin";
  const isOwnOrigin = headers.origin === undefined || headers.origin === ownOrigin(request, door);
  const isTold = site !== undefined || headers.origin !== undefined;
  if (!isOwnSite || !isOwnOrigin) throw foreign();
  if (!isTold && request.sessionToken === null) {
    throw new OsteonError("not-allowed", "A request that changes something must name its page in the header Origin.");
  }
};

/** Where our own pages are, as browsers write it. */
export const ownOrigin = (request: FastifyRequest, { publicUrl, secure }: Door): string =>
  publicUrl?.origin ?? `${secure ? "https" : "http"}://${request.host}`;

const foreign = (): OsteonError => new OsteonError("not-allowed", "Requests from pages of other sites are refused.");
