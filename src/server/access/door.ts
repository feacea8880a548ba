/** How the server is reached: on which terms people come in, and by which certificate, names and proxies. */

import { createPrivateKey, X509Certificate } from "node:crypto";
import { readFile } from "node:fs/promises";
import { OsteonError } from "../../errors.ts";
import { readAccessFile, type SingleSignOnSettings } from "./access-file.ts";
import { isLoopback, matchAddresses } from "./addresses.ts";

/** A certificate with its key, in PEM. */
export interface Certificate {
  readonly certificate: string;
  readonly key: string;
}

/** The terms of the server's door. */
export interface Door {
  /** Whether people must log in. */
  readonly accounts: boolean;
  /** Whether browsers come over TLS, to this server or to the proxy before it. */
  readonly secure: boolean;
  /** Where browsers reach the server, such as `https://osteon.example.org`; null where they come by any of its names. */
  readonly publicUrl: URL | null;
  /** The addresses and networks of the proxies through which everybody comes; empty where there is none. */
  readonly proxies: readonly string[];
  readonly certificate: Certificate | null;
  readonly singleSignOn: SingleSignOnSettings | null;
}

/** On loopback, for who works at this machine. */
export const loopbackDoor: Door = {
  accounts: false,
  secure: false,
  publicUrl: null,
  proxies: [],
  certificate: null,
  singleSignOn: null,
};

/** What `osteon serve` was told of the door. */
export interface DoorOptions {
  readonly host: string;
  readonly accounts?: boolean;
  readonly certificateFile?: string;
  readonly keyFile?: string;
  readonly proxies?: readonly string[];
  readonly publicUrl?: string;
  readonly accessFile?: string;
}

/**
 * Reads what belongs to the door and refuses what would leave it open: away from loopback there are accounts, and passwords
 * and radiographs never travel in the clear.
 *
 * @throws OsteonError `bad-usage`
 */
export const readDoor = async (options: DoorOptions): Promise<Door> => {
  const { host, proxies = [], accessFile } = options;
  const publicUrl = options.publicUrl === undefined ? null : readPublicUrl(options.publicUrl);
  const certificate = await readCertificate(options);
  matchAddresses(proxies);
  if (proxies.length > 0 && !publicUrl) {
    throw new OsteonError(
      "bad-usage",
      "Behind a proxy the server must know its address there; name it with --public-url.",
    );
  }
  if (!isLoopback(host) && !certificate && proxies.length === 0) {
    throw new OsteonError(
      "bad-usage",
      "On this address passwords and radiographs would travel in the clear; give --tls-certificate and --tls-key, or " +
        "--behind-proxy with the address of a proxy that speaks TLS.",
    );
  }
  const isAlone = isLoopback(host) && proxies.length === 0 && publicUrl === null && accessFile === undefined;
  return {
    accounts: options.accounts === true || !isAlone,
    secure: publicUrl ? publicUrl.protocol === "https:" : certificate !== null,
    publicUrl,
    proxies,
    certificate,
    singleSignOn: accessFile === undefined ? null : await readAccessFile(accessFile),
  };
};

const readPublicUrl = (text: string): URL => {
  const url = URL.parse(text);
  const isBare = url?.pathname === "/" && url.search === "" && url.hash === "" && url.username === "";
  const isSafe = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
  if (url && isBare && isSafe) return url;
  throw new OsteonError(
    "bad-usage",
    "--public-url is an address such as https://osteon.example.org: with https, and without a path.",
  );
};

/**
 * @throws OsteonError `bad-usage` where a file is missing or the two do not belong together
 */
const readCertificate = async ({ certificateFile, keyFile }: DoorOptions): Promise<Certificate | null> => {
  if (certificateFile === undefined && keyFile === undefined) return null;
  if (certificateFile === undefined || keyFile === undefined) {
    throw new OsteonError("bad-usage", "--tls-certificate and --tls-key belong together; give both.");
  }
  const [certificate, key] = await Promise.all([readPem(certificateFile), readPem(keyFile)]);
  let fits: boolean;
  try {
    fits = new X509Certificate(certificate).checkPrivateKey(createPrivateKey(key));
  } catch (cause) {
    throw new OsteonError(
      "bad-usage",
      "The certificate or its key is not in PEM, or the key has a password.",
      {},
      cause,
    );
  }
  if (!fits) throw new OsteonError("bad-usage", "The key of --tls-key is not that of the certificate.");
  return { certificate, key };
};

const readPem = async (path: string): Promise<string> => {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw new OsteonError("bad-usage", "The file of --tls-certificate or --tls-key cannot be read.", {}, cause);
  }
};
