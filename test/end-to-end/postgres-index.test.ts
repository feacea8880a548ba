/**
 * An index that several workers build on a real PostgreSQL server (Debian: postgresql): each makes slices of it, one is killed in the
 * middle, and what comes of it is what one process makes.
 */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningCommand, startOsteon } from "../../scripts/osteon-process.ts";
import { hasPostgres, PostgresProcess } from "../../scripts/postgres-process.ts";
import { local } from "../../src/server/access/guard-access.ts";
import { startServices } from "../../src/server/start-services.ts";
import { DatabaseServer, type Home, listImages, openHome, type StoredJob } from "../../src/store/index.ts";
import { type BuildReport, buildIndex, type HelpReport } from "../../src/systems/precedents/index.ts";
import { addDrawnImages, addUntrainedModel, drawPicture } from "../support/untrained-home.ts";

const patienceMs = 600_000;
const now = (): Date => new Date();

describe.skipIf(!hasPostgres)("PostgreSQL (skipped where Debian's postgresql is not installed)", () => {
  let folder: string;
  let server: PostgresProcess;
  let home: Home;
  let services: Awaited<ReturnType<typeof startServices>>;
  let model: string;
  const workers: RunningCommand[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "osteon-index-on-postgres-"));
    server = await PostgresProcess.start();
    const directory = join(folder, "home");
    const request = { command: "a test", since: now().toISOString(), create: true, alone: true };
    home = await openHome(directory, { ...request, server: new DatabaseServer(server.address()) });
    services = await startServices(home, { now, leavesJobs: true });
    await addDrawnImages(home, [...Array(240).keys()]);
    model = await addUntrainedModel(home, { imageSizes: [112] });
    for (let i = 0; i < 2; i++)
      workers.push(startOsteon(["worker", "--home", directory, "--database", server.address()]));
  }, patienceMs);
  afterAll(async () => {
    for (const { child } of workers) child.kill("SIGKILL");
    await Promise.all(workers.map(({ finished }) => finished));
    await services?.close();
    await home?.close();
    await server?.remove();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const filesOf = async (run: string): Promise<Record<string, string>> => {
    const names = (await home.files.listArtefacts(run)).map(({ name }) => name);
    const read = async (name: string) => Buffer.from(await home.files.readArtefact(run, name)).toString("base64");
    return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await read(name)] as const)));
  };

  /** The pieces of the index that is being built, with the worker that has claimed or made each. */
  const pieces = () =>
    home.database
      .selectFrom("run_pieces")
      .innerJoin("processes", "processes.id", "run_pieces.process_id")
      .select(["pid", "is_made"])
      .execute();

  /** Who works on jobs of a kind now. */
  const workerOn = async (kind: string): Promise<number | undefined> => {
    const query = home.database.selectFrom("jobs").innerJoin("processes", "processes.id", "jobs.process_id");
    return (await query.select("pid").where("kind", "=", kind).where("state", "=", "running").executeTakeFirst())?.pid;
  };

  const allJobsOf = async (kind: string): Promise<StoredJob[]> => services.jobs.list({ kinds: [kind] });
  const untilFinished = (kind: string): Promise<void> =>
    expect
      .poll(async () => (await allJobsOf(kind)).every(({ state }) => state === "finished"), { timeout: patienceMs })
      .toBe(true);

  test("two workers build one index; one is killed, and the other makes what it left, byte for byte", {
    timeout: patienceMs,
  }, async () => {
    const areReady = () => home.database.selectFrom("processes").select("id").where("command", "=", "worker").execute();
    await expect.poll(areReady, { timeout: patienceMs }).toHaveLength(2);
    await services.jobs.start("build-index", {}, local);
    const helperIsInTheMiddle = async (): Promise<boolean> => {
      const [own, helper, all] = [await workerOn("build-index"), await workerOn("help-index"), await pieces()];
      const has = (pid: number | undefined, isMade: boolean): boolean =>
        all.some((piece) => piece.pid === pid && piece.is_made === isMade);
      return has(own, true) && has(helper, true) && has(helper, false);
    };
    await expect.poll(helperIsInTheMiddle, { timeout: patienceMs, interval: 50 }).toBe(true);
    const killed = (await workerOn("help-index"))!;
    expect(workers.map(({ child }) => child.pid)).toContain(killed);
    process.kill(killed, "SIGKILL");
    await untilFinished("build-index");
    const built = (await allJobsOf("build-index"))[0]!.result as BuildReport;
    expect(built).toMatchObject({ radiographs: 240, lesions: 60, embedded: 300 });
    expect(await home.database.selectFrom("run_pieces").selectAll().execute()).toEqual([]);
    await home.files.removeArtefactFolder(model, "features");
    const alone = await buildIndex(home, { now });
    expect(alone.embedded).toBe(300);
    expect(await filesOf(built.run)).toEqual(await filesOf(alone.run));
    await untilFinished("help-index"); // the one that was killed is taken again, and there is nothing left to do
  });

  test("one worker alone builds an index though it asks for helpers, who find nothing to do later", {
    timeout: patienceMs,
  }, async () => {
    const images = await listImages(home.database);
    for (const { id } of images.slice(0, 40)) await drawPicture(home, id, 7);
    const before = (await allJobsOf("help-index")).length;
    await services.jobs.start("build-index", { helpers: 2 }, local);
    await untilFinished("build-index");
    await untilFinished("help-index");
    const helped = await allJobsOf("help-index");
    expect(helped).toHaveLength(before + 2);
    for (const { result } of helped.slice(0, 2)) expect(result as HelpReport).toMatchObject({ slices: 0, embedded: 0 });
    expect((await allJobsOf("build-index"))[0]!.result).toMatchObject({ embedded: 40 + 10 });
  });
});
