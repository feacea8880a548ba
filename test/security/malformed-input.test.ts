/** Paths that lead out, files and JSON that are not what they say, and words that would become headers. */

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningTestServer, startTestServer } from "../support/running-server.ts";
import { sendRaw } from "../support/send-raw.ts";
import type { Visitor } from "../support/visitor.ts";
import { builtPages } from "../support/workbench/built-pages.ts";

let server: RunningTestServer;
let administrator: Visitor;
beforeAll(async () => {
  server = await startTestServer({ pages: await builtPages() });
  administrator = await server.visitorOf("administrator");
}, 240_000);
afterAll(() => server.close());

const send = (path: string): Promise<string> =>
  sendRaw(
    server.url,
    `GET ${path} HTTP/1.1\r\nHost: localhost\r\nCookie: osteon=${administrator.cookies.get("osteon")}\r\nConnection: close\r\n\r\n`,
  );

describe("path traversal", () => {
  const ways = [
    "..",
    "%2e%2e",
    "..%2f",
    "%2e%2e%2f",
    "..%5c",
    "%252e%252e%252f",
    "..%c0%af",
    "....//",
    "..;",
    "%00/..",
  ];

  test("no address leads to a file outside of the built pages", async () => {
    for (const way of ways) {
      for (const target of ["etc/passwd", "package.json", "home.json", "src/server/app.ts"]) {
        for (const start of ["/", "/assets/", "/archive/", "//"]) {
          const answer = await send(`${start}${`${way}/`.repeat(6)}${target}`);
          expect(answer, `${start}${way}`).not.toMatch(/root:|"private": true|osteon-home|makeApp/);
        }
      }
    }
  });

  test("no id leads to a file of the home or the machine", async () => {
    const paths = server.app.apiRoutes
      .filter(({ method, url }) => method === "GET" && url.includes(":"))
      .map(({ url }) => url);
    expect(paths.length).toBeGreaterThan(10);
    for (const path of paths) {
      for (const way of ["../../../../etc/passwd", "../home.json", "/etc/passwd", "home.json\0", "C:\\windows"]) {
        const { status, text } = await administrator.get(path.replaceAll(/:\w+/g, encodeURIComponent(way)));
        expect(status, `${path} ${way}`).toBeGreaterThanOrEqual(400);
        expect(status, `${path} ${way}`).toBeLessThan(500);
        expect(text).not.toMatch(/root:|osteon-home/);
      }
    }
  });

  test("the name of an uploaded file names no file of the home", async () => {
    const before = (await readdir(server.home.files.root, { recursive: true })).length;
    for (const name of [
      "../../evil",
      "..\\evil",
      "/etc/evil",
      "home.json",
      "database",
      "a\0b",
      "CON",
      `${"x".repeat(300)}.dcm`,
    ]) {
      const answer = await administrator.post("/api/uploads", new Uint8Array([1, 2, 3]), {
        headers: { "x-file-name": encodeURIComponent(name) },
      });
      expect([201, 400, 422], name).toContain(answer.status);
    }
    const added = (await readdir(server.home.files.root, { recursive: true })).filter((path) =>
      /evil|CON|xxx/.test(path),
    );
    expect(added).toEqual([]);
    const uploads = await readdir(server.home.files.uploads);
    for (const file of uploads) expect(file).toMatch(/^[0-9a-f]{32}$/);
    expect((await readdir(server.home.files.root, { recursive: true })).length).toBeLessThanOrEqual(
      before + uploads.length,
    );
    expect(JSON.parse(await readFile(join(server.home.files.root, "home.json"), "utf8"))).toMatchObject({
      format: "osteon-home",
    });
  });
});

describe("malformed requests", () => {
  const changing = () => server.app.apiRoutes.filter(({ method }) => ["POST", "PUT", "PATCH"].includes(method));
  const safe = (url: string): string => url.replaceAll(/:\w+/g, "nothing");

  test.each([
    "",
    "{",
    "[]",
    "null",
    "1",
    '"text"',
    '{"__proto__":{"role":"administrator"}}',
    '{"constructor":{"prototype":{}}}',
    `{"a":${"9".repeat(400)}}`,
    '{"a":"\\ud800"}',
    "\u0000",
    "<xml/>",
  ])("%j as a body is refused everywhere, by the status of a client's mistake", async (body) => {
    for (const { method, url } of changing()) {
      if (url === "/api/uploads") continue;
      const headers = { "content-type": "application/json" };
      const { status, text } = await administrator.ask(method, safe(url), { body, headers });
      expect(status, `${method} ${url}`).toBeLessThan(500);
      if (status >= 400) expect(JSON.parse(text)).toMatchObject({ status });
      expect(text).not.toMatch(/node_modules|\.ts:\d/);
    }
    expect(({} as { role?: string }).role).toBeUndefined();
  });

  test("JSON that nobody thought of is refused or answered, never stumbled over", async () => {
    const routes = changing().filter(({ url }) => !["/api/uploads", "/api/session"].includes(url));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...routes), fc.object({ maxDepth: 3 }), async ({ method, url }, body) => {
        const { status } = await administrator.ask(method, safe(url), { body });
        expect(status, `${method} ${url}`).toBeLessThan(500);
      }),
      { numRuns: 150, seed: 8 },
    );
  });

  test("another content type than JSON is refused", async () => {
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "text/xml",
    ]) {
      const answer = await administrator.ask("PATCH", "/api/settings", {
        body: '{"centre":"x"}',
        headers: { "content-type": type },
      });
      expect(answer.status, type).toBe(415);
    }
  });

  test("an address that cannot be read is refused without being repeated", async () => {
    for (const path of ["/api/images/%ZZname", `/api/images/${"name".repeat(40)}`, "/%E0%A4%Aname"]) {
      const answer = await send(path);
      expect(answer, path).toMatch(/^HTTP\/1\.1 4\d\d /);
      expect(answer, path).toContain("application/problem+json");
      expect(answer.toLowerCase(), path).not.toContain("name");
    }
  });

  test("search words that come twice, are too long or have no name are refused", async () => {
    for (const search of [
      "limit=1&limit=2",
      `person=${"x".repeat(5000)}`,
      "unknown=1",
      "from=yesterday",
      "%=1",
      "limit[]=1",
    ])
      expect((await administrator.get(`/api/audit?${search}`)).status, search).toBe(400);
  });

  test("words for the database stay words", async () => {
    const quote = encodeURIComponent("'; drop table audit_log; --");
    for (const name of ["person", "action", "subject"]) {
      const answer = await administrator.get(`/api/audit?${name}=${quote}`);
      expect([answer.status, answer.json<{ entries: unknown[] }>().entries]).toEqual([200, []]);
    }
    expect((await server.visitor().logIn("' or '1'='1", "' or '1'='1")).status).toBe(401);
    expect((await administrator.get("/api/audit/chain")).json().holds).toBe(true);
  });
});

describe("header injection", () => {
  test("a name with a new line becomes no header and no second line of a file", async () => {
    const name = "Name\r\nSet-Cookie: osteon=stolen";
    const added = await administrator.post("/api/accounts", {
      login: "split",
      name,
      role: "viewer",
      password: "a quiet reading room",
    });
    expect(added.status).toBe(400);
    const uploaded = await administrator.post("/api/uploads", new Uint8Array([1]), {
      headers: { "x-file-name": encodeURIComponent(name) },
    });
    expect([201, 400, 422]).toContain(uploaded.status);
    expect(uploaded.headers.getSetCookie()).toEqual([]);
  });

  test("a name that begins like a formula stays a text in the exported log", async () => {
    const { id } = (
      await administrator.post("/api/accounts", {
        login: "formula",
        name: "=cmd|' /C calc'!A0",
        role: "administrator",
        password: "a quiet reading room",
      })
    ).json<{ id: string }>();
    const visitor = server.visitor();
    await visitor.logIn("formula", "a quiet reading room");
    const { text } = await administrator.get(`/api/audit/export?person=${id}`);
    expect(text).toContain(",'=cmd|' /C calc'!A0,");
    const name = "=HYPERLINK(A1)";
    expect((await visitor.post("/api/atlas/regions", { name })).status).toBe(201);
    const regions = await administrator.get("/api/audit/export?action=added%20region");
    expect(regions.text).toContain(`,'${name},`);
  });

  test("two lengths, a length and chunks, and a broken first line are refused", async () => {
    const heads = [
      "POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}",
      "POST /api/session HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      "POST /api/session HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
      "GET /api/session HTTP/9.9\r\nHost: localhost\r\n\r\n",
      "GET /api/session\r\n\r\n",
      "GET /api/session HTTP/1.1\r\n\r\n",
      "GET /api/session HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
    ];
    for (const head of heads) {
      const answer = await sendRaw(server.url, head);
      expect(answer, head).toMatch(/^(HTTP\/1\.1 (4\d\d|505) |$)/);
    }
  });
});
