/** Application entity titles (PS3.5 table 6.2-1, VR AE; PS3.8 table 9-11) and the list of those that may send. */

import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { OsteonError, shown } from "../../errors.ts";

/**
 * Checks an AE title: 1 to 16 printable ASCII characters without backslash, spaces around it not counted.
 *
 * @throws OsteonError `bad-usage`
 */
export const aeTitle = (text: string): string => {
  const title = text.trim();
  if (/^[\x20-\x5b\x5d-\x7e]{1,16}$/.test(title)) return title;
  throw new OsteonError(
    "bad-usage",
    `${shown(text)} is no AE title; it has 1 to 16 ASCII characters, none of them a backslash.`,
  );
};

/** One who may send, from any address or from some. */
export interface AllowedPeer {
  readonly aeTitle: string;
  /** IP addresses; undefined allows any. */
  readonly addresses: readonly string[] | undefined;
}

/** An address without the IPv6 clothes of an IPv4 address. */
const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, "");

/**
 * Reads an allow-list: `AET` or `AET@host`, separated by commas. Host names are looked up once, here.
 *
 * @throws OsteonError `bad-usage` for what is none, `not-found` for a host that nobody knows
 * @example
 * await parseAllowList("CT1,PACS@10.0.0.7");
 */
export const parseAllowList = async (text: string): Promise<AllowedPeer[]> => {
  const entries = text.split(",").filter((entry) => entry.trim() !== "");
  if (entries.length === 0)
    throw new OsteonError("bad-usage", "--allow names nobody; name the AE titles that may send.");
  return Promise.all(
    entries.map(async (entry): Promise<AllowedPeer> => {
      const at = entry.lastIndexOf("@");
      if (at === -1) return { aeTitle: aeTitle(entry), addresses: undefined };
      const host = entry.slice(at + 1).trim();
      return { aeTitle: aeTitle(entry.slice(0, at)), addresses: await addressesOf(host) };
    }),
  );
};

const addressesOf = async (host: string): Promise<string[]> => {
  if (isIP(host)) return [plainAddress(host)];
  const found = await lookup(host, { all: true }).catch((cause) => {
    throw new OsteonError("not-found", `The host ${shown(host)} of --allow is not known.`, { host }, cause);
  });
  return found.map(({ address }) => plainAddress(address));
};

/** Whether one who calls itself so, from this address, may send. */
export const isAllowed = (
  allowed: readonly AllowedPeer[],
  { aeTitle, address }: { readonly aeTitle: string; readonly address: string },
): boolean =>
  allowed.some((peer) => peer.aeTitle === aeTitle && (peer.addresses?.includes(plainAddress(address)) ?? true));
