import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Home, openHome } from "./home.ts";
import { JobQueue, mostAttempts } from "./job-queue.ts";

let folder: string;
let home: Home;
let queue: JobQueue;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "osteon-queue-"));
  home = await openHome(folder, { command: "a test", since: "2020", create: true });
  queue = await JobQueue.open(home);
});
afterAll(async () => {
  await queue.close();
  await home.close();
  await rm(folder, { recursive: true, force: true });
});

const add = async (...ids: string[]): Promise<void> => {
  for (const id of ids) await home.database.transaction().execute((transaction) => queue.add("heavy", id, transaction));
};
const remove = (id: string): Promise<void> => queue.remove("heavy", id, home.database);

test("jobs are taken in their order, each once, and light work does not wait for heavy work", async () => {
  const [first, second, light] = [randomUUID(), randomUUID(), randomUUID()];
  await add(first, second);
  await queue.add("light", light, home.database);
  expect([await queue.take("heavy"), await queue.take("heavy"), await queue.take("heavy")]).toEqual([
    first,
    second,
    undefined,
  ]);
  expect(await queue.take("light")).toBe(light);
  await remove(first);
  await remove(second);
});

test("a job that was to be added by a transaction which failed is not there", async () => {
  const work = home.database.transaction().execute(async (transaction) => {
    await queue.add("heavy", randomUUID(), transaction);
    throw new Error("no");
  });
  await expect(work).rejects.toThrow("no");
  expect(await queue.take("heavy")).toBeUndefined();
});

test("a job that breaks its process off is tried again only so often, but may be added anew", async () => {
  const id = randomUUID();
  await add(id);
  const outcomes: boolean[] = [];
  while ((await queue.take("heavy")) === id) outcomes.push(await queue.retry("heavy", id));
  expect(outcomes).toEqual([...Array(mostAttempts - 1).fill(true), false]);
  await remove(id);
  await add(id);
  expect(await queue.take("heavy")).toBe(id);
  await remove(id);
});

test("a job that is put back comes before those that wait, as often as it likes", async () => {
  const [stopped, waiting] = [randomUUID(), randomUUID()];
  await add(stopped, waiting);
  for (let i = 0; i < 2 * mostAttempts; i++) {
    expect(await queue.take("heavy")).toBe(stopped);
    await queue.putBack("heavy", stopped, home.database);
  }
  await remove(stopped);
  expect(await queue.take("heavy")).toBe(waiting);
  await remove(waiting);
});

test("what waits and what was taken is still there when the queue is opened again", async () => {
  const [taken, waiting] = [randomUUID(), randomUUID()];
  await add(taken, waiting);
  expect(await queue.take("heavy")).toBe(taken);
  await queue.close();
  await home.close();
  home = await openHome(folder, { command: "a test", since: "2020" });
  queue = await JobQueue.open(home);
  expect(await queue.retry("heavy", taken)).toBe(true);
  const order = [await queue.take("heavy"), await queue.take("heavy")];
  expect(order.sort()).toEqual([taken, waiting].sort());
});
