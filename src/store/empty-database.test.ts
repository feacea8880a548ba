import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { expect, test } from "vitest";
import { makeEmptyDatabase } from "./empty-database.ts";

test("a database is made, kept as a template, and copied from it; neither knows of the other's rows", async () => {
  const folder = await mkdtemp(join(tmpdir(), "osteon-empty-"));
  try {
    const templates = join(folder, "templates");
    let made = 0;
    const recipe = {
      key: "1",
      make: async (database: string) => {
        made += 1;
        const client = await PGlite.create(database);
        await client.exec("create table t (n integer)");
        await client.close();
      },
    };
    for (const name of ["first", "second"]) {
      await makeEmptyDatabase(join(folder, name), recipe, templates);
      const client = await PGlite.create(join(folder, name));
      await client.exec("insert into t values (1)");
      expect((await client.query("select n from t")).rows).toEqual([{ n: 1 }]);
      await client.close();
    }
    expect(made).toBe(1);
    expect(await readdir(templates)).toEqual(["empty-database-1"]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("where no template can be kept, every database is made", async () => {
  const folder = await mkdtemp(join(tmpdir(), "osteon-empty-"));
  try {
    let made = 0;
    const make = async (): Promise<void> => {
      made += 1;
    };
    for (const name of ["first", "second"])
      await makeEmptyDatabase(join(folder, name), { key: "1", make }, "/dev/null/x");
    expect(made).toBe(2);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
