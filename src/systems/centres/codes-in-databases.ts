/**
 * Codes in PostgreSQL: in the archive's own database where that is on a server, or shared out over those that were chosen. Several
 * processes write, and each answer looks at every code of all of them.
 */

import { randomUUID } from "node:crypto";
import {
  type CodeDatabase,
  type Database,
  DatabaseServer,
  type Home,
  listCodeOwners,
  openServerDatabase,
  readCentreKey,
  readCodeDatabases,
  removeCodeTable,
  writeCodeDatabases,
} from "../../store/index.ts";
import { CodedArchive, type Shard } from "../precedents/index.ts";
import { fingerprintOf, publicKeyOf } from "./identity.ts";
import type { CodeReader, CodesHome, CodeWriter } from "./kept-codes.ts";
import { commonBits } from "./policy.ts";

/** Opened databases; the archive's own stays open when the others are closed. */
export interface CodeDatabases {
  readonly shards: readonly Shard[];
  /** What stands before the names of this archive's codes: another may have codes by the same network in the same database. */
  readonly owner: string;
  close(): Promise<void>;
}

/**
 * Chooses the databases of an archive's codes, when they can be opened. What is kept elsewhere is made anew there; a database that was
 * among the chosen ones before has its codes.
 */
export const chooseCodeDatabases = async (
  { files, sharing }: Pick<Home, "files" | "sharing">,
  databases: readonly CodeDatabase[],
): Promise<void> => {
  const process = sharing?.process ?? randomUUID();
  for (const { address } of databases) await (await openServerDatabase(new DatabaseServer(address), process)).destroy();
  await writeCodeDatabases(files, databases);
};

/** No bucket is asked, as each code is looked at: so there are as few as a table may have. */
const shape = { bits: commonBits, tables: 1, keyBits: 8 };

/**
 * Null where codes are in a file of the home.
 *
 * @throws OsteonError `database-unreachable`, `corrupt-store` for a damaged list of databases
 */
export const openCodeDatabases = async ({ files, database, sharing }: CodesHome): Promise<CodeDatabases | null> => {
  const chosen = await readCodeDatabases(files);
  if (!chosen && !(sharing && database)) return null;
  const owner = `centres ${fingerprintOf(publicKeyOf(await readCentreKey(files)))} `;
  if (!chosen) return { shards: [{ name: "archive", database: database! }], owner, close: async () => {} };
  const shards: Shard[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(shards.map((shard) => shard.database.destroy()));
  };
  const process = sharing?.process ?? randomUUID();
  try {
    for (const { name, server } of chosen) shards.push({ name, database: await openServerDatabase(server, process) });
  } catch (error) {
    await close();
    throw error;
  }
  return { shards, owner, close };
};

export const openCodesInDatabases = async (
  { shards, owner, close }: CodeDatabases,
  name: string,
): Promise<CodeReader & CodeWriter> => {
  const archive = await CodedArchive.open(shards, owner + name, shape);
  return {
    count: () => archive.count(),
    nearestNamed: (code, search) => archive.nearestNamed(code, search),
    images: () => archive.images(),
    write: (entries) => archive.write(entries),
    remove: (images) => archive.remove(images),
    close,
  };
};

/** Removes the tables of this archive's other codes. */
export const forgetOtherTables = async ({ shards, owner }: CodeDatabases, kept: readonly string[]): Promise<void> => {
  const wanted = new Set(kept.map((name) => owner + name));
  const forget = async (database: Database): Promise<void> => {
    for (const other of await listCodeOwners(database)) {
      if (other.startsWith(owner) && !wanted.has(other)) await removeCodeTable(database, other);
    }
  };
  for (const { database } of shards) await forget(database);
};
