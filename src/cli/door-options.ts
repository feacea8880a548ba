/** The options of `osteon serve` that say on which terms people come in. */

import type { Command } from "commander";
import { type Door, readDoor } from "../server/access/door.ts";

export interface DoorCommandOptions {
  readonly host: string;
  readonly accounts: boolean;
  readonly tlsCertificate?: string;
  readonly tlsKey?: string;
  readonly behindProxy?: readonly string[];
  readonly publicUrl?: string;
  readonly access?: string;
}

export const withDoorOptions = (command: Command): Command =>
  command
    .option("--host <address>", "the address to listen on; accounts are asked for on any but loopback", "127.0.0.1")
    .option("--accounts", "ask for accounts on loopback too", false)
    .option("--tls-certificate <file>", "the server's certificate and its chain, in PEM")
    .option("--tls-key <file>", "the key of the certificate, in PEM")
    .option("--behind-proxy <addresses>", "answer only to these proxies and networks, separated by commas", (text) =>
      text.split(","),
    )
    .option("--public-url <url>", "where browsers reach the server, such as https://osteon.example.org")
    .option("--access <file>", "how people log in with the centre's own accounts (OpenID Connect)");

/** @throws OsteonError `bad-usage` where the door would stand open */
export const doorOf = (options: DoorCommandOptions): Promise<Door> =>
  readDoor({
    host: options.host,
    accounts: options.accounts,
    ...(options.tlsCertificate === undefined ? {} : { certificateFile: options.tlsCertificate }),
    ...(options.tlsKey === undefined ? {} : { keyFile: options.tlsKey }),
    ...(options.behindProxy === undefined ? {} : { proxies: options.behindProxy }),
    ...(options.publicUrl === undefined ? {} : { publicUrl: options.publicUrl }),
    ...(options.access === undefined ? {} : { accessFile: options.access }),
  });
