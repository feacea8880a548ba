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

/** A database as an earlier version left it: radiographs with duplicates, files set aside, a finished run, and more rows. */
const makeEarlier = async (directory: string, version: number, more = ""): Promise<void> => {
  const client = await PGlite.create(directory);
  await client.exec("create table osteon_version (version integer primary key)");
  for (const earlier of migrations.filter((migration) => migration.version <= version)) {
    for (const statement of earlier.statements) await client.exec(statement);
    await client.exec(`insert into osteon_version values (${earlier.version})`);
  }
  const [fileColumn, fileValue] = version < 3 ? ["", ""] : [", file_id", ", 'image ' || n"]; // the third version brings it
  await client.exec(
    `insert into images (id, patient_id, source_patient_id, file_name, format, pixel_hash, colourfulness, width, height, origin${fileColumn})
       select 'image ' || n, 'P' || n % 7, 'S' || n % 7, n || '.dcm', 'dicom', 'pixels ' || n, 0, 10, 20, 'internal'${fileValue}
       from generate_series(1, 500) as n;
     insert into duplicates (id, image_id, file_name) select 'copy ' || n, 'image ' || n, 'copy.dcm' from generate_series(1, 50) as n;
     insert into quarantine (id, file_name, code, detail, path_hash) values ('bad', 'bad.dcm', 'truncated', 'It is cut.', 'path');
     insert into runs (id, system, state, settings, fingerprint) values ('run', 'recommender', 'finished', '{}', 'f');
     ${more}`,
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

/** One row of every table that version 8 has beside those of {@link makeEarlier}. */
const rowsOfVersion8 = `
  insert into images (id, file_id, exposure, patient_id, file_name, format, pixel_hash, colourfulness, width, height, origin, sex, near_duplicate_of)
    values ('image 1#1', 'image 1', 1, 'P1', '1.dcm', 'dicom', 'pixels 1#1', 0, 10, 20, 'internal', ' F ', 'image 1');
  insert into table_imports (id, table_name, file_hash, mapping, as_of, rows, state) values ('t', 'cases', 'h', '{}', '2026-01-01', 1, 'current');
  insert into table_rows values ('t', 2, '["a"]');
  insert into patients (id, sex) select 'P' || n, 'male' from generate_series(0, 6) as n;
  insert into cases (id, patient_id, site, record) values
    ('c1', 'P1', 'Femur', '{"ageYears": 12.5}'), ('c2', 'P2', null, '{"ageYears": null}'), ('c3', 'P3', 'Tibia', '{}');
  insert into treatments values ('c1', 1, 'surgery');
  insert into follow_ups values ('c1', 1, '2026-02-01', 1.5, 'alive');
  insert into cell_findings (id, import_id, rule, action, table_name, line, column_name, original, decision)
    values ('f', 't', 'rule', 'doubted', 'cases', 2, 'age', 'x', 'open');
  insert into spelling_changes values ('t', 1, 'site', 'rule', '{}');
  insert into contradictions (id, rule, patient_id, detail, decision) values ('d', 'rule', 'P1', '{}', 'open');
  insert into reports (id, patient_id, text, fields, fingerprint) values ('r', 'P1', 'text', '{}', 'f');
  insert into cohorts values ('cohort', '{}', '{}', '{}', '[]', '[]', '2026-01-01');
  insert into splits values ('cohort', 'split', '{}', '[]', '{}');
  insert into pacs_instances (sop_instance_uid, source, state) values ('1.2', 'pacs', 'imported');
  insert into image_annotations values ('image 1', 'reader', '[]');
  insert into runs (id, system, state, settings, fingerprint) values ('killed', 'precedents/train', 'running', '{}', 'g');
`;

/** The rows of every table, of the columns that it has now, as text. */
const rowsOf = async (
  client: PGlite,
  columns: ReadonlyMap<string, readonly string[]>,
): Promise<(readonly [string, unknown[]])[]> => {
  const tables = [...columns].map(async ([table, names]) => {
    const list = names.map((name) => `"${name}"`).join(", ");
    return [table, (await client.query(`select ${list} from ${table} order by ${list}`)).rows] as const;
  });
  return Promise.all(tables);
};

const columnsOf = async (client: PGlite): Promise<ReadonlyMap<string, readonly string[]>> => {
  const { rows } = await client.query<{ table_name: string; column_name: string }>(
    `select table_name, column_name from information_schema.columns natural join information_schema.tables
       where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'osteon_version'
       order by table_name, ordinal_position`,
  );
  return new Map(
    Object.entries(Object.groupBy(rows, ({ table_name }) => table_name)).map(([table, own]) => [
      table,
      own!.map(({ column_name }) => column_name),
    ]),
  );
};

test("a database of version 8, before the workbench, keeps every value of every table", async () => {
  const directory = join(folder, "eighth-version");
  await makeEarlier(directory, 8, rowsOfVersion8);
  const before = await PGlite.create(directory);
  const columns = await columnsOf(before);
  const rows = await rowsOf(before, columns);
  await before.close();
  expect(rows.filter(([, own]) => own.length === 0)).toEqual([]); // each table is tried
  const database = await openDatabase(directory);
  // What is new about tables that were there: each may be written as the newest version writes it.
  await database.updateTable("runs").set({ state: "stopped", job_id: "job" }).where("id", "=", "killed").execute();
  await database.updateTable("quarantine").set({ kept: "kept" }).where("id", "=", "bad").execute();
  await expect(
    database
      .updateTable("quarantine")
      .set({ kept: "lost" as "kept" })
      .execute(),
  ).rejects.toThrow(/quarantine_kept_check/);
  await database.updateTable("quarantine").set({ kept: null }).execute();
  await database.updateTable("runs").set({ state: "running", job_id: null }).where("id", "=", "killed").execute();
  await database.destroy();
  const after = await PGlite.create(directory);
  expect(await rowsOf(after, columns)).toEqual(rows);
  const { rows: found } = await after.query(
    `select id, sex, age_years, site from archive_images
       where id in ('image 1', 'image 1#1', 'image 2', 'image 3') order by id`,
    [],
    { rowMode: "array" },
  );
  expect(found).toEqual([
    ["image 1", "male", 12.5, "Femur"],
    ["image 1#1", "female", 12.5, "Femur"],
    ["image 2", "male", null, null],
    ["image 3", "male", null, "Tibia"],
  ]);
  await after.close();
});

/** Syntax and functions of PostgreSQL 16 to 18, which the homes of hospitals with 15 do not know. */
const beyond15: readonly RegExp[] = [
  /\bany_value\s*\(/i,
  /\bis\s+(not\s+)?json\b/i,
  /\bjson_(arrayagg|objectagg|array|object|scalar|serialize|exists|value|query|table)\s*\(/i,
  /\b0[xob][0-9a-f]|\d_\d/i,
  /\bmerge\s+into\b[\s\S]*\breturning\b/i,
  /\bvirtual\b/i,
  /\buuidv[47]\s*\(/i,
  /\bwithout\s+overlaps\b|\bnot\s+enforced\b/i,
  /\bstorage\s+(plain|external|extended|main|default)\b/i,
];

test("every statement is at PostgreSQL 15's level", () => {
  const statements = migrations.flatMap((migration) => migration.statements);
  for (const statement of statements) for (const newer of beyond15) expect(statement).not.toMatch(newer);
  for (const newer of ["select any_value(x)", "a generated always as (f(x)) virtual", "x is json", "1_000"])
    expect(beyond15.some((pattern) => pattern.test(newer))).toBe(true);
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
