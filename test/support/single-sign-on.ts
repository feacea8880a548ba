/** The way of a browser to an identity provider and back, step by step. */

import type { IdentityProvider } from "./identity-provider.ts";
import { type Answer, Visitor } from "./visitor.ts";

const start = "/api/session/single-sign-on";

/** Goes to the provider and logs in there; gives the address that the provider sends the browser back to. */
export const visitProvider = async (
  visitor: Visitor,
  { issuer }: IdentityProvider,
  { person, to = "/archive" }: { readonly person: string; readonly to?: string },
): Promise<URL> => {
  const away = await visitor.get(`${start}?to=${encodeURIComponent(to)}`);
  const there = new Visitor(issuer);
  const page = await there.get(locationOf(away));
  let answer = await there.get(`${locationOf(page)}?as=${person}`);
  while (locationOf(answer).startsWith(issuer)) answer = await there.get(locationOf(answer));
  return new URL(locationOf(answer));
};

/** Comes back as browsers do: from another site's page. */
export const comeBack = (visitor: Visitor, address: URL): Promise<Answer> =>
  visitor.get(`${address.pathname}${address.search}`, {
    headers: { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" },
  });

export const locationOf = ({ headers, status, text }: Answer): string => {
  const location = headers.get("location");
  if (location === null) throw new Error(`Nobody was sent on: ${status} ${text.slice(0, 300)}`);
  return location;
};
