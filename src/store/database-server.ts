/**
 * A PostgreSQL server as its address says it (`postgresql://user:password@host:port/database`). The address may hold a
 * password, so it never shows: not in errors, not when the object is printed or written as JSON.
 */

import { readFileSync } from "node:fs";
import { isIP } from "node:net";
import type { ConnectionOptions } from "node:tls";
import type { ClientConfig } from "pg";
import { OsteonError, shown } from "../errors.ts";

/** How the connection is encrypted, in PostgreSQL's own words. */
type Encryption = "disable" | "require" | "verify-ca" | "verify-full";

const encryptions: readonly Encryption[] = ["disable", "require", "verify-ca", "verify-full"];
const known: ReadonlySet<string> = new Set(["host", "sslmode", "sslrootcert", "sslcert", "sslkey"]);

/** What an address says, for whoever connects. */
type Connection = Pick<ClientConfig, "host" | "port" | "user" | "password" | "database" | "ssl">;

export class DatabaseServer {
  readonly #address: string;
  readonly #connection: Connection;

  /**
   * Reads an address. What it leaves out comes from where PostgreSQL's own programs have it: `PGUSER`, `PGPASSWORD`, `~/.pgpass`.
   *
   * @throws OsteonError `bad-usage` for what is none, `bad-input` for a certificate that cannot be read
   */
  constructor(address: string) {
    this.#address = address;
    this.#connection = readAddress(address);
  }

  /** The whole address with its password, for a process of one's own and by a way that nobody else reads. */
  secretAddress(): string {
    return this.#address;
  }

  /** With the password, for who connects. */
  secretConnection(): Connection {
    return this.#connection;
  }

  /** How people are told of it. */
  toString(): string {
    const { host = "this machine", port, database } = this.#connection;
    const place = host.startsWith("/") || port === undefined ? host : `${host}:${port}`;
    return database === undefined ? `the database server at ${place}` : `the database ${shown(database)} at ${place}`;
  }

  toJSON(): string {
    return this.toString();
  }
}

const refuse = (reason: string): OsteonError =>
  new OsteonError("bad-usage", `--database ${reason}; it is postgresql://user@host:port/database.`);

const readAddress = (address: string): Connection => {
  const url = parse(address);
  const settings = new Map([...url.searchParams].filter(([, value]) => value !== ""));
  for (const name of settings.keys()) {
    if (!known.has(name)) throw refuse(`has a setting that is not known here, ${shown(name)}`);
  }
  const host = settings.get("host") ?? decode(url.hostname);
  const text = {
    ...(host === "" ? {} : { host: host.replace(/^\[(.*)\]$/, "$1") }),
    ...(url.username === "" ? {} : { user: decode(url.username) }),
    ...(url.password === "" ? {} : { password: decode(url.password) }),
    ...(url.pathname.length > 1 ? { database: decode(url.pathname.slice(1)) } : {}),
  };
  return { ...text, port: url.port === "" ? 5432 : Number(url.port), ssl: encryptionOf(text.host, settings) };
};

/** An address that is none is not repeated: where the parts are cannot be told, and one of them is a password. */
const parse = (address: string): URL => {
  if (!/^postgres(ql)?:\/\//.test(address) || !URL.canParse(address))
    throw refuse("is no address of a PostgreSQL server");
  return new URL(address);
};

const decode = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    throw refuse("has a % that stands for nothing; write %25 for it");
  }
};

/** Patients' data leave the machine encrypted, to a server that shows who it is, unless somebody says otherwise. */
const encryptionOf = (host: string | undefined, settings: ReadonlyMap<string, string>): ConnectionOptions | false => {
  const isHere = host === undefined || host.startsWith("/") || isLoopback(host);
  const mode = (settings.get("sslmode") ?? (isHere ? "disable" : "verify-full")) as Encryption;
  if (!encryptions.includes(mode)) throw refuse(`has an sslmode other than ${encryptions.join(", ")}`);
  if (mode === "disable") return false;
  return {
    rejectUnauthorized: mode !== "require",
    ...(mode === "verify-ca" ? { checkServerIdentity: () => undefined } : {}),
    ...fileOf(settings, "sslrootcert", "ca"),
    ...fileOf(settings, "sslcert", "cert"),
    ...fileOf(settings, "sslkey", "key"),
  };
};

const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || (isIP(host) === 4 && host.startsWith("127."));

const fileOf = (settings: ReadonlyMap<string, string>, name: string, option: string): ConnectionOptions => {
  const path = settings.get(name);
  if (path === undefined) return {};
  try {
    return { [option]: readFileSync(path, "utf8") };
  } catch {
    throw new OsteonError("bad-input", `The file of ${name} in --database cannot be read; check its path.`);
  }
};
