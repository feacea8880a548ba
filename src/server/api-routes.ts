/** Which routes the API has, and who may use each: kept as they are registered, so that nothing is served that is not listed. */

import type { FastifyRequest } from "fastify";
import type { Role } from "../contract/roles.ts";
import type { App } from "./app.ts";

/** A route of the API. */
export interface ApiRoute {
  readonly method: string;
  /** With its parameters as they are named: `/api/images/:id`. */
  readonly url: string;
  readonly role: Role | "public";
  /** What the audit log says when it was used; undefined where the handler says it, or nothing. */
  readonly audit: string | undefined;
}

declare module "fastify" {
  interface FastifyInstance {
    readonly apiRoutes: readonly ApiRoute[];
  }
}

/** Lists the routes that are registered from now on; one that does not say who may use it is refused. */
export const listApiRoutes = (app: App): void => {
  const routes: ApiRoute[] = [];
  app.decorate("apiRoutes", routes);
  app.addHook("onRoute", ({ method, url, config }) => {
    if (!url.startsWith("/api")) return;
    const { role, audit } = config ?? {};
    if (role === undefined) throw new Error(`The route ${url} names no role.`);
    for (const one of [method].flat()) if (one !== "HEAD") routes.push({ method: one, url, role, audit });
  });
};

/** Whether a request is for the API: an address can be spelled in many ways, `/%61pi` too, so the route that it found counts. */
export const isOfApi = ({ routeOptions, url }: FastifyRequest): boolean => (routeOptions.url ?? url).startsWith("/api");
