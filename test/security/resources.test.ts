/** OWASP API Security 2023, API4 (resource consumption) and API6 (sensitive business flows). */

import { readdir } from "node:fs/promises";
import { fastify } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loopbackDoor } from "../../src/server/access/door.ts";
import { limitRequests } from "../../src/server/access/limit-requests.ts";
import { answerError } from "../../src/server/answer-error.ts";
import type { App } from "../../src/server/app.ts";
import { type RunningTestServer, startTestServer } from "../support/running-server.ts";
import { sendRaw } from "../support/send-raw.ts";
import type { Visitor } from "../support/visitor.ts";

let server: RunningTestServer;
let researcher: Visitor;
let administrator: Visitor;
beforeAll(async () => {
  server = await startTestServer();
  researcher = await server.visitorOf("researcher");
  administrator = await server.visitorOf("administrator");
});
afterAll(() => server.close());

const send = (head: string, body = ""): Promise<string> => sendRaw(server.url, `${head}\r\n\r\n${body}`);

const headersOf = (visitor: Visitor): string =>
  [
    `Host: ${new URL(server.url).host}`,
    `Origin: ${server.url}`,
    `Cookie: osteon=${visitor.cookies.get("osteon")}`,
    `X-CSRF-Token: ${visitor.csrfToken}`,
    "Connection: close",
  ].join("\r\n");

describe("API4:2023 unrestricted resource consumption", () => {
  test("a body larger than a megabyte is refused where JSON is asked for", async () => {
    const answer = await researcher.post("/api/images/search", { filter: { text: "x".repeat(2 ** 20) } });
    expect(answer.status).toBe(413);
  });

  test("an upload above the limit is refused as announced, and as it comes, and leaves nothing", async () => {
    await administrator.ask("PATCH", "/api/settings", { body: { uploadMebibytes: 1 } });
    const announced = await send(
      `POST /api/uploads HTTP/1.1\r\n${headersOf(researcher)}\r\nContent-Type: application/octet-stream\r\nX-File-Name: a\r\nContent-Length: ${2 ** 40}`,
      "some bytes",
    );
    expect(announced).toMatch(/^HTTP\/1.1 413 /);
    const chunk = `100000\r\n${"x".repeat(2 ** 20)}\r\n`;
    const unannounced = await send(
      `POST /api/uploads HTTP/1.1\r\n${headersOf(researcher)}\r\nContent-Type: application/octet-stream\r\nX-File-Name: a\r\nTransfer-Encoding: chunked`,
      `${chunk}${chunk}0\r\n\r\n`,
    );
    expect(unannounced).toMatch(/^HTTP\/1.1 413 /);
    expect(await readdir(server.home.files.uploads)).toEqual([]);
    await administrator.ask("PATCH", "/api/settings", { body: { uploadMebibytes: 512 } });
  });

  test("lists have an end, whatever is asked for", async () => {
    for (const limit of ["0", "-1", "1000000", "1e9", "NaN", "all"]) {
      expect((await administrator.get(`/api/audit?limit=${limit}`)).status, limit).toBe(400);
    }
    expect((await researcher.post("/api/images/search", { limit: 1_000_000 })).status).toBe(400);
    expect((await researcher.get("/api/jobs?limit=1000000")).status).toBe(400);
  });

  test("JSON that is nested without end is refused, and the server goes on", async () => {
    const body = "[".repeat(500_000);
    const headers = { "content-type": "application/json" };
    expect((await researcher.ask("POST", "/api/images/search", { body, headers })).status).toBe(400);
    expect((await researcher.get("/api/health/live")).status).toBe(200);
  });

  test("headers without end are refused", async () => {
    const answer = await send(`GET /api/session HTTP/1.1\r\nHost: localhost\r\nX-Long: ${"x".repeat(100_000)}`);
    expect(answer).toMatch(/^HTTP\/1.1 431 /);
  });

  test("who sends slowly is cut off: headers and requests have their time", () => {
    const { headersTimeout, requestTimeout } = server.app.server;
    expect([headersTimeout, requestTimeout].every((time) => time > 0 && time <= 60 * 60_000)).toBe(true);
  });

  test("one person does not listen to events without end, and nobody listens by HEAD", async () => {
    const [listener, other] = [await server.visitorOf("viewer"), await server.visitorOf("viewer")];
    const open = (visitor: Visitor, { signal }: AbortController) =>
      fetch(`${server.url}/api/events`, { headers: { cookie: `osteon=${visitor.cookies.get("osteon")}` }, signal });
    const { events } = server.services;
    for (let i = 0; i < 3; i++) expect((await listener.ask("HEAD", "/api/events")).status).toBe(404);
    expect(events.size).toBe(0);
    const controller = new AbortController();
    const statuses = await Promise.all(
      Array.from({ length: 60 }, async () => (await open(listener, controller)).status),
    );
    expect(new Set(statuses)).toEqual(new Set([200, 429]));
    expect((await open(other, controller)).status).toBe(200);
    controller.abort();
    await expect.poll(() => events.size).toBe(0);
  });

  test("an address that asks without end waits, and another one does not", async () => {
    const app = fastify() as unknown as App;
    app.setErrorHandler(answerError);
    await limitRequests(app, { ...loopbackDoor, accounts: true }, 20);
    app.get("/api/any", { config: { role: "public" } }, () => ({}));
    const ask = (remoteAddress: string) => app.inject({ url: "/api/any", remoteAddress });
    for (let i = 0; i < 20; i++) expect((await ask("10.0.0.1")).statusCode).toBe(200);
    const refused = await ask("10.0.0.1");
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0);
    expect(refused.json().code).toBe("too-many-requests");
    expect((await ask("10.0.0.2")).statusCode).toBe(200);
    await app.close();
  });
});

describe("API6:2023 unrestricted access to sensitive business flows", () => {
  test("the last administrator cannot be shut out, by nobody and in no way", async () => {
    const { accounts } = (await administrator.get("/api/accounts")).json<{
      accounts: { id: string; role: string }[];
    }>();
    const only = accounts.filter(({ role }) => role === "administrator");
    expect(only).toHaveLength(1);
    const path = `/api/accounts/${only[0]!.id}`;
    for (const body of [{ disabled: true }, { role: "viewer" }, { disabled: true, role: "viewer" }]) {
      expect((await administrator.ask("PATCH", path, { body })).status).toBe(422);
    }
    const other = await server.visitorOf("administrator");
    const answers = await Promise.all(
      [administrator, other].map(async (visitor) => {
        const { person } = (await visitor.get("/api/session")).json<{ person: { id: string } }>();
        return visitor.ask("PATCH", `/api/accounts/${person.id}`, { body: { disabled: true } });
      }),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]); // two at once: one stays
  });

  test("two people do not get the same login", async () => {
    const visitor = await server.visitorOf("administrator");
    const add = (login: string) =>
      visitor.post("/api/accounts", { login, name: "Twin", role: "viewer", password: "a quiet reading room" });
    const answers = await Promise.all([add("twin"), add("Twin"), add("TWIN")]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422]);
  });
});
