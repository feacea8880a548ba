/** OWASP API Security 2023, API10: unsafe consumption of APIs. An identity provider that was broken into, or another one. */

import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type RunningTestServer, startTestServer } from "../support/running-server.ts";
import { comeBack, locationOf } from "../support/single-sign-on.ts";

/** What the provider does wrong, one at a time. */
interface Wrong {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly key?: KeyObject;
  /** Written in the place of the token's answer. */
  readonly answer?: (response: ServerResponse) => void;
  readonly info?: Readonly<Record<string, unknown>>;
}

const right = generateKeyPairSync("rsa", { modulusLength: 2048 });
const other = generateKeyPairSync("rsa", { modulusLength: 2048 });

let at = Date.now();
let wrong: Wrong;
let nonce: string;
let issuer: string;
let provider: Server;
let server: RunningTestServer;

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

const makeToken = (): string => {
  const seconds = Math.floor(Date.now() / 1000);
  const claims = { iss: issuer, aud: "osteon", sub: "greta", nonce, iat: seconds, exp: seconds + 60, groups: ["it"] };
  const header = { alg: "RS256", kid: "key", ...wrong.header };
  const content = `${encode(header)}.${encode({ ...claims, ...wrong.claims })}`;
  if (header.alg === "none") return `${content}.`;
  return `${content}.${sign("sha256", Buffer.from(content), wrong.key ?? right.privateKey).toString("base64url")}`;
};

beforeAll(async () => {
  provider = createServer((request, response) => {
    const answer = (value: object): void => {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(value));
    };
    if (request.url === "/.well-known/openid-configuration")
      return answer({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
        userinfo_endpoint: `${issuer}/info`,
        response_types_supported: ["code"],
        subject_types_supported: ["public"],
        id_token_signing_alg_values_supported: ["RS256"],
      });
    if (request.url === "/keys")
      return answer({ keys: [{ ...right.publicKey.export({ format: "jwk" }), kid: "key", alg: "RS256", use: "sig" }] });
    if (request.url === "/info") return answer(wrong.info ?? { sub: "greta", groups: ["it"] });
    if (wrong.answer) return wrong.answer(response);
    answer({ access_token: "a token", token_type: "Bearer", expires_in: 60, id_token: makeToken() });
  }).listen(0, "127.0.0.1");
  await once(provider, "listening");
  issuer = `http://localhost:${(provider.address() as AddressInfo).port}`;
  server = await startTestServer({
    now: () => new Date(at),
    door: {
      singleSignOn: {
        issuer,
        clientId: "osteon",
        clientSecret: "secret",
        label: "Hospital login",
        scope: "openid",
        roleClaim: "groups",
        roles: { it: "administrator" },
      },
    },
  });
});
afterAll(async () => {
  await server.close();
  provider.closeAllConnections();
  provider.close();
});
beforeEach(() => {
  at += 3_600_000; // failures of the test before are forgotten
  wrong = {};
});

/** Goes the whole way with a provider that answers as `wrong` says. */
const logIn = async (change: (address: URL) => void = () => {}) => {
  const visitor = server.visitor();
  const away = new URL(locationOf(await visitor.get("/api/session/single-sign-on")));
  nonce = away.searchParams.get("nonce")!;
  const back = new URL(`/api/session/single-sign-on/callback`, server.url);
  back.searchParams.set("code", "the code");
  back.searchParams.set("state", away.searchParams.get("state")!);
  change(back);
  const answer = await comeBack(visitor, back);
  const { person } = (await visitor.get("/api/session")).json<{ person: { role: string; name: string } | null }>();
  return { location: locationOf(answer), person };
};

describe("API10:2023 unsafe consumption of APIs", () => {
  test("what is right is taken: otherwise the tests below would show nothing", async () => {
    expect(await logIn()).toMatchObject({ location: "/", person: { role: "administrator" } });
  });

  const past = Math.floor(Date.now() / 1000) - 86_400;
  test.each<[string, Wrong]>([
    ["of another issuer", { claims: { iss: "https://evil.example" } }],
    ["for another client", { claims: { aud: "another" } }],
    ["of another login", { claims: { nonce: "another" } }],
    ["without a nonce", { claims: { nonce: undefined } }],
    ["that has expired", { claims: { exp: past } }],
    ["that counts from tomorrow", { claims: { nbf: past + 2 * 86_400 } }],
    ["of nobody", { claims: { sub: undefined } }],
    ["signed by another key", { key: other.privateKey }],
    ["without a signature", { header: { alg: "none" } }],
    ["signed with the public key as a secret", { header: { alg: "HS256" } }],
    ["with another key's name", { header: { kid: "missing" } }],
  ])("a token %s lets nobody in", async (_, how) => {
    wrong = how;
    expect(await logIn()).toEqual({ location: "/?login=failed", person: null });
  });

  test.each<[string, (response: ServerResponse) => void]>([
    ["no JSON", (response) => response.setHeader("content-type", "application/json").end("<html>")],
    ["another type", (response) => response.setHeader("content-type", "text/html").end("{}")],
    ["nothing", (response) => response.end()],
    ["an error", (response) => response.writeHead(500).end("stack trace")],
    ["a redirect", (response) => response.writeHead(302, { location: "http://169.254.169.254/" }).end()],
    ["no token", (response) => response.setHeader("content-type", "application/json").end('{"access_token":"x"}')],
    ["a broken line", (response) => response.destroy()],
  ])("%s in the place of a token lets nobody in", async (_, answer) => {
    wrong = { answer };
    expect(await logIn()).toEqual({ location: "/?login=failed", person: null });
  });

  test("an error of the provider and an answer without a code let nobody in, and nothing of it is shown", async () => {
    const refused = await logIn((address) => {
      address.searchParams.delete("code");
      address.searchParams.set("error", "access_denied");
      address.searchParams.set("error_description", "<script>alert(1)</script>");
    });
    expect(refused).toEqual({ location: "/?login=failed", person: null });
  });

  test("what is said of another person than the token's is not taken", async () => {
    wrong = { claims: { groups: undefined }, info: { sub: "somebody else", groups: ["it"] } };
    expect(await logIn()).toEqual({ location: "/?login=failed", person: null });
  });

  test.each<[string, unknown, string | null]>([
    ["a list", ["canteen", "it"], "administrator"],
    ["a word", "it", "administrator"],
    ["a role's own name", ["administrator"], null],
    ["a name of objects", ["__proto__", "constructor", "toString"], null],
    ["an object", { it: true }, null],
    ["a number", 1, null],
    ["nothing", [], null],
  ])("%s as groups gives the role that the settings say, or none", async (_, groups, role) => {
    wrong = { claims: { groups } };
    const { person, location } = await logIn();
    expect(person?.role ?? null).toBe(role);
    expect(location).toBe(role === null ? "/?login=refused" : "/");
  });

  test("names of persons are cut and are text, whatever is in them", async () => {
    wrong = {
      claims: { sub: "long", name: `<img src=x onerror=alert(1)>${"x".repeat(10_000)}`, preferred_username: 7 },
    };
    const { person } = await logIn();
    expect(person?.name.length).toBe(100);
  });
});
