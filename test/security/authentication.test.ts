/** OWASP API Security 2023, API2: broken authentication. */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningTestServer, startTestServer, testPassword } from "../support/running-server.ts";
import { Visitor } from "../support/visitor.ts";

let server: RunningTestServer;
let at = Date.parse("2026-03-02T08:00:00Z");
beforeAll(async () => {
  server = await startTestServer({ now: () => new Date(at) });
});
afterAll(() => server.close());

const minute = 60_000;
const isLoggedIn = async (visitor: Visitor): Promise<boolean> =>
  (await visitor.get("/api/account/sessions")).status === 200;

/** Begins to listen to events, and stops. */
const listen = async (visitor: Visitor): Promise<number> => {
  const controller = new AbortController();
  const headers = { cookie: `osteon=${visitor.cookies.get("osteon")}` };
  const { status } = await fetch(`${server.url}/api/events`, { headers, signal: controller.signal });
  controller.abort();
  return status;
};

describe("logging in", () => {
  test("an unknown login, a wrong password and a disabled account are answered alike", async () => {
    const known = await server.addPerson("viewer");
    const disabled = await server.addPerson("viewer");
    const administrator = await server.visitorOf("administrator");
    await administrator.ask("PATCH", `/api/accounts/${disabled.id}`, { body: { disabled: true } });
    const answers = await Promise.all([
      server.visitor().logIn("nobody-of-this-name", testPassword),
      server.visitor().logIn(known.login, "a wrong password"),
      server.visitor().logIn(disabled.login, testPassword),
    ]);
    for (const { status, text, headers } of answers) {
      expect(status).toBe(401);
      expect(text).toBe(answers[0]!.text);
      expect(headers.getSetCookie()).toEqual([]);
    }
  });

  test("guesses at one account wait longer and longer, also the right one, and others are not kept out", async () => {
    const { login } = await server.addPerson("viewer");
    const guess = () => server.visitor().logIn(login, "a wrong password");
    for (let i = 0; i < 5; i++) expect((await guess()).status).toBe(401);
    const waits: number[] = [];
    for (let i = 0; i < 4; i++) {
      const refused = await server.visitor().logIn(login, testPassword);
      expect(refused.status).toBe(429);
      const wait = Number(refused.headers.get("retry-after"));
      expect(refused.json().retrySeconds).toBe(wait);
      waits.push(wait);
      at += wait * 1000;
      expect((await guess()).status).toBe(401);
    }
    expect(waits).toEqual([1, 2, 4, 8]);
    expect((await server.visitor().logIn((await server.addPerson("viewer")).login, testPassword)).status).toBe(200);
    at += 5 * minute;
    expect((await server.visitor().logIn(login, testPassword)).status).toBe(200);
  });

  test("unknown logins wait as known ones do", async () => {
    const statuses: number[] = [];
    for (let i = 0; i < 6; i++) statuses.push((await server.visitor().logIn("who-is-this", "a wrong password")).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    at += 60 * minute;
  });

  test("many guesses at once gain nothing over one after another", async () => {
    const { login } = await server.addPerson("viewer");
    const answers = await Promise.all(Array.from({ length: 15 }, () => server.visitor().logIn(login, "not the one")));
    const judged = answers.filter(({ status }) => status === 401).length;
    expect(judged).toBe(5);
    at += 60 * minute;
  });

  test("one address that guesses at many accounts waits too", async () => {
    const statuses = new Set<number>();
    for (let i = 0; i < 30; i++) statuses.add((await server.visitor().logIn(`guess-${i}`, "a wrong password")).status);
    expect([...statuses]).toEqual([401, 429]);
    at += 120 * minute;
  });

  test("a failed login stands in the audit log with the account and without what was typed", async () => {
    const { id, login } = await server.addPerson("viewer");
    await server.visitor().logIn(login, "Secret in the wrong field");
    await server.visitor().logIn("Password in the wrong field", "x");
    const administrator = await server.visitorOf("administrator");
    const answer = await administrator.get("/api/audit?action=logged%20in&outcome=failed&limit=2");
    expect(answer.json().entries).toMatchObject([
      { person: null, subject: null, outcome: "failed" },
      { person: null, subject: id, outcome: "failed" },
    ]);
    expect(answer.text).not.toContain("wrong field");
  });
});

describe("sessions", () => {
  test("a login gives a new token, whatever the browser brought along", async () => {
    const { login } = await server.addPerson("viewer");
    const fixed = new Visitor(server.url);
    fixed.cookies.set("osteon", "chosen-by-somebody-else");
    await fixed.logIn(login, testPassword);
    const first = fixed.cookies.get("osteon");
    expect(first).not.toBe("chosen-by-somebody-else");
    const again = new Visitor(server.url);
    again.cookies.set("osteon", first!);
    again.csrfToken = fixed.csrfToken;
    await again.logIn(login, testPassword);
    expect(again.cookies.get("osteon")).not.toBe(first);
    expect(await isLoggedIn(fixed)).toBe(false); // the one before has ended
  });

  test("the cookie is out of reach of scripts and other sites", async () => {
    const { login } = await server.addPerson("viewer");
    const [cookie] = (await server.visitor().logIn(login, testPassword)).headers.getSetCookie();
    expect(cookie).toMatch(/^osteon=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
  });

  test("the home knows only hashes of tokens", async () => {
    const visitor = await server.visitorOf("viewer");
    const rows = await server.home.database.selectFrom("sessions").selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(visitor.cookies.get("osteon"));
  });

  test("a session ends after a time without use, and after a time in any case", async () => {
    const idle = await server.visitorOf("viewer");
    const busy = await server.visitorOf("viewer");
    for (let minutes = 0; minutes < 40; minutes += 10) {
      expect(await isLoggedIn(busy)).toBe(true);
      for (const path of ["/api/session", "/api/queries", "/api/runs", "/api/jobs"]) await idle.get(path); // by the page itself
      await listen(idle);
      at += 10 * minute;
    }
    expect(await isLoggedIn(idle)).toBe(false);
    for (let hours = 0; hours < 11; hours += 0.25) {
      expect(await isLoggedIn(busy)).toBe(true);
      at += 15 * minute;
    }
    at += 60 * minute;
    expect(await isLoggedIn(busy)).toBe(false);
  });

  test("a logout ends the session at the server, too", async () => {
    const visitor = await server.visitorOf("viewer");
    const kept = new Visitor(server.url);
    kept.cookies.set("osteon", visitor.cookies.get("osteon")!);
    const answer = await visitor.ask("DELETE", "/api/session");
    expect(answer.status).toBe(204);
    expect(answer.headers.get("clear-site-data")).toBe('"cache"');
    expect(await isLoggedIn(kept)).toBe(false);
  });

  test("a logout everywhere ends every session of the person and of nobody else", async () => {
    const { login } = await server.addPerson("viewer");
    const [first, second] = [await server.loggedIn("viewer", login), await server.loggedIn("viewer", login)];
    const other = await server.visitorOf("viewer");
    const answer = await first.ask("DELETE", "/api/account/sessions");
    expect(answer.headers.get("clear-site-data")).toBe('"cache"');
    expect([await isLoggedIn(first), await isLoggedIn(second), await isLoggedIn(other)]).toEqual([false, false, true]);
  });

  test("who is disabled is out at once, also with what is listened to; a lower role counts at once", async () => {
    const { id, login } = await server.addPerson("administrator");
    const visitor = await server.loggedIn("administrator", login);
    const administrator = await server.visitorOf("administrator");
    const cookie = `osteon=${visitor.cookies.get("osteon")}`;
    const stream = await fetch(`${server.url}/api/events`, { headers: { cookie } });
    await administrator.ask("PATCH", `/api/accounts/${id}`, { body: { role: "viewer" } });
    expect((await visitor.get("/api/accounts")).status).toBe(403);
    await stream.text(); // it has ended
    const next = await fetch(`${server.url}/api/events`, { headers: { cookie } });
    await administrator.ask("PATCH", `/api/accounts/${id}`, { body: { disabled: true } });
    expect(await isLoggedIn(visitor)).toBe(false);
    await next.text();
  });

  test("a changed password ends the other sessions, and the old one counts no more", async () => {
    const { login } = await server.addPerson("viewer");
    const [visitor, other] = [await server.loggedIn("viewer", login), await server.loggedIn("viewer", login)];
    const change = (current: string, next: string) =>
      visitor.ask("PUT", "/api/account/password", { body: { current, next } });
    expect((await change("not the current one", "a fresh long password")).status).toBe(401);
    expect((await change(testPassword, "short")).status).toBe(422);
    expect((await change(testPassword, `${login} and more`)).status).toBe(422);
    expect((await change(testPassword, "aaaaaaaaaaaaaaaa")).status).toBe(422);
    expect((await change(testPassword, "a fresh long password")).status).toBe(204);
    expect([await isLoggedIn(visitor), await isLoggedIn(other)]).toEqual([true, false]);
    expect((await server.visitor().logIn(login, testPassword)).status).toBe(401);
    expect((await server.visitor().logIn(login, "a fresh long password")).status).toBe(200);
  });

  test("who logs in while the password is changed has no session by the old one", async () => {
    const administrator = await server.visitorOf("administrator");
    for (let round = 0; round < 12; round++) {
      const { id, login } = await server.addPerson("viewer");
      const visitor = server.visitor();
      const [changed] = await Promise.all([
        administrator.ask("PATCH", `/api/accounts/${id}`, { body: { password: "a fresh long password" } }),
        visitor.logIn(login, testPassword),
      ]);
      expect([changed.status, await isLoggedIn(visitor)]).toEqual([200, false]);
    }
  });

  test("made-up, cut and foreign tokens are nobody's", async () => {
    const token = (await server.visitorOf("administrator")).cookies.get("osteon")!;
    for (const made of [
      "",
      "x",
      token.slice(1),
      `${token}x`,
      token.toUpperCase(),
      "' or 1=1 --",
      "%00",
      "a".repeat(5000),
    ]) {
      const visitor = new Visitor(server.url);
      visitor.cookies.set("osteon", encodeURIComponent(made));
      expect(await isLoggedIn(visitor), made.slice(0, 20)).toBe(false);
    }
  });
});

describe("requests from other sites' pages", () => {
  test("a change needs the token of the session", async () => {
    const visitor = await server.visitorOf("administrator");
    const token = visitor.csrfToken;
    const other = await server.visitorOf("administrator");
    for (const wrong of [null, "", "x", other.csrfToken]) {
      visitor.csrfToken = wrong;
      expect((await visitor.ask("PATCH", "/api/settings", { body: { centre: "forged" } })).status).toBe(403);
    }
    visitor.csrfToken = token;
    expect((await visitor.ask("PATCH", "/api/settings", { body: { centre: "" } })).status).toBe(200);
  });

  test.each([
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
    { "sec-fetch-site": "same-origin", origin: "https://evil.example" },
    { "sec-fetch-site": "same-origin", origin: "null" },
  ])("%o is refused, even with the token", async (headers) => {
    const visitor = await server.visitorOf("administrator");
    const answer = await visitor.ask("PATCH", "/api/settings", { body: { centre: "forged" }, headers });
    expect(answer.status).toBe(403);
  });

  test("nobody logs a browser in from another site's page", async () => {
    const { login } = await server.addPerson("viewer");
    const visitor = server.visitor();
    const headers = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    const answer = await visitor.post("/api/session", { login, password: testPassword }, { headers });
    expect(answer.status).toBe(403);
    expect(visitor.cookies.size).toBe(0);
  });

  test("another site's page gets nothing of the API by links or pictures", async () => {
    const visitor = await server.visitorOf("administrator");
    const headers = { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" };
    expect((await visitor.get("/api/audit", { headers })).status).toBe(403);
  });

  test("without accounts a change must come from our own page", async () => {
    const open = await startTestServer({ door: { accounts: false } });
    try {
      const visitor = open.visitor();
      const change = (options: object) => visitor.ask("PATCH", "/api/settings", { body: { centre: "x" }, ...options });
      expect((await change({ bare: true })).status).toBe(403);
      expect((await change({ bare: true, headers: { origin: "http://localhost:1" } })).status).toBe(403);
      expect((await change({ bare: true, headers: { "sec-fetch-site": "none" } })).status).toBe(403);
      expect((await change({ bare: true, headers: { origin: open.url } })).status).toBe(200);
      expect((await change({})).status).toBe(200);
    } finally {
      await open.close();
    }
  });
});
