/** OWASP API Security 2023, API5 (function level authorisation) and API9 (inventory): over every route that there is. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mayActAs, type Role, roles } from "../../src/contract/roles.ts";
import type { ApiRoute } from "../../src/server/api-routes.ts";
import { type RunningTestServer, startTestServer } from "../support/running-server.ts";
import type { Visitor } from "../support/visitor.ts";

let server: RunningTestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const nameOf = ({ method, url }: ApiRoute): string => `${method} ${url}`;

/** Asks for a route with ids of nothing; the stream of events is let go as soon as it has begun. */
const statusOf = async ({ method, url }: ApiRoute, visitor: Visitor): Promise<number> => {
  const path = url.replaceAll(/:\w+/g, "nothing");
  if (url !== "/api/events") return (await visitor.ask(method, path, method === "GET" ? {} : { body: {} })).status;
  const cookie = [...visitor.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  const controller = new AbortController();
  const { status } = await fetch(`${server.url}${path}`, { headers: { cookie }, signal: controller.signal });
  controller.abort();
  return status;
};

describe("API5:2023 broken function level authorisation", () => {
  test("nobody who has not logged in gets past the routes that are open to all", async () => {
    const visitor = server.visitor();
    for (const route of server.app.apiRoutes) {
      if (route.role === "public") continue;
      expect(await statusOf(route, visitor), nameOf(route)).toBe(401);
    }
  });

  test.each(roles)("%s gets to every route of the role and of those below, and to no other", async (role: Role) => {
    for (const route of server.app.apiRoutes) {
      if (route.role === "public") continue;
      const visitor = await server.visitorOf(role); // a new one: some routes end the session
      const status = await statusOf(route, visitor);
      if (mayActAs(role, route.role)) expect([401, 403], nameOf(route)).not.toContain(status);
      else expect(status, nameOf(route)).toBe(403);
    }
  });

  test("what was refused for the role stands in the audit log", async () => {
    const viewer = await server.visitorOf("viewer");
    const { person } = (await viewer.get("/api/session")).json<{ person: { id: string } }>();
    expect((await viewer.get("/api/accounts")).status).toBe(403);
    expect((await viewer.ask("PATCH", "/api/accounts/some-id", { body: { role: "administrator" } })).status).toBe(403);
    const administrator = await server.visitorOf("administrator");
    const { entries } = (await administrator.get(`/api/audit?person=${person.id}`)).json<{ entries: unknown[] }>();
    expect(entries).toMatchObject([
      { action: "changed account", subject: "PATCH /api/accounts/:id", outcome: "refused" },
      { action: "was refused", subject: "GET /api/accounts", outcome: "refused" },
    ]);
  });

  test("a job is refused where its kind is for a higher role", async () => {
    const viewer = await server.visitorOf("viewer");
    expect((await viewer.post("/api/jobs", { kind: "build-index", settings: {} })).status).toBe(403);
    const annotator = await server.visitorOf("annotator");
    expect((await annotator.post("/api/jobs", { kind: "build-index", settings: {} })).status).toBe(403);
  });

  test("an administrator's routes are not reached by another method, spelling or header", async () => {
    const viewer = await server.visitorOf("viewer");
    for (const path of ["/api//accounts", "/API/accounts", "/api/accounts/", "/api/./accounts", "/api/%61ccounts"]) {
      expect([403, 404], path).toContain((await viewer.get(path)).status);
    }
    for (const headers of [
      { "x-http-method-override": "GET" },
      { "x-original-url": "/api/accounts" },
      { "x-rewrite-url": "/api/accounts" },
      { "x-forwarded-user": "administrator" },
    ]) {
      expect((await viewer.get("/api/accounts", { headers })).status).toBe(403);
    }
    expect((await viewer.ask("HEAD", "/api/accounts")).status).toBe(403);
  });
});

/** Routes whose handlers tell the audit log themselves, because only they know what it was. */
const toldByHandler: ReadonlySet<string> = new Set([
  "POST /api/session",
  "PUT /api/account/password",
  "POST /api/accounts",
  "POST /api/uploads",
  "POST /api/jobs",
  "POST /api/queries",
  "POST /api/images/export",
  "POST /api/atlas/regions",
  "POST /api/atlas/clusterings/:id/clusters/:cluster/split",
  "DELETE /api/atlas/clusterings/:id/clusters/:cluster/split",
  "POST /api/atlas/clusterings/:id/outliers",
  "POST /api/review/set-aside/decisions",
  "POST /api/centres",
  "POST /api/centres/query",
  "POST /api/queries/:id/centres",
]);

/** Routes that are not told, each for its reason. */
const silent: Readonly<Record<string, string>> = {
  "GET /api/images/:id/picture": "its size and greys; who gets its pixels is told",
  "GET /api/queries": "one's own list; who opens one is told",
  "POST /api/images/search": "lists of thousands in a minute; who opens one is told",
  "POST /api/images/patients": "lists of thousands in a minute; who opens one is told",
  "POST /api/images/facets": "counts",
  "POST /api/cohorts/check": "counts, and changes nothing",
};

interface Schema {
  readonly type?: string;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
}

const isCount = ({ type, items, anyOf }: Schema): boolean =>
  ["integer", "number", "null"].includes(type ?? "") ||
  (items !== undefined && isCount(items)) ||
  (anyOf?.every(isCount) ?? false);

/** Whether an answer has a place for what is known of a patient; a number of patients is none. */
const namesPatients = (schema: unknown): boolean => {
  if (typeof schema !== "object" || schema === null) return false;
  const { properties = {} } = schema as Schema;
  const isNamed = ["patient", "patients", "reports", "fileName", "sourcePatient"].some(
    (name) => properties[name] !== undefined && !isCount(properties[name]),
  );
  return isNamed || Object.values(schema).some(namesPatients);
};

describe("the audit log", () => {
  const isTold = (route: ApiRoute): boolean =>
    route.audit !== undefined || toldByHandler.has(nameOf(route)) || silent[nameOf(route)] !== undefined;

  test("routes whose answer tells of patients are told, or are known not to be", () => {
    const { paths = {} } = server.app.swagger() as { paths?: Record<string, Record<string, { responses?: object }>> };
    const telling = server.app.apiRoutes.filter(({ method, url }) =>
      namesPatients(paths[url.replaceAll(/:(\w+)/g, "{$1}")]?.[method.toLowerCase()]?.responses),
    );
    expect(telling.length).toBeGreaterThan(8);
    expect(telling.filter((route) => !isTold(route)).map(nameOf)).toEqual([]);
  });

  test("what changes something is told", () => {
    const quiet = server.app.apiRoutes.filter((route) => route.method !== "GET" && !isTold(route));
    expect(quiet.map(nameOf)).toEqual([]);
  });

  test("every file that is saved is told", () => {
    const saved = server.app.apiRoutes.filter(({ url }) => /\.(csv|json)$|\/export$|\/metrics$/.test(url));
    const quiet = saved.filter((route) => route.role !== "public" && !isTold(route));
    expect(saved.length).toBeGreaterThan(6);
    expect(quiet.map(nameOf)).toEqual([]);
  });

  test("every exception belongs to a route that there is", () => {
    const names = new Set(server.app.apiRoutes.map(nameOf));
    expect([...toldByHandler, ...Object.keys(silent)].filter((name) => !names.has(name))).toEqual([]);
  });
});

describe("API9:2023 improper inventory management", () => {
  test("the description of the API names every route, and no other", async () => {
    const described = (await server.visitor().get("/api/openapi.json")).json<{ paths: Record<string, object> }>();
    const inDescription = Object.entries(described.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`),
    );
    const registered = server.app.apiRoutes.map(nameOf).filter((name) => name !== "GET /api/openapi.json");
    expect(inDescription.sort()).toEqual(registered.sort());
  });

  test("what is open without a login is this, and nothing else", () => {
    const open = server.app.apiRoutes.filter(({ role }) => role === "public").map(nameOf);
    expect(open.sort()).toEqual([
      "GET /api/health",
      "GET /api/health/live",
      "GET /api/metrics",
      "GET /api/openapi.json",
      "GET /api/session",
      "GET /api/session/single-sign-on",
      "GET /api/session/single-sign-on/callback",
      "POST /api/centres/query",
      "POST /api/session",
    ]);
  });
});
