/** Keeps pages of other sites from sending requests in the name of who sits at the browser. */

import type { FastifyRequest } from "fastify";
import { OsteonError } from "../../errors.ts";
import { isOfApi } from "../api-routes.ts";
import type { Door } from "./door.ts";

/**
 * Browsers say from which page a request comes, and pages cannot change what they say. What comes from another site's page
 * gets nothing of the API, except on the way back from an identity provider. What changes something without a session must
 * say that it comes from our own page: nothing else tells a person from a foreign page then. What is signed by another centre comes
 * from no page.
 *
 * @throws OsteonError `not-allowed`
 */
export const checkOrigin = (request: FastifyRequest, door: Door): void => {
  const { headers, routeOptions } = request;
  if (routeOptions.config.isSigned) return;
  const site = headers["sec-fetch-site"];
  const isFromElsewhere = site === "cross-site" || site === "same-site";
  if (isFromElsewhere && isOfApi(request) && !routeOptions.config.fromElsewhere) throw foreign();
  if (!isChange(request)) return;
  if (isFromElsewhere || (headers.origin !== undefined && headers.origin !== ownOrigin(request, door))) throw foreign();
  const isTold = site === "same-origin" || headers.origin !== undefined;
  if (!isTold && request.sessionToken === null) {
    throw new OsteonError("not-allowed", "A request that changes something must name its page in the header Origin.");
  }
};

/** Whether a request may change something. */
export const isChange = ({ method }: FastifyRequest): boolean => !["GET", "HEAD", "OPTIONS"].includes(method);

/** Where our own pages are, as browsers write it. */
export const ownOrigin = (request: FastifyRequest, { publicUrl, secure }: Door): string =>
  publicUrl?.origin ?? `${secure ? "https" : "http"}://${request.host}`;

const foreign = (): OsteonError => new OsteonError("not-allowed", "Requests from pages of other sites are refused.");
