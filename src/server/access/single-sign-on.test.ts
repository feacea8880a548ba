import { afterAll, beforeAll, expect, test } from "vitest";
import { type IdentityProvider, startIdentityProvider } from "../../../test/support/identity-provider.ts";
import { type RunningTestServer, startTestServer } from "../../../test/support/running-server.ts";
import { comeBack, locationOf, visitProvider } from "../../../test/support/single-sign-on.ts";
import type { SingleSignOnSettings } from "./access-file.ts";

let provider: IdentityProvider;
let server: RunningTestServer;

const settingsFor = ({ issuer, clientId, clientSecret }: IdentityProvider): SingleSignOnSettings => ({
  issuer,
  clientId,
  clientSecret,
  label: "Hospital login",
  scope: "openid profile groups",
  roleClaim: "groups",
  roles: { "tumour board": "annotator", research: "researcher", it: "administrator" },
});

beforeAll(async () => {
  provider = await startIdentityProvider({
    greta: { name: "Greta Sommer", preferred_username: "Greta", groups: ["tumour board", "research"] },
    otto: { name: "Otto Fremd", preferred_username: "otto", groups: ["canteen"] },
    taken: { name: "Second Viewer", preferred_username: "known", groups: ["tumour board"] },
  });
  server = await startTestServer({ door: { singleSignOn: settingsFor(provider) } });
});
afterAll(async () => {
  await server.close();
  await provider.close();
});

/** Logs a person in at the provider and comes back. */
const logInAs = async (person: string) => {
  const visitor = server.visitor();
  const answer = await comeBack(visitor, await visitProvider(visitor, provider, { person }));
  return { visitor, answer };
};

test("a person comes in with the highest role of their groups, and lands where they wanted to go", async () => {
  const { visitor, answer } = await logInAs("greta");
  expect(locationOf(answer)).toBe("/archive");
  const session = (await visitor.get("/api/session")).json();
  expect(session.person).toMatchObject({ name: "Greta Sommer", role: "researcher" });
  expect([...visitor.cookies.keys()]).toEqual(["osteon"]); // what was kept for the way is gone
});

test("the cookie for the way comes back from another site's page, the session's does not", async () => {
  const visitor = server.visitor();
  const away = await visitor.get("/api/session/single-sign-on");
  expect(away.headers.getSetCookie()[0]).toMatch(/^osteon-way=.*HttpOnly; SameSite=Lax/);
  const address = new URL(locationOf(away));
  expect(address.searchParams.get("code_challenge_method")).toBe("S256");
  expect(address.searchParams.get("nonce")).toBeTruthy();
  const back = await comeBack(visitor, await visitProvider(visitor, provider, { person: "greta" }));
  expect(back.headers.getSetCookie().find((line) => line.startsWith("osteon="))).toMatch(/HttpOnly; SameSite=Strict/);
});

test("the account lasts: another login renews name and role and makes no second one", async () => {
  await logInAs("greta");
  provider.people.set("greta", { name: "Greta Winter", preferred_username: "greta.w", groups: ["tumour board"] });
  const { visitor } = await logInAs("greta");
  expect((await visitor.get("/api/session")).json().person).toMatchObject({ name: "Greta Winter", role: "annotator" });
  const administrator = await server.loggedIn("administrator");
  const { accounts } = (await administrator.get("/api/accounts")).json<{
    accounts: { login: string; kind: string }[];
  }>();
  expect(accounts.filter(({ kind }) => kind === "single sign-on").map(({ login }) => login)).toEqual(["greta"]);
});

test("who has no group with a role is refused, and the log says that somebody tried", async () => {
  const { visitor, answer } = await logInAs("otto");
  expect(locationOf(answer)).toBe("/?login=refused");
  expect((await visitor.get("/api/session")).json().person).toBeNull();
  const administrator = await server.loggedIn("administrator");
  const { entries } = (await administrator.get("/api/audit?outcome=failed&limit=1")).json<{ entries: unknown[] }>();
  expect(entries).toMatchObject([{ action: "logged in", person: null, subject: null }]);
});

test("who is disabled here stays out, whatever the provider says", async () => {
  const { visitor } = await logInAs("greta");
  const { id } = (await visitor.get("/api/session")).json<{ person: { id: string } }>().person;
  const administrator = await server.loggedIn("administrator");
  expect((await administrator.ask("PATCH", `/api/accounts/${id}`, { body: { disabled: true } })).status).toBe(200);
  expect((await visitor.get("/api/session")).json().person).toBeNull();
  expect(locationOf((await logInAs("greta")).answer)).toBe("/?login=refused");
  await administrator.ask("PATCH", `/api/accounts/${id}`, { body: { disabled: false } });
});

test("a name that a local account has does not open that account", async () => {
  await server.addPerson("administrator", "known");
  const { visitor } = await logInAs("taken");
  const { person } = (await visitor.get("/api/session")).json<{ person: { role: string; name: string } }>();
  expect(person).toMatchObject({ role: "annotator", name: "Second Viewer" });
});

test("an answer that belongs to another browser, another try or nobody is refused", async () => {
  const first = server.visitor();
  const address = await visitProvider(first, provider, { person: "greta" });
  expect(locationOf(await comeBack(server.visitor(), address))).toBe("/?login=late");
  const second = server.visitor();
  await second.get("/api/session/single-sign-on");
  expect(locationOf(await comeBack(second, address))).toBe("/?login=failed"); // another state
  const changed = new URL(address);
  changed.searchParams.set("code", "made-up");
  expect(locationOf(await comeBack(first, changed))).toBe("/?login=failed");
  expect((await first.get("/api/session")).json().person).toBeNull();
});

test("an answer counts once", async () => {
  const visitor = server.visitor();
  const address = await visitProvider(visitor, provider, { person: "greta" });
  const way = visitor.cookies.get("osteon-way")!;
  await comeBack(visitor, address);
  const thief = server.visitor();
  thief.cookies.set("osteon-way", way);
  expect(locationOf(await comeBack(thief, address))).toBe("/?login=failed");
});

test("a cookie for the way that was changed is none", async () => {
  const visitor = server.visitor();
  const address = await visitProvider(visitor, provider, { person: "greta", to: "/archive" });
  const way = decodeURIComponent(visitor.cookies.get("osteon-way")!);
  visitor.cookies.set("osteon-way", encodeURIComponent(way.replace("/archive", "/elsewhere")));
  expect(locationOf(await comeBack(visitor, address))).toBe("/?login=late");
});

test.each([
  "https://evil.example",
  "//evil.example",
  "//evil",
  "/\\evil",
  "/a?b",
  "javascript:alert(1)",
  "/a\r\nSet-Cookie: x=y",
])("nobody is sent on to %j after the login", async (to) => {
  const answer = await server.visitor().get(`/api/session/single-sign-on?to=${encodeURIComponent(to)}`);
  expect(answer.status).toBe(400);
});

test("a provider that does not answer is told, and the server goes on", async () => {
  const gone = await startTestServer({
    door: { singleSignOn: { ...settingsFor(provider), issuer: "http://localhost:9" } },
  });
  const answer = await gone.visitor().get("/api/session/single-sign-on");
  expect(answer.status).toBe(502);
  expect(answer.json().detail).toBe("The centre's login does not answer; try again later.");
  await gone.close();
});
