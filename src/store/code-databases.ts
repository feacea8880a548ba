/**
 * `code-databases.json`: the databases that share out an archive's codes, where somebody chose any. The list belongs to the archive and
 * not to a process, because all that write and ask must go by the same one.
 */

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { OsteonError } from "../errors.ts";
import { exists, writeFileAtomically } from "./atomic-file.ts";
import { DatabaseServer } from "./database-server.ts";
import type { HomeFiles } from "./files.ts";

/** A database by its address, and the name by which it is chosen for a patient. */
export interface CodeDatabase {
  readonly name: string;
  readonly address: string;
}

const format = "osteon-code-databases-1";

/**
 * Reads `NAME=URL,NAME=URL`.
 *
 * @throws OsteonError `bad-usage` for what is none, for a name that is there twice, and for a password, which would be kept in the home
 */
export const parseCodeDatabases = (text: string): readonly CodeDatabase[] => {
  const databases = text.split(",").map((part) => {
    const [, name, address] = /^([a-z0-9][a-z0-9_-]{0,39})=(postgres(?:ql)?:\/\/.+)$/i.exec(part.trim()) ?? [];
    if (name === undefined || address === undefined) throw refuse("is NAME=URL, and more of them after commas");
    return { name, address };
  });
  if (new Set(databases.map(({ name }) => name)).size < databases.length) throw refuse("names two databases alike");
  if (databases.some(({ address }) => serverAt(address).secretConnection().password !== undefined)) {
    throw refuse("has a password, which would be kept in the home; put it into ~/.pgpass or PGPASSWORD");
  }
  return databases;
};

/** The server at an address, told by the option's name where it is none. */
const serverAt = (address: string): DatabaseServer => {
  try {
    return new DatabaseServer(address);
  } catch (error) {
    if (!(error instanceof OsteonError)) throw error;
    throw new OsteonError(error.code, error.message.replaceAll("--database", "--code-databases"), {}, error);
  }
};

/** The databases that were chosen; null where none were. */
export const readCodeDatabases = async ({
  root,
}: Pick<HomeFiles, "root">): Promise<readonly { readonly name: string; readonly server: DatabaseServer }[] | null> => {
  const path = join(root, fileName);
  if (!(await exists(path))) return null;
  try {
    const kept = JSON.parse(await readFile(path, "utf8")) as { format: unknown; databases: readonly CodeDatabase[] };
    if (kept.format !== format || kept.databases.length === 0) throw new Error("another format");
    return kept.databases.map(({ name, address }) => ({ name, server: serverAt(address) }));
  } catch (cause) {
    const sentence = `The home's ${fileName} is damaged; name the databases again with \`osteon centres index --code-databases\`.`;
    throw new OsteonError("corrupt-store", sentence, {}, cause);
  }
};

/** Chooses databases for all that work on the archive from now on. */
export const writeCodeDatabases = (
  { root }: Pick<HomeFiles, "root">,
  databases: readonly CodeDatabase[],
): Promise<void> =>
  writeFileAtomically(join(root, fileName), `${JSON.stringify({ format, databases }, undefined, 2)}\n`);

const fileName = "code-databases.json";

const refuse = (reason: string): OsteonError => new OsteonError("bad-usage", `--code-databases ${reason}.`);
