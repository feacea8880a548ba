/** A real OpenID provider on loopback with a few people in it, whose login page is a list of links. */

import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** Somebody whom the provider knows. */
export interface ProviderPerson {
  readonly name: string;
  readonly preferred_username: string;
  readonly groups: readonly string[];
}

export interface IdentityProvider {
  /** Its address, which is its issuer. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** May change between logins. */
  readonly people: Map<string, ProviderPerson>;
  close(): Promise<void>;
}

/** What is used of oidc-provider, which has no types of its own. */
interface Context {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly req: unknown;
  readonly res: unknown;
  readonly oidc: {
    readonly client: { readonly clientId: string };
    readonly session: { readonly accountId: string };
  };
  type: string;
  body: string;
}
interface Grant {
  addOIDCScope(scope: string): void;
  save(): Promise<void>;
}
interface Provider {
  readonly Client: { prototype: { redirectUriAllowed(uri: string): boolean } };
  readonly Grant: new (of: { clientId: string; accountId: string }) => Grant;
  callback(): RequestListener;
  use(middleware: (context: Context, next: () => Promise<void>) => Promise<void>): void;
  interactionFinished(request: unknown, response: unknown, result: object): Promise<void>;
}
type ProviderClass = new (issuer: string, configuration: object) => Provider;

const client = { clientId: "osteon", clientSecret: "the secret of the tests" };
const callbackPattern = /^http:\/\/localhost:\d+\/api\/session\/single-sign-on\/callback$/;

export const startIdentityProvider = async (
  people: Readonly<Record<string, ProviderPerson>>,
): Promise<IdentityProvider> => {
  const { default: OidcProvider } = (await import("oidc-provider" as string)) as { default: ProviderClass };
  const known = new Map(Object.entries(people));
  let answer: RequestListener = (_request, response) => response.end();
  const server = createServer((request, response) => answer(request, response)).listen(0, "127.0.0.1");
  await once(server, "listening");
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const provider = new OidcProvider(issuer, configurationFor(known));
  provider.Client.prototype.redirectUriAllowed = (uri) => callbackPattern.test(uri); // the tests' ports are not known before
  provider.use((context, next) => showPeople(provider, context, { next, known }));
  answer = provider.callback();
  return {
    issuer,
    ...client,
    people: known,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
};

const configurationFor = (known: ReadonlyMap<string, ProviderPerson>): object => ({
  clients: [
    {
      client_id: client.clientId,
      client_secret: client.clientSecret,
      redirect_uris: ["http://localhost/api/session/single-sign-on/callback"],
    },
  ],
  pkce: { required: () => true },
  claims: { openid: ["sub"], profile: ["name", "preferred_username"], groups: ["groups"] },
  scopes: ["openid", "profile", "groups"],
  cookies: { keys: ["a key of the tests"] },
  features: { devInteractions: { enabled: false } },
  ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 600, IdToken: 60, Interaction: 600, Session: 600 },
  interactions: { url: (_: Context, { uid }: { uid: string }) => `/people/${uid}` },
  findAccount: (_: Context, id: string) => ({ accountId: id, claims: () => ({ sub: id, ...known.get(id) }) }),
  loadExistingGrant: async (context: Context) => grantAll(context),
});

let grantClass: Provider["Grant"] | undefined;

/** Nobody is asked for consent. */
const grantAll = async ({ oidc }: Context): Promise<Grant> => {
  const grant = new grantClass!({ clientId: oidc.client.clientId, accountId: oidc.session.accountId });
  grant.addOIDCScope("openid profile groups");
  await grant.save();
  return grant;
};

interface PageParts {
  readonly next: () => Promise<void>;
  readonly known: ReadonlyMap<string, ProviderPerson>;
}

const showPeople = async (provider: Provider, context: Context, { next, known }: PageParts): Promise<void> => {
  grantClass = provider.Grant;
  const { path, query } = context;
  if (!path.startsWith("/people/")) return next();
  if (query.as !== undefined) {
    await provider.interactionFinished(context.req, context.res, { login: { accountId: query.as } });
    return;
  }
  const links = [...known].map(([id, { name }]) => `<li><a href="${path}?as=${id}">${name}</a></li>`);
  context.type = "html";
  context.body = `<!doctype html><html lang="en"><title>Who are you?</title><h1>Who are you?</h1><ul>${links.join("")}</ul>`;
};
