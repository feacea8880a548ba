/** OWASP API Security 2023, API7 (server side request forgery) and API8 (security misconfiguration). */

import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readDoor } from "../../src/server/access/door.ts";
import { type RunningTestServer, startTestServer } from "../support/running-server.ts";
import { sendRaw } from "../support/send-raw.ts";

let server: RunningTestServer;
beforeAll(async () => {
  server = await startTestServer({ importFolders: [] });
});
afterAll(() => server.close());

/** The answer to a request as it is: `fetch` would tidy the path, choose the host and refuse some methods. */
const send = (request: string, { url }: RunningTestServer = server): Promise<string> =>
  sendRaw(url, `${request}\r\nConnection: close\r\n\r\n`);
const statusOf = (answer: string): number => Number(answer.split(" ")[1]);

describe("API7:2023 server side request forgery", () => {
  test("no request has a place for an address that the server would fetch", () => {
    const { paths } = server.app.swagger() as { paths: Record<string, Record<string, { requestBody?: object }>> };
    const bodies = Object.values(paths).flatMap((methods) =>
      Object.values(methods).map((one) => one.requestBody ?? {}),
    );
    const text = JSON.stringify(bodies);
    expect(text).not.toMatch(/"(url|uri|href|link|callback|webhook|host|endpoint|server)":/i);
    expect(text).not.toMatch(/"format":"(url|uri|hostname)"/);
  });

  test.each([
    "http://169.254.169.254/latest/meta-data/",
    "https://localhost:1/",
    "dimse://ANY@127.0.0.1:11112",
    "file:///etc",
    "//share/folder",
    "/etc",
    "/proc/self",
    "..",
    "~",
  ])(
    "an import from %s is refused with accounts, unless whoever runs the server allowed the folder",
    async (folder) => {
      const researcher = await server.visitorOf("researcher");
      const answer = await researcher.post("/api/jobs", { kind: "import-radiographs", settings: { folder } });
      expect([403, 422]).toContain(answer.status);
      expect((await researcher.get("/api/jobs")).json().jobs).toEqual([]);
    },
  );

  test("a proxy's words about the host lead the way to an identity provider nowhere", async () => {
    const answer = await send(
      `GET /api/session/single-sign-on HTTP/1.1\r\nHost: ${new URL(server.url).host}\r\nX-Forwarded-Host: evil.example`,
    );
    expect(answer).not.toContain("evil.example");
  });
});

describe("API8:2023 security misconfiguration", () => {
  test("every answer tells browsers what to refuse, whatever it is", async () => {
    const administrator = await server.visitorOf("administrator");
    const answers = await Promise.all([
      administrator.get("/api/accounts"),
      administrator.get("/api/nothing"),
      server.visitor().get("/api/accounts"),
      administrator.ask("POST", "/api/accounts", { body: "{", headers: { "content-type": "application/json" } }),
      administrator.get("/api/audit/export"),
      administrator.get("/nowhere"),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 401, 400, 200, 404]);
    for (const { headers } of answers) {
      const policy = headers.get("content-security-policy") ?? "";
      for (const directive of ["default-src 'none'", "object-src 'none'", "frame-ancestors 'none'", "base-uri 'none'"])
        expect(policy).toContain(directive);
      expect(policy).not.toMatch(/unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')|\*/);
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("cross-origin-resource-policy")).toBe("same-origin");
      expect(headers.get("cross-origin-opener-policy")).toBe("same-origin");
      expect(headers.get("x-frame-options")).toBe("DENY");
      expect(headers.get("strict-transport-security")).toBeNull(); // there is no TLS here
      for (const name of ["x-powered-by", "server", "access-control-allow-origin"])
        expect(headers.get(name)).toBeNull();
    }
  });

  test("what the API answers is kept by no cache", async () => {
    const administrator = await server.visitorOf("administrator");
    for (const path of ["/api/accounts", "/api/audit", "/api/session", "/api/settings"])
      expect((await administrator.get(path)).headers.get("cache-control"), path).toBe("no-store");
  });

  test("an address that is spelled otherwise is the same one", async () => {
    for (const path of ["/%61pi/session", "/ap%69/session", "http://localhost/api/session"]) {
      const head = `GET ${path} HTTP/1.1\r\nHost: ${new URL(server.url).host}`;
      const answer = await send(head);
      expect(statusOf(answer), path).toBe(200);
      expect(answer.toLowerCase(), path).toContain("cache-control: no-store");
      expect(statusOf(await send(`${head}\r\nSec-Fetch-Site: cross-site`)), path).toBe(403);
    }
  });

  test.each(["TRACE", "TRACK", "CONNECT", "DEBUG", "PROPFIND"])("%s does nothing", async (method) => {
    const answer = await send(`${method} /api/session HTTP/1.1\r\nHost: ${new URL(server.url).host}\r\nX-Secret: word`);
    expect([400, 403, 404, 405, 501]).toContain(statusOf(answer) || 400);
    expect(answer).not.toContain("word");
  });

  test("an error from inside is told without its words and its place", async () => {
    const broken = await startTestServer();
    try {
      const administrator = await broken.visitorOf("administrator");
      await administrator.get("/api/session");
      await broken.home.database.schema.dropTable("server_settings").execute();
      const answer = await administrator.ask("PATCH", "/api/settings", { body: { centre: "x" } });
      expect(answer.status).toBe(500);
      expect(answer.text).not.toMatch(/server_settings|relation|select|\.ts|node_modules|\bat /);
    } finally {
      await broken.close();
    }
  });

  test("no page of another site reads an answer", async () => {
    const answer = await server.visitor().ask("OPTIONS", "/api/session", {
      bare: true,
      headers: { origin: "https://evil.example", "access-control-request-method": "POST" },
    });
    expect(answer.headers.get("access-control-allow-origin")).toBeNull();
  });

  test("only the server's own names are answered", async () => {
    const { port } = new URL(server.url);
    for (const name of ["localhost", `localhost:${port}`, "127.0.0.1", `[::1]:${port}`, "LocalHost"])
      expect(statusOf(await send(`GET /api/session HTTP/1.1\r\nHost: ${name}`)), name).toBe(200);
    for (const name of [
      "evil.example",
      "localhost.evil.example",
      "127.0.0.1.evil.example",
      "evil.example:80",
      "10.0.0.1",
    ])
      expect(statusOf(await send(`GET /api/session HTTP/1.1\r\nHost: ${name}`)), name).toBe(422);
  });

  test("a server without accounts does not work behind a proxy by mistake", async () => {
    const open = await startTestServer({ door: { accounts: false } });
    try {
      for (const header of ["X-Forwarded-For: 10.1.1.1", "Forwarded: for=10.1.1.1", "X-Forwarded-Proto: https"])
        expect(statusOf(await send(`GET /api/session HTTP/1.1\r\nHost: localhost\r\n${header}`, open))).toBe(403);
    } finally {
      await open.close();
    }
  });
});

describe("behind a proxy", () => {
  let behind: RunningTestServer;
  beforeAll(async () => {
    const door = await readDoor({
      host: "127.0.0.1",
      proxies: ["127.0.0.1"],
      publicUrl: "https://osteon.example.org",
    });
    behind = await startTestServer({ door });
  });
  afterAll(() => behind.close());

  const asProxy = { host: "osteon.example.org", "x-forwarded-for": "10.9.8.7", "x-forwarded-proto": "https" };

  test("cookies are for TLS alone, and the person's address is the one that the proxy names", async () => {
    const { id, login } = await behind.addPerson("viewer");
    const answer = await behind.app.inject({
      method: "POST",
      url: "/api/session",
      headers: { ...asProxy, origin: "https://osteon.example.org" },
      payload: { login, password: "a quiet reading room" },
      remoteAddress: "127.0.0.1",
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers["set-cookie"]).toMatch(/^__Host-osteon=.*; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    expect(answer.headers["strict-transport-security"]).toContain("max-age=31536000");
    const rows = await behind.home.database.selectFrom("audit_log").selectAll().where("subject", "=", id).execute();
    expect(rows).toMatchObject([{ action: "logged in", address: "10.9.8.7" }]);
  });

  test.each([
    ["past the proxy", "10.0.0.66", asProxy],
    ["to the proxy without TLS", "127.0.0.1", { ...asProxy, "x-forwarded-proto": "http" }],
    ["past the proxy from this machine", "127.0.0.1", { host: "localhost" }],
  ])("a request that comes %s is refused", async (_, remoteAddress, headers) => {
    const answer = await behind.app.inject({ url: "/api/accounts", headers, remoteAddress });
    expect(answer.statusCode).toBe(403);
  });

  test("another name than the public one is refused", async () => {
    const headers = { ...asProxy, "x-forwarded-host": "evil.example" };
    expect((await behind.app.inject({ url: "/api/session", headers, remoteAddress: "127.0.0.1" })).statusCode).toBe(
      422,
    );
  });

  test("whether the server lives is told to this machine without the proxy", async () => {
    const headers = { host: "localhost" };
    expect((await behind.app.inject({ url: "/api/health", headers, remoteAddress: "127.0.0.1" })).statusCode).toBe(200);
  });
});

describe("with a certificate", () => {
  let folder: string;
  let secure: RunningTestServer;
  const file = (name: string): string => join(folder, name);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "osteon-certificate-"));
    for (const name of ["own", "other"]) {
      execFileSync(
        "openssl",
        ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"].concat(
          ["-subj", "/CN=osteon.example.org", "-addext", "subjectAltName=DNS:osteon.example.org"],
          ["-keyout", file(`${name}.key`), "-out", file(`${name}.pem`)],
        ),
        { stdio: "ignore" },
      );
    }
    const door = await readDoor({ host: "0.0.0.0", certificateFile: file("own.pem"), keyFile: file("own.key") });
    secure = await startTestServer({ door });
  });
  afterAll(async () => {
    await secure?.close();
    await rm(folder, { recursive: true, force: true });
  });

  test("people must log in, over TLS, and browsers stay with it", async () => {
    const { request } = await import("node:https");
    const answer = await new Promise<{ status: number | undefined; hsts: string | undefined }>((resolve, reject) => {
      const options = { host: "127.0.0.1", port: new URL(secure.url).port, path: "/api/accounts" };
      request({ ...options, headers: { host: "osteon.example.org" }, rejectUnauthorized: false }, (response) => {
        response.resume();
        resolve({ status: response.statusCode, hsts: response.headers["strict-transport-security"] });
      })
        .on("error", reject)
        .end();
    });
    expect(answer).toEqual({ status: 401, hsts: "max-age=31536000" });
    await expect(fetch(secure.url)).rejects.toThrow(); // plain http is no way in
  });

  test("a name that the certificate is not for is refused", async () => {
    const names = { "osteon.example.org": 200, localhost: 200, "evil.example": 422, "10.0.0.1": 422 };
    for (const [host, status] of Object.entries(names))
      expect((await secure.app.inject({ url: "/api/session", headers: { host } })).statusCode, host).toBe(status);
  });

  test("a door that would stand open is refused with a sentence", async () => {
    const refused: [Parameters<typeof readDoor>[0], RegExp][] = [
      [{ host: "0.0.0.0" }, /would travel in the clear/],
      [{ host: "192.168.1.5", accounts: true }, /would travel in the clear/],
      [{ host: "::", publicUrl: "https://osteon.example.org" }, /would travel in the clear/],
      [{ host: "0.0.0.0", proxies: ["10.0.0.1"] }, /--public-url/],
      [{ host: "0.0.0.0", proxies: ["proxy.example"], publicUrl: "https://a.example" }, /is no address/],
      [{ host: "0.0.0.0", proxies: ["10.0.0.0/33"], publicUrl: "https://a.example" }, /is no address/],
      [{ host: "127.0.0.1", publicUrl: "http://osteon.example.org" }, /with https/],
      [{ host: "127.0.0.1", publicUrl: "https://osteon.example.org/path" }, /without a path/],
      [{ host: "0.0.0.0", certificateFile: file("own.pem") }, /belong together/],
      [
        { host: "0.0.0.0", certificateFile: file("own.pem"), keyFile: file("other.key") },
        /not that of the certificate/,
      ],
      [{ host: "0.0.0.0", certificateFile: file("own.key"), keyFile: file("own.pem") }, /not in PEM/],
      [{ host: "0.0.0.0", certificateFile: file("none"), keyFile: file("own.key") }, /cannot be read/],
    ];
    for (const [options, sentence] of refused) await expect(readDoor(options)).rejects.toThrow(sentence);
  });
});
