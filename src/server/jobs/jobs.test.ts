import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Home, openHome } from "../../store/index.ts";
import { local } from "../access/guard-access.ts";
import { Jobs } from "./jobs.ts";

let folder: string;
let home: Home;
let jobs: Jobs;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-jobs-"));
  home = await openHome(folder, { command: "a test", since: "2020", create: true });
  jobs = await Jobs.open({
    home,
    now: () => new Date(),
    heavyAtOnce: () => 1,
    checkSources: async () => {},
    onMistake: () => {},
  });
});
afterAll(async () => {
  await jobs.close();
  await home.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

test("a job that was taken when the database refused is begun later, once", async () => {
  const { database } = home;
  const begun: string[] = [];
  jobs.subscribe(({ id, state, progress }) => {
    if (state === "running" && progress === null) begun.push(id);
  });
  await sql`create function refuse() returns trigger language plpgsql as $$ begin raise 'refused'; end $$`.execute(
    database,
  );
  await sql`create trigger refuse before update on jobs execute function refuse()`.execute(database);
  const first = await jobs.start("refresh-records", {}, local);
  const inQueue = sql<{ state: string }>`select state::text from job_queue.job where id = ${first.id}`;
  await expect.poll(async () => (await inQueue.execute(database)).rows).toEqual([{ state: "active" }]);
  await sql`drop trigger refuse on jobs`.execute(database);
  const second = await jobs.start("refresh-records", {}, local);
  for (const { id } of [first, second])
    await expect.poll(async () => (await jobs.get(id)).state, { timeout: 120_000 }).toBe("finished");
  expect(begun).toEqual([first.id, second.id]);
}, 300_000);
