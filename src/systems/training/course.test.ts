import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { OsteonError } from "../../errors.ts";
import { continueOrCreateRun, getRun, type Home, listRunEpochs, openHome } from "../../store/index.ts";
import { courseOf, underWatch } from "./course.ts";

let folder: string;
let home: Home;
const at = new Date("2026-01-02T03:04:05Z");

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-course-"));
  home = await openHome(join(folder, "home"), { command: "a test", since: at.toISOString(), create: true });
});
afterAll(async () => {
  await home.close();
  await rm(folder, { recursive: true, force: true });
});

const startRun = async (fingerprint: string): Promise<string> =>
  (await continueOrCreateRun(home.database, { system: "test/run", settings: {}, fingerprint })).run.id;

/** How a run ended whose work threw. */
const endOf = async (error: Error) => {
  const run = await startRun(error.message);
  const watched = underWatch(home, { run, now: () => at }, async () => {
    throw error;
  });
  await expect(watched).rejects.toBe(error);
  return getRun(home.database, run);
};

test("a run that is interrupted is stopped, and has no problem", async () => {
  const end = await endOf(new OsteonError("interrupted", "Training was interrupted after epoch 3."));
  expect(end).toMatchObject({ state: "stopped", problem: null, finishedAt: at });
});

test("a run that fails says why", async () => {
  expect(await endOf(new OsteonError("bad-input", "The loss became NaN in epoch 3."))).toMatchObject({
    state: "failed",
    problem: { code: "bad-input", detail: "The loss became NaN in epoch 3." },
  });
});

test("what was not expected is told without its words, which may quote what it stumbled over", async () => {
  const { state, problem } = await endOf(new TypeError("cannot read Doe, Jane"));
  expect(state).toBe("failed");
  expect(JSON.stringify(problem)).not.toContain("Jane");
});

test("a run whose work ends well is left to it", async () => {
  const run = await startRun("well");
  expect(await underWatch(home, { run, now: () => at }, async () => 7)).toBe(7);
  expect((await getRun(home.database, run)).state).toBe("running");
});

test("epochs behind the checkpoint that a network goes on from are forgotten", async () => {
  const run = await startRun("course");
  const course = courseOf(home, run);
  const epoch = { epochs: 4, network: 1, loss: 1, accuracy: 0.5, lr: 0.1, validation: null, pictures: 8, seconds: 1 };
  for (const number of [1, 2, 3]) await course.write({ ...epoch, epoch: number });
  await course.goOnAfter(2);
  expect((await listRunEpochs(home.database, run)).map((one) => one.epoch)).toEqual([1, 2]);
});

test("epochs of later networks, which have checkpoints of their own, are kept", async () => {
  const run = await startRun("networks");
  const course = courseOf(home, run);
  const epoch = { epochs: 6, loss: 1, accuracy: 0.5, lr: 0.1, validation: null, pictures: 8, seconds: 1 };
  for (const [network, number] of [
    [1, 1],
    [1, 2],
    [2, 3],
  ] as const)
    await course.write({ ...epoch, network, epoch: number });
  await course.goOnAfter(1, 1);
  expect((await listRunEpochs(home.database, run)).map((one) => one.epoch)).toEqual([1, 3]);
});
