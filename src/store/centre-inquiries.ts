/** What other centres were asked about a query and have answered: the last time alone, gone with its query. */

import type { Database } from "./database.ts";

/** Null where nobody was asked. */
export const readInquiry = async <Content>(database: Database, query: string): Promise<Content | null> => {
  const row = await database
    .selectFrom("centre_inquiries")
    .select("content")
    .where("query_id", "=", query)
    .executeTakeFirst();
  return row ? (JSON.parse(row.content) as Content) : null;
};

/** Keeps an inquiry in place of the earlier one; of a query that was removed meanwhile nothing is kept. */
export const writeInquiry = async (database: Database, query: string, content: unknown): Promise<void> => {
  const text = JSON.stringify(content);
  await database
    .insertInto("centre_inquiries")
    .columns(["query_id", "content"])
    .expression((from) =>
      from
        .selectFrom("queries")
        .select(["id", (eb) => eb.val(text).as("content")])
        .where("id", "=", query),
    )
    .onConflict((conflict) => conflict.column("query_id").doUpdateSet({ content: text }))
    .execute();
};
