import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openDatabase } from "./database.ts";
import { migrations } from "./migrations.ts";

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-migrations-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A database as an earlier version left it: radiographs with duplicates, files set aside, a finished run. */
const makeEarlier = async (directory: string, version: number): Promise<void> => {
  const client = await PGlite.create(directory);
  await client.exec("create table osteon_version (version integer primary key)");
  for (const earlier of migrations.filter((migration) => migration.version <= version)) {
    for (const statement of earlier.statements) await client.exec(statement);
    await client.exec(`insert into osteon_version values (${earlier.version})`);
  }
  await client.exec(
    `insert into images (id, patient_id, source_patient_id, file_name, format, pixel_hash, colourfulness, width, height, origin)
       select 'image ' || n, 'P' || n % 7, 'S' || n % 7, n || '.dcm', 'dicom', 'pixels ' || n, 0, 10, 20, 'internal'
       from generate_series(1, 500) as n;
     insert into duplicates (id, image_id, file_name) select 'copy ' || n, 'image ' || n, 'copy.dcm' from generate_series(1, 50) as n;
     insert into quarantine (id, file_name, code, detail, path_hash) values ('bad', 'bad.dcm', 'truncated', 'It is cut.', 'path');
     insert into runs (id, system, state, settings, fingerprint) values ('run', 'recommender', 'finished', '{}', 'f')`,
  );
  await client.close();
};

test("a database of version 2 comes to the newest with every row in it, and is opened again as it is", async () => {
  const directory = join(folder, "second-version");
  await makeEarlier(directory, 2);
  for (let times = 0; times < 2; times++) {
    const database = await openDatabase(directory);
    const images = await database.selectFrom("images").selectAll().execute();
    expect(images).toHaveLength(500);
    expect(
      images.every(({ id, file_id, exposure, near_duplicate_of }) => file_id === id && !exposure && !near_duplicate_of),
    ).toBe(true);
    expect(await database.selectFrom("duplicates").selectAll().execute()).toHaveLength(50);
    expect(await database.selectFrom("quarantine").select(["id", "path_hash"]).execute()).toEqual([
      { id: "bad", path_hash: "path" },
    ]);
    expect(await database.selectFrom("runs").select("id").execute()).toEqual([{ id: "run" }]);
    await database.destroy();
  }
  const client = await PGlite.create(directory);
  const { rows } = await client.query<{ version: number }>("select version from osteon_version order by version");
  await client.close();
  expect(rows.map(({ version }) => version)).toEqual(migrations.map(({ version }) => version));
});

test("versions are counted without a gap, and a newer one is refused with a sentence", async () => {
  expect(migrations.map(({ version }) => version)).toEqual(migrations.map((_, i) => i + 1));
  const directory = join(folder, "newer-version");
  await makeEarlier(directory, 2);
  const client = await PGlite.create(directory);
  await client.exec(`insert into osteon_version values (${migrations.length + 1})`);
  await client.close();
  await expect(openDatabase(directory)).rejects.toThrow(/use a newer Osteon/);
});
