/** The instances that came from picture archives, by the UID under which archives know them: none is fetched twice. */

import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { InstanceState } from "./schema.ts";

/** An instance that was fetched or received, and what became of it. */
export interface StoredInstance {
  readonly SOPInstanceUID: string;
  /** Where it came from: a hash, because addresses are nobody's business here. */
  readonly source: string;
  readonly state: InstanceState;
}

/** Those of some instances that the home has judged already, from an archive or from a folder. */
export const knownInstances = async (database: Database, uids: readonly string[]): Promise<Set<string>> => {
  if (uids.length === 0) return new Set();
  const wanted = [...uids];
  const fromArchives = await database
    .selectFrom("pacs_instances")
    .select("sop_instance_uid as uid")
    .where("sop_instance_uid", "in", wanted)
    .execute();
  const fromAnywhere = await database
    .selectFrom("images")
    .select("sop_instance_uid as uid")
    .where("sop_instance_uid", "in", wanted)
    .execute();
  return new Set([...fromArchives, ...fromAnywhere].flatMap(({ uid }) => uid ?? []));
};

/** Remembers what became of instances, in one transaction; the last word on an instance counts. */
export const writeInstances = (database: Database, instances: readonly StoredInstance[]): Promise<void> =>
  database.transaction().execute(async (transaction) => {
    for (const { SOPInstanceUID, source, state } of instances) {
      await transaction
        .insertInto("pacs_instances")
        .values({ sop_instance_uid: SOPInstanceUID, source, state })
        .onConflict((conflict) =>
          conflict.column("sop_instance_uid").doUpdateSet({ source, state, taken_at: sql<Date>`now()` }),
        )
        .execute();
    }
  });
