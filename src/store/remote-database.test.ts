import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MessageChannel } from "node:worker_threads";
import { CompiledQuery } from "kysely";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { OsteonError } from "../errors.ts";
import { type Home, openHome, openRemoteHome } from "./home.ts";
import { portChannel, processChannel, serveDatabase } from "./remote-database.ts";
import { continueOrCreateRun, getRun, listRuns } from "./runs.ts";

let folder: string;
let home: Home;
const remotes: Home[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-remote-"));
  home = await openHome(join(folder, "home"), { command: "a test", since: "2020", create: true });
});
afterEach(async () => {
  for (const remote of remotes.splice(0)) await remote.close();
  await home.database.deleteFrom("runs").execute();
});
afterAll(async () => {
  await home.close();
  await rm(folder, { recursive: true, force: true });
});

/** A home at the other end of a channel. */
const openRemote = (pauseMs?: number): Home => {
  const { port1, port2 } = new MessageChannel();
  serveDatabase(home.database, portChannel(port1), pauseMs);
  const remote = openRemoteHome(portChannel(port2), home.files.root);
  remotes.push(remote);
  return remote;
};

const plan = (fingerprint: string) => ({ system: "a/test", settings: { bytes: 1 }, fingerprint });

const insertRun = (database: Home["database"], id: string) =>
  database
    .insertInto("runs")
    .values({ id, system: "s", state: "running", settings: "{}", fingerprint: id, metrics: null });

test("what is written through a channel is read at home, dates and counts included", async () => {
  const remote = openRemote();
  const { run, isNew } = await continueOrCreateRun(remote.database, plan("f"));
  expect(isNew).toBe(true);
  expect(await getRun(home.database, run.id)).toEqual(run);
  expect(run.createdAt).toBeInstanceOf(Date);
  const { numDeletedRows } = await remote.database
    .deleteFrom("runs")
    .where("id", "=", run.id)
    .executeTakeFirstOrThrow();
  expect(numDeletedRows).toBe(1n);
});

test("transactions of several ends and of the holder take turns: none sees another half done", async () => {
  const ends = [home, openRemote(), openRemote()];
  await Promise.all(
    ends.flatMap((end, number) =>
      Array.from({ length: 10 }, (_, i) =>
        end.database.transaction().execute(async (transaction) => {
          const before = await listRuns(transaction);
          expect(before.length % 2).toBe(0);
          await insertRun(transaction, `${number}-${i}-a`).execute();
          await new Promise((resolve) => setImmediate(resolve));
          await insertRun(transaction, `${number}-${i}-b`).execute();
        }),
      ),
    ),
  );
  expect(await listRuns(home.database)).toHaveLength(60);
});

test("a transaction that throws is rolled back, and an error keeps its code and its sentence", async () => {
  const remote = openRemote();
  const work = remote.database.transaction().execute(async (transaction) => {
    await insertRun(transaction, "gone").execute();
    throw new Error("no");
  });
  await expect(work).rejects.toThrow("no");
  expect(await listRuns(home.database)).toEqual([]);
  await insertRun(remote.database, "twice").execute();
  await expect(insertRun(remote.database, "twice").execute()).rejects.toMatchObject({ code: "23505" });
  await expect(getRun(remote.database, "none")).rejects.toThrow(OsteonError);
});

test("who goes away in the middle of a transaction leaves nothing and keeps nobody waiting", async () => {
  const remote = openRemote();
  const work = remote.database.transaction().execute(async (transaction) => {
    await insertRun(transaction, "half").execute();
    await remote.close();
    await insertRun(transaction, "other half").execute();
  });
  await expect(work).rejects.toMatchObject({ code: "interrupted" });
  expect(await listRuns(home.database)).toEqual([]);
  await expect(listRuns(remote.database)).rejects.toThrow();
});

test("a transaction that asks for nothing is given up, and its next statement is refused", async () => {
  const remote = openRemote(50);
  const work = remote.database.transaction().execute(async (transaction) => {
    await insertRun(transaction, "slow").execute();
    await listRuns(home.database); // comes to its turn only once the transaction is given up
    await insertRun(transaction, "late").execute();
  });
  await expect(work).rejects.toMatchObject({ code: "interrupted" });
  expect(await listRuns(home.database)).toEqual([]);
});

test("who goes away while a statement is under way leaves no timer, which would keep the holder from ending", async () => {
  const before = timers();
  let tell: (message: unknown) => void = () => {};
  let leave: () => void = () => {};
  const answered = new Promise<void>((resolve) => {
    serveDatabase(home.database, {
      send: () => resolve(),
      onMessage: (listener) => {
        tell = listener;
      },
      onClose: (listener) => {
        leave = listener;
      },
    });
  });
  tell({ database: { ask: "begin", number: 1 } });
  await answered;
  tell({ database: { ask: "query", number: 2, transaction: 1, sql: "select 1", parameters: [] } });
  leave();
  await listRuns(home.database); // has its turn once the transaction is rolled back
  expect(timers()).toBeLessThanOrEqual(before);
});

const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

test("a killed process in the middle of a transaction leaves nothing", async () => {
  const script = join(folder, "worker.ts");
  await writeFile(
    script,
    `import { openRemoteHome, processChannel } from ${JSON.stringify(join(import.meta.dirname, "index.ts"))};
     const { database } = openRemoteHome(processChannel(process), ${JSON.stringify(home.files.root)});
     await database.transaction().execute(async (transaction) => {
       await transaction.insertInto("runs")
         .values({ id: "killed", system: "s", state: "running", settings: "{}", fingerprint: "f", metrics: null }).execute();
       process.send("half done");
       await new Promise((resolve) => setTimeout(resolve, 60_000));
     });`,
  );
  const child = fork(script, { serialization: "advanced", stdio: ["ignore", "ignore", "inherit", "ipc"] });
  serveDatabase(home.database, processChannel(child));
  await new Promise<void>((resolve) => child.on("message", (message) => message === "half done" && resolve()));
  const ended = once(child, "exit");
  child.kill("SIGKILL");
  await ended;
  expect(await listRuns(home.database)).toEqual([]);
});

test("several statements in one text are run in one turn", async () => {
  const script = `begin; insert into runs (id, system, state, settings, fingerprint) values ('a', 's', 'running', '{}', 'f') returning id;
    update runs set system = 't' returning id, system; commit`;
  const { rows } = await home.database.executeQuery(CompiledQuery.raw(script));
  expect(rows).toEqual([{ id: "a" }, { id: "a", system: "t" }]);
  const [run] = await listRuns(home.database);
  expect(run).toMatchObject({ id: "a", system: "t" });
});
