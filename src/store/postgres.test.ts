/** A home on a real PostgreSQL server (Debian: postgresql), which several processes have open: here as several connections. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { hasPostgres, PostgresProcess, postgresPassword } from "../../scripts/postgres-process.ts";
import { appendAudit, verifyAudit } from "./audit.ts";
import { DatabaseServer } from "./database-server.ts";
import { type Home, openHome } from "./home.ts";
import { archiveVersion } from "./link-facts.ts";
import { migrations } from "./migrations.ts";
import { continueOrCreateRun } from "./runs.ts";

describe.skipIf(!hasPostgres)("PostgreSQL (skipped where Debian's postgresql is not installed)", () => {
  let folder: string;
  let server: PostgresProcess;
  let homes: readonly Home[];
  let embedded: Home;

  const open = (): Promise<Home> =>
    openHome(join(folder, "home"), {
      command: "a test",
      since: new Date().toISOString(),
      create: true,
      server: new DatabaseServer(server.address()),
    });

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "osteon-postgres-store-"));
    server = await PostgresProcess.start();
    homes = await Promise.all([open(), open(), open()]); // each would make the tables
    embedded = await openHome(join(folder, "embedded"), { command: "a test", since: "2026-01-01", create: true });
  }, 300_000);
  afterAll(async () => {
    for (const home of [...(homes ?? []), embedded]) await home?.close();
    await server?.remove();
    await rm(folder, { recursive: true, force: true });
  });

  test("several that open an empty database at once make each version once", async () => {
    const { rows } = await sql<{ version: number }>`select version from osteon_version order by version`.execute(
      homes[0]!.database,
    );
    expect(rows.map(({ version }) => version)).toEqual(migrations.map(({ version }) => version));
  });

  test("every kind of value comes out as it does of the embedded database", async () => {
    const values = sql`select 1::integer as a, 2::bigint as b, 9007199254740993::bigint as big, 1.5::real as c, 0.1::double precision as d,
      1.25::numeric as e, 'x'::text as f, null::text as g, true as h, '2026-01-02T03:04:05.678Z'::timestamptz as i,
      '{"a": [1]}'::jsonb as j, array['a', null] as k, array[1, 2] as l, decode('00ff', 'hex') as m, ${"p"} as n, ${3}::integer as o`;
    const { rows } = await values.execute(homes[0]!.database);
    expect(rows).toEqual((await values.execute(embedded.database)).rows);
  });

  test("transactions of all processes have their turn: no number twice, and an unbroken chain", async () => {
    const entry = {
      at: new Date(),
      person: null,
      action: "tried",
      subject: null,
      address: null,
      outcome: "done",
    } as const;
    await Promise.all(
      homes.flatMap(({ database }) => Array.from({ length: 12 }, () => appendAudit(database, [entry, entry]))),
    );
    expect(await verifyAudit(homes[0]!.database)).toMatchObject({ holds: true, entries: 72 });
  });

  test("two processes never work on the same run, until one of them is gone", async () => {
    const plan = { system: "test/run", settings: {}, fingerprint: "f" };
    const { run } = await continueOrCreateRun(homes[0]!.database, plan);
    expect((await continueOrCreateRun(homes[0]!.database, plan)).run.id).toBe(run.id);
    await expect(continueOrCreateRun(homes[1]!.database, plan)).rejects.toThrow("is under way");
    const third = await open();
    const other = await continueOrCreateRun(third.database, { ...plan, fingerprint: "g" });
    expect(other.isNew).toBe(true);
    await third.close();
    const taken = await continueOrCreateRun(homes[1]!.database, { ...plan, fingerprint: "g" });
    expect([taken.run.id, taken.isNew]).toEqual([other.run.id, false]);
  });

  test("the archive's version changes for others with what it counts, and not before", async () => {
    const [first, second] = homes as [Home, Home];
    const before = await archiveVersion(second.database);
    await first.database.transaction().execute(async (transaction) => {
      await sql`insert into patients (id) values ('P1')`.execute(transaction);
      expect(await archiveVersion(transaction)).toBe(before + 1);
      expect(await archiveVersion(second.database)).toBe(before);
    });
    expect(await archiveVersion(second.database)).toBe(before + 1);
  });

  test("reading goes on while a transaction is open, and many that wait for their turn do not stop it", async () => {
    const [first, second] = homes as [Home, Home];
    let waiting: Promise<unknown> | undefined;
    await first.database.transaction().execute(async () => {
      const entry = {
        at: new Date(),
        person: null,
        action: "waited",
        subject: null,
        address: null,
        outcome: "done",
      } as const;
      waiting = Promise.all(Array.from({ length: 20 }, () => appendAudit(second.database, [entry])));
      const { rows } = await sql`select 1 as one`.execute(second.database);
      expect(rows).toEqual([{ one: 1 }]);
    });
    await waiting;
  });

  test("a server that is killed and started again is waited for", async () => {
    const [{ database }] = homes as [Home];
    await server.kill();
    const asked = sql`select count(*) as patients from patients`.execute(database);
    await server.restart();
    expect((await asked).rows).toEqual([{ patients: 1 }]);
  });

  test("the password is nowhere in what can be printed", async () => {
    const address = new DatabaseServer(server.address());
    const shown = [inspect(address, { showHidden: true, depth: 9 }), JSON.stringify({ address }), `${address}`];
    for (const text of [...shown, inspect(homes[0], { depth: 9 })]) {
      expect(text).not.toContain(postgresPassword);
      expect(text).not.toContain(encodeURIComponent(postgresPassword));
    }
    expect(address.secretAddress()).toBe(server.address());
  });
});

test.each([
  ["mysql://a:b@c/d", "is no address of a PostgreSQL server"],
  ["postgresql://a:b@c:99999/d", "is no address of a PostgreSQL server"],
  ["postgresql://a:%zz@c/d", "has a % that stands for nothing"],
  ["postgresql://a:b@c/d?sslmode=perhaps", "has an sslmode other than disable"],
  ["postgresql://a:b@c/d?passwort=b", 'has a setting that is not known here, "passwort"'],
  ["postgresql://a:b@c/d?sslrootcert=/nowhere", "The file of sslrootcert"],
])("%s is refused with a sentence", (address, sentence) => {
  expect(() => new DatabaseServer(address)).toThrow(sentence);
});

test("the way to another machine is encrypted and checked, unless somebody says otherwise", () => {
  const tlsOf = (address: string) => new DatabaseServer(address).secretConnection().ssl;
  expect(tlsOf("postgresql://u@localhost/d")).toBe(false);
  expect(tlsOf("postgresql://u@127.0.0.1/d")).toBe(false);
  expect(tlsOf("postgresql://u@[::1]/d")).toBe(false);
  expect(tlsOf("postgresql:///d?host=/run/postgresql")).toBe(false);
  expect(tlsOf("postgresql://u@db.example.org/d")).toEqual({ rejectUnauthorized: true });
  expect(tlsOf("postgresql://u@db.example.org/d?sslmode=require")).toEqual({ rejectUnauthorized: false });
  expect(tlsOf("postgresql://u@db.example.org/d?sslmode=disable")).toBe(false);
});
