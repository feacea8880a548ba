/** Addresses of the network: which are this machine's own, and which belong to a list. */

import { BlockList, isIP } from "node:net";
import { OsteonError } from "../../errors.ts";

/** Whether only this machine reaches what listens there. */
export const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || host === "[::1]" || /^127(\.\d{1,3}){3}$/.test(host);

/**
 * A test of addresses against a list of addresses and networks, such as `10.0.0.7` and `10.1.0.0/16`.
 *
 * @throws OsteonError `bad-usage` for what is neither
 */
export const matchAddresses = (list: readonly string[]): ((address: string) => boolean) => {
  const blocks = new BlockList();
  for (const one of list) {
    const [address = "", bits, ...rest] = one.split("/");
    const family = isIP(address);
    const isWhole = /^\d{1,3}$/.test(bits ?? "0") && Number(bits ?? 0) <= (family === 4 ? 32 : 128);
    if (family === 0 || !isWhole || rest.length > 0) {
      throw new OsteonError("bad-usage", `"${one}" is no address; write 10.0.0.7 or 10.1.0.0/16.`);
    }
    if (bits === undefined) blocks.addAddress(address, familyOf(address));
    else blocks.addSubnet(address, Number(bits), familyOf(address));
  }
  return (address) => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/, ""); // IPv4 through a socket of IPv6
    return isIP(plain) !== 0 && blocks.check(plain, familyOf(plain));
  };
};

const familyOf = (address: string): "ipv4" | "ipv6" => (isIP(address) === 4 ? "ipv4" : "ipv6");
