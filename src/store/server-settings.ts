/** What administrators set for everybody, kept by name; the server says what the names mean. */

import type { Database } from "./database.ts";

/** Every setting that was ever changed. */
export const readServerSettings = async (database: Database): Promise<Record<string, unknown>> => {
  const rows = await database.selectFrom("server_settings").selectAll().execute();
  return Object.fromEntries(rows.map(({ name, value }) => [name, JSON.parse(value)]));
};

export const writeServerSettings = async (
  database: Database,
  settings: Readonly<Record<string, unknown>>,
): Promise<void> => {
  const rows = Object.entries(settings).map(([name, value]) => ({ name, value: JSON.stringify(value) }));
  if (rows.length === 0) return;
  await database
    .insertInto("server_settings")
    .values(rows)
    .onConflict((conflict) => conflict.column("name").doUpdateSet(({ ref }) => ({ value: ref("excluded.value") })))
    .execute();
};
