/** OWASP API Security 2023, API1 (object level authorisation) and API3 (object property level authorisation). */

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningTestServer, startTestServer, testPassword } from "../support/running-server.ts";

let server: RunningTestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const uploadAs = async (visitor: Awaited<ReturnType<RunningTestServer["visitorOf"]>>): Promise<string> => {
  const answer = await visitor.post("/api/uploads", new TextEncoder().encode("not a radiograph"), {
    headers: { "x-file-name": "one.dcm" },
  });
  expect(answer.status).toBe(201);
  return answer.json<{ id: string }>().id;
};

describe("API1:2023 broken object level authorisation", () => {
  test("an upload is its owner's: another person gets nothing of it, not even that it is there", async () => {
    const [owner, other] = [await server.visitorOf("researcher"), await server.visitorOf("researcher")];
    const id = await uploadAs(owner);
    const stolen = await other.post("/api/queries", { upload: id });
    const missing = await other.post("/api/queries", { upload: "0".repeat(32) });
    expect([stolen.status, missing.status]).toEqual([404, 404]);
    expect(stolen.text).toBe(missing.text);
    const job = (upload: string) =>
      other.post("/api/jobs", { kind: "import-reports", settings: { uploads: [upload] } });
    expect((await job(id)).status).toBe(404);
    expect((await owner.post("/api/queries", { upload: id })).status).toBe(201);
  });

  test("a query is its owner's until it is put on the worklist", async () => {
    const [owner, other] = [await server.visitorOf("viewer"), await server.visitorOf("viewer")];
    const upload = await uploadAs(owner);
    const { id } = (await owner.post("/api/queries", { upload })).json<{ id: string }>();
    expect((await owner.get(`/api/queries/${id}`)).status).toBe(200);
    for (const [method, path, body] of [
      ["GET", `/api/queries/${id}`],
      ["GET", `/api/queries/${id}/picture`],
      ["GET", `/api/queries/${id}/pixels`],
      ["GET", `/api/queries/${id}/thumbnail`],
      ["PUT", `/api/queries/${id}/box`, { box: null }],
      ["POST", `/api/queries/${id}/link`, {}],
      ["GET", `/api/queries/${id}/explanation/some-image`],
      ["DELETE", `/api/queries/${id}`],
    ] as const) {
      const { status } = await other.ask(method, path, body === undefined ? {} : { body });
      expect(status, `${method} ${path}`).toBe(404);
    }
    const { queries } = (await other.get("/api/queries")).json<{ queries: unknown[] }>();
    expect(queries).toEqual([]);
    expect((await owner.get(`/api/queries/${id}`)).status).toBe(200); // nothing happened to it
  });

  test("nobody ends another person's session by its id", async () => {
    const [owner, other] = [await server.visitorOf("viewer"), await server.visitorOf("administrator")];
    const { sessions } = (await owner.get("/api/account/sessions")).json<{ sessions: { id: string }[] }>();
    expect((await other.ask("DELETE", `/api/account/sessions/${sessions[0]!.id}`)).status).toBe(404);
    expect((await owner.get("/api/account/sessions")).status).toBe(200);
  });
});

describe("API3:2023 broken object property level authorisation", () => {
  test("nobody makes themselves more than they are with a field that no form has", async () => {
    const { login } = await server.addPerson("viewer");
    const visitor = server.visitor();
    const answer = await visitor.post("/api/session", { login, password: testPassword, role: "administrator" });
    expect(answer.status).toBe(400);
    await visitor.logIn(login, testPassword);
    const change = { current: testPassword, next: "a fresh long password", role: "administrator" };
    expect((await visitor.ask("PUT", "/api/account/password", { body: change })).status).toBe(400);
    const { person } = (await visitor.get("/api/session")).json<{ person: { role: string } }>();
    expect(person.role).toBe("viewer");
  });

  test.each([
    ["id", "chosen"],
    ["kind", "single sign-on"],
    ["password_hash", "$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAA$AAAAAAAAAAA"],
    ["passwordHash", "$argon2id$v=19$m=8,t=1,p=1$AAAAAAAAAAA$AAAAAAAAAAA"],
    ["issuer", "https://evil.example"],
    ["createdAt", "2000-01-01T00:00:00Z"],
    ["__proto__", { role: "administrator" }],
    ["constructor", { prototype: { role: "administrator" } }],
  ])("an account takes no %s from outside", async (name, value) => {
    const administrator = await server.visitorOf("administrator");
    const { id, login } = await server.addPerson("viewer");
    const body = `{"name":"New name","${name}":${JSON.stringify(value)}}`;
    const headers = { "content-type": "application/json" };
    const answer = await administrator.ask("PATCH", `/api/accounts/${id}`, { body, headers });
    expect(answer.status).toBe(400);
    const { accounts } = (await administrator.get("/api/accounts")).json<{ accounts: { id: string }[] }>();
    expect(accounts.find((account) => account.id === id)).toMatchObject({ login, role: "viewer", kind: "password" });
    expect(accounts.find((account) => account.id === id)).not.toMatchObject({ name: "New name" });
    expect((await server.visitor().logIn(login, testPassword)).status).toBe(200);
  });

  test("settings take no name that is none", async () => {
    const administrator = await server.visitorOf("administrator");
    expect((await administrator.ask("PATCH", "/api/settings", { body: { accounts: false } })).status).toBe(400);
  });

  test("no answer holds a hash of a password or of a token, or a token", async () => {
    const administrator = await server.visitorOf("administrator");
    const rows = await server.home.database.selectFrom("sessions").select("token_hash").execute();
    const secrets = ["$argon2", "passwordHash", "password_hash", "tokenHash", administrator.cookies.get("osteon")!];
    for (const { method, url, role } of server.app.apiRoutes) {
      if (method !== "GET" || url.includes(":") || url === "/api/events" || role === "public") continue;
      const { text } = await administrator.get(url);
      for (const secret of [...secrets, ...rows.map(({ token_hash }) => token_hash)])
        expect(text, url).not.toContain(secret);
    }
    const added = await administrator.post("/api/accounts", {
      login: "somebody",
      name: "Somebody",
      role: "viewer",
      password: "a very private sentence",
    });
    expect(added.status).toBe(201);
    expect(Object.keys(added.json()).sort()).toEqual(
      ["createdAt", "disabledAt", "id", "kind", "loggedInAt", "login", "name", "role"].sort(),
    );
  });
});
