/** What a PostgreSQL server or the way to it refuses, as sentences: never with a password, and never with a row's values. */

import { OsteonError } from "../errors.ts";
import { storageError } from "./atomic-file.ts";
import type { DatabaseServer } from "./database-server.ts";

/** The way to the server, or the server itself, is away: what was asked may be asked again. */
const away: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EAI_AGAIN",
  "ENOENT", // the socket of a server that does not run
  "57P01", // it is being stopped
  "57P02", // it has crashed
  "57P03", // it is starting
  "53300", // it has no connection left
  "08000",
  "08001",
  "08003",
  "08004",
  "08006",
]);

/** How `pg` tells, without a code, that a connection is gone. */
const awayMessages =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|timeout expired)/;

/** Whether an error only says that the server is away just now. */
export const isAway = (error: unknown): boolean => {
  const { code, message } = error as { code?: string; message?: string };
  return away.has(code ?? "") || awayMessages.test(message ?? "");
};

/** An error of the server as a sentence; one of a statement as it is. */
export const databaseServerError = (cause: unknown, server: DatabaseServer): unknown => {
  if (cause instanceof OsteonError) return cause;
  const { code = "", message = "" } = cause as { code?: string; message?: string };
  if (isAway(cause)) {
    const detail = `There is no answer from ${server}; what was not finished can be asked again once it is there.`;
    return new OsteonError("database-unreachable", detail, {}, cause);
  }
  const told = sentences[code] ?? (message.startsWith("The server does not support SSL") ? unencrypted : undefined);
  if (told !== undefined) return new OsteonError("bad-input", `${capitalise(`${server}`)} ${told}`, {}, cause);
  return storageError(cause);
};

const capitalise = (text: string): string => text[0]!.toUpperCase() + text.slice(1);

const unknownCertificate =
  "shows a certificate that nobody here vouches for; name the centre's own with sslrootcert=FILE in the address.";
const unencrypted =
  "does not encrypt; let it (ssl = on), or add sslmode=disable to the address if the way to it is safe.";

const sentences: Readonly<Record<string, string>> = {
  ENOTFOUND: "is not known by this name; check the host in --database.",
  "28P01": "refuses the password; check it in --database, PGPASSWORD or ~/.pgpass.",
  "28000": "refuses this user or this machine; see its pg_hba.conf.",
  "3D000": `is not there; make it with: createdb --template=template0 --encoding=UTF8 --locale=C.UTF-8 NAME`,
  "42501": "does not let this user make tables; make the user its owner.",
  "25006": "is a copy that may only be read; name the server that it follows.",
  SELF_SIGNED_CERT_IN_CHAIN: unknownCertificate,
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownCertificate,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownCertificate,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownCertificate,
  CERT_HAS_EXPIRED: "shows a certificate that has expired; renew it.",
  ERR_TLS_CERT_ALTNAME_INVALID: "shows a certificate of another name; check the host in --database.",
};
