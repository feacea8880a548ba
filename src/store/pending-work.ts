/** Work that follows from changes and is done apart, such as the records after a correction: what is owed outlasts a kill. */

import type { Database } from "./database.ts";

/** Patients and cases, as they follow from rows and corrections. */
export const clinicalRecordsWork = "clinical records";

/** Notes, in the transaction of the change, that the work is to be done. */
export const wantWork = async (transaction: Database, name: string): Promise<void> => {
  await transaction
    .insertInto("pending_work")
    .values({ name, wanted: 1, done: 0 })
    .onConflict((conflict) =>
      conflict.column("name").doUpdateSet(({ eb }) => ({ wanted: eb("pending_work.wanted", "+", 1) })),
    )
    .execute();
};

/** Notes, in the transaction of the work, that all that was wanted is done. */
export const finishWork = async (transaction: Database, name: string): Promise<void> => {
  await transaction
    .updateTable("pending_work")
    .set(({ ref }) => ({ done: ref("wanted") }))
    .where("name", "=", name)
    .execute();
};

/** Whether work is owed. */
export const isWorkOwed = async (database: Database, name: string): Promise<boolean> => {
  const row = await database.selectFrom("pending_work").selectAll().where("name", "=", name).executeTakeFirst();
  return row !== undefined && row.done < row.wanted;
};

/** How often the work was asked for. */
export const workWanted = async (database: Database, name: string): Promise<number> => {
  const row = await database.selectFrom("pending_work").select("wanted").where("name", "=", name).executeTakeFirst();
  return row?.wanted ?? 0;
};
