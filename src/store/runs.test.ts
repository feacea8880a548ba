import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Home, openHome } from "./home.ts";
import { insertJob, type StoredJob, updateJob } from "./jobs.ts";
import { countRunEpochs, forgetRunEpochs, listRunEpochs, type RunEpoch, writeRunEpoch } from "./run-epochs.ts";
import { breakOffRun, continueOrCreateRun, findUnfinishedRun, finishRun, getRun, stopAbandonedRuns } from "./runs.ts";

let folder: string;
let home: Home;
const open = () => openHome(join(folder, "home"), { command: "a test", since: "2020-01-01T00:00:00Z", create: true });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-runs-"));
  home = await open();
});
afterAll(async () => {
  await home.close();
  await rm(folder, { recursive: true, force: true });
});

const at = new Date("2026-01-02T03:04:05Z");
const startedBy = { person: { id: "p1", name: "Person 1" }, job: "job-1" };
const planOf = (fingerprint: string) => ({ system: "test/run", settings: { a: 1 }, fingerprint });
const create = async (fingerprint: string): Promise<string> =>
  (await continueOrCreateRun(home.database, { ...planOf(fingerprint), startedBy })).run.id;

const epochOf = (epoch: number, loss: number): RunEpoch => ({
  epoch,
  epochs: 6,
  network: Math.ceil(epoch / 3),
  loss,
  accuracy: 0.1 + 0.2,
  lr: 1e-3,
  validation: epoch % 2 === 0 ? { loss: loss * 2, accuracy: 1 / 3 } : null,
  pictures: 40,
  seconds: 1.25,
});

describe("the state of a run", () => {
  test("who started it and in which job is kept; from the command line it is nobody", async () => {
    expect(await getRun(home.database, await create("started"))).toMatchObject({
      state: "running",
      startedBy: startedBy.person,
      job: "job-1",
      problem: null,
    });
    const { run } = await continueOrCreateRun(home.database, planOf("command line"));
    expect(run).toMatchObject({ startedBy: null, job: null });
  });

  test("one that was stopped goes on as the same run, by the job that lets it go on", async () => {
    const id = await create("stopped");
    await breakOffRun(home.database, id, { problem: null, at });
    expect(await getRun(home.database, id)).toMatchObject({ state: "stopped", finishedAt: at, problem: null });
    const again = { ...planOf("stopped"), startedBy: { ...startedBy, job: "job-2" } };
    expect(await continueOrCreateRun(home.database, again)).toMatchObject({
      isNew: false,
      run: { id, state: "running", finishedAt: null, job: "job-2", startedBy: startedBy.person },
    });
  });

  test("one that failed says why until it goes on", async () => {
    const id = await create("failed");
    const problem = { code: "bad-input", detail: "The loss became NaN." };
    await breakOffRun(home.database, id, { problem, at });
    expect(await getRun(home.database, id)).toMatchObject({ state: "failed", problem });
    expect((await continueOrCreateRun(home.database, planOf("failed"))).run).toMatchObject({ id, problem: null });
  });

  test("one that finished is not gone on with, and no job works on it any more", async () => {
    const { run } = await continueOrCreateRun(home.database, {
      ...planOf("finished"),
      startedBy: { ...startedBy, job: "job-3" },
    });
    expect((await findUnfinishedRun(home.database, "job-3"))?.id).toBe(run.id);
    await finishRun(home.database, run.id, { metrics: { loss: 1 }, at });
    expect(await findUnfinishedRun(home.database, "job-3")).toBeUndefined();
    expect((await continueOrCreateRun(home.database, planOf("finished"))).isNew).toBe(true);
  });

  test("no two jobs work on one run, until the first has ended however it ended", async () => {
    const { id: person, name } = startedBy.person;
    const job = (id: string): StoredJob => ({
      id,
      kind: "train-precedents",
      state: "running",
      settings: {},
      progress: null,
      result: null,
      problem: null,
      startedBy: { id: person, name },
      createdAt: at,
      startedAt: at,
      finishedAt: null,
    });
    for (const id of ["first", "second"]) await insertJob(home.database, job(id));
    const planBy = (id: string) => ({ ...planOf("twice"), startedBy: { ...startedBy, job: id } });
    const { run } = await continueOrCreateRun(home.database, planBy("first"));
    await expect(continueOrCreateRun(home.database, planBy("second"))).rejects.toMatchObject({ code: "conflict" });
    expect(await getRun(home.database, run.id)).toMatchObject({ state: "running", job: "first" });
    expect((await continueOrCreateRun(home.database, planBy("first"))).run.id).toBe(run.id); // after a kill
    await updateJob(home.database, "first", { from: ["running"], to: { state: "failed", finishedAt: at } });
    expect((await continueOrCreateRun(home.database, planBy("second"))).run).toMatchObject({
      id: run.id,
      job: "second",
    });
    await stopAbandonedRuns(home.database); // as a home that a killed server left is opened
    expect((await continueOrCreateRun(home.database, planBy("first"))).run).toMatchObject({ id: run.id, job: "first" });
  });

  test("runs that begin at the same time have names of their own", async () => {
    const made = await Promise.all(["x", "y", "z"].map(create));
    expect(new Set(made).size).toBe(3);
  });

  test("what runs when the home is opened was killed, and is stopped", async () => {
    const killed = await create("killed");
    const finished = await create("whole");
    await finishRun(home.database, finished, { metrics: {}, at });
    await home.close();
    home = await open();
    expect((await getRun(home.database, killed)).state).toBe("stopped");
    expect((await getRun(home.database, finished)).state).toBe("finished");
  });
});

describe("the epochs of a run", () => {
  test("come back bit for bit and in order, however they were written", async () => {
    const run = await create("epochs");
    const epochs = [1, 2, 3, 4].map((epoch) => epochOf(epoch, 1 / epoch));
    for (const epoch of [...epochs].reverse()) await writeRunEpoch(home.database, run, epoch);
    expect(await listRunEpochs(home.database, run)).toEqual(epochs);
    expect(await listRunEpochs(home.database, run, { after: 2 })).toEqual(epochs.slice(2));
    expect((await countRunEpochs(home.database)).get(run)).toEqual({ done: 4, epochs: 6 });
  });

  test("one that is trained again replaces itself; those behind a checkpoint are forgotten", async () => {
    const run = await create("again");
    for (const epoch of [1, 2, 3]) await writeRunEpoch(home.database, run, epochOf(epoch, 1));
    await writeRunEpoch(home.database, run, epochOf(2, 0.5));
    expect((await listRunEpochs(home.database, run)).map(({ loss }) => loss)).toEqual([1, 0.5, 1]);
    await forgetRunEpochs(home.database, run, { after: 1 });
    expect((await listRunEpochs(home.database, run)).map(({ epoch }) => epoch)).toEqual([1]);
  });

  test("a run without epochs has none, and other runs' are not its own", async () => {
    const run = await create("none");
    expect(await listRunEpochs(home.database, run)).toEqual([]);
    expect((await countRunEpochs(home.database)).has(run)).toBe(false);
  });

  test("there are none of a run that is not there", async () => {
    await expect(writeRunEpoch(home.database, "nothing", epochOf(1, 1))).rejects.toThrow();
  });
});
