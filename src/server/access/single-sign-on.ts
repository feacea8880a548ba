/** The centre's own login by OpenID Connect: authorisation code with PKCE, state and nonce, and roles out of a claim. */

import * as openid from "openid-client";
import { type Role, roles } from "../../contract/roles.ts";
import { OsteonError } from "../../errors.ts";
import type { SingleSignOnSettings } from "./access-file.ts";

/** What the browser keeps between the way out and the way back. */
export interface SingleSignOnStart {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Who the identity provider says somebody is. */
export interface IssuedPerson {
  readonly issuer: string;
  /** Lasts, whatever the name becomes. */
  readonly subject: string;
  readonly login: string;
  readonly name: string;
  /** Null where none of the person's groups has a role here. */
  readonly role: Role | null;
}

export interface SingleSignOn {
  /** What the button says. */
  readonly label: string;
  /** Where the browser goes to log in, and what it keeps meanwhile. */
  begin(redirectUri: string): Promise<{ readonly address: URL; readonly start: SingleSignOnStart }>;
  /**
   * Who came back with this address.
   *
   * @throws OsteonError `unreachable` when the provider does not answer, `wrong-login` when what came back cannot be trusted
   */
  finish(address: URL, start: SingleSignOnStart): Promise<IssuedPerson>;
}

const timeoutSeconds = 10;

export const openSingleSignOn = (settings: SingleSignOnSettings): SingleSignOn => {
  let known: openid.Configuration | null = null;
  /** Asked at the first login, not at the start: the provider may be down while the server comes up. */
  const configuration = async (): Promise<openid.Configuration> => {
    known ??= await discover(settings).catch((cause) => {
      throw new OsteonError("unreachable", "The centre's login does not answer; try again later.", {}, cause);
    });
    return known;
  };
  return {
    label: settings.label,
    begin: async (redirectUri) => {
      const start = {
        state: openid.randomState(),
        nonce: openid.randomNonce(),
        verifier: openid.randomPKCECodeVerifier(),
      };
      const address = openid.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: settings.scope,
        state: start.state,
        nonce: start.nonce,
        code_challenge: await openid.calculatePKCECodeChallenge(start.verifier),
        code_challenge_method: "S256",
      });
      return { address, start };
    },
    finish: async (address, { state, nonce, verifier }) => {
      const config = await configuration();
      try {
        const tokens = await openid.authorizationCodeGrant(config, address, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const token = tokens.claims()!;
        const isComplete = claimAt(token, settings.roleClaim) !== undefined;
        const info =
          isComplete || !config.serverMetadata().userinfo_endpoint
            ? {}
            : await openid.fetchUserInfo(config, tokens.access_token, token.sub);
        return personOf({ ...info, ...token }, settings);
      } catch (cause) {
        throw new OsteonError("wrong-login", "The centre's login did not vouch for you; try again.", {}, cause);
      }
    },
  };
};

const discover = async (settings: SingleSignOnSettings): Promise<openid.Configuration> => {
  const issuer = new URL(settings.issuer);
  const config = await openid.discovery(
    issuer,
    settings.clientId,
    {},
    settings.clientSecret === null ? openid.None() : openid.ClientSecretBasic(settings.clientSecret),
    {
      timeout: timeoutSeconds,
      // the settings allow plain http on loopback alone
      execute: issuer.protocol === "http:" ? [openid.allowInsecureRequests] : [],
    },
  );
  openid.enableNonRepudiationChecks(config); // the signature of the ID token, besides TLS
  return config;
};

const personOf = (claims: Readonly<Record<string, unknown>>, settings: SingleSignOnSettings): IssuedPerson => {
  const text = (name: string): string | undefined => {
    const value = claims[name];
    return typeof value === "string" && value.trim() !== "" ? value.trim().slice(0, 100) : undefined;
  };
  const subject = String(claims.sub);
  const login = text("preferred_username") ?? text("email") ?? subject.slice(0, 100);
  return {
    issuer: String(claims.iss),
    subject,
    login: login.toLowerCase(),
    name: text("name") ?? login,
    role: roleOf(claimAt(claims, settings.roleClaim), settings.roles),
  };
};

/** The highest role that one of the person's groups has. */
const roleOf = (groups: unknown, mapping: Readonly<Record<string, Role>>): Role | null => {
  const held = (Array.isArray(groups) ? groups : [groups]).flatMap((group) =>
    typeof group === "string" && Object.hasOwn(mapping, group) ? [mapping[group]!] : [],
  );
  return [...roles].reverse().find((role) => held.includes(role)) ?? null;
};

/** A claim, or one inside of another: `realm_access.roles`. */
const claimAt = (claims: Readonly<Record<string, unknown>>, path: string): unknown => {
  if (Object.hasOwn(claims, path)) return claims[path];
  let value: unknown = claims;
  for (const name of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
};
