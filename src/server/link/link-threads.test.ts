import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { imageId } from "../../clinic/ids.ts";
import { encodeGreyPng } from "../../imaging/grey-png.ts";
import { LinkThreads } from "./link-threads.ts";

let root: string;
let picture: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "osteon-threads-"));
  picture = join(root, "picture.png");
  const pixels = Float32Array.from({ length: 64 * 64 }, (_, i) => (i % 64) / 63);
  await writeFile(picture, await encodeGreyPng({ width: 64, height: 64, pixels }));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const view = (path = picture) => ({ task: "view", path, part: null }) as const;

test("tasks are done by as many threads as there are, and more than may wait are refused at once", async () => {
  const threads = new LinkThreads({ root, count: 1, mostWaiting: 2 });
  const asked = [1, 2, 3, 4, 5].map(() => threads.run(view()).catch((error) => error.code));
  const answers = await Promise.all(asked);
  expect(answers.filter((answer) => answer === "busy")).toHaveLength(2); // one is being done, two wait
  expect(answers.filter((answer) => answer.ok)).toHaveLength(3);
  await threads.close();
});

test("what is wrong with a file is in the answer, and what is missing is told by its code", async () => {
  const threads = new LinkThreads({ root, count: 1 });
  expect(await threads.run(view(join(root, "nothing")))).toMatchObject({
    ok: false,
    reason: { code: "unreadable-file" },
  });
  await expect(
    threads.run({
      task: "link",
      query: { of: "query", id: "x", size: { width: 1, height: 1 }, box: null },
      appearance: { implausible: null, texture: [] },
      known: null,
      search: { k: 1, excludePatients: new Set() },
    }),
  ).rejects.toMatchObject({ code: "not-indexed" });
  await expect(threads.run({ task: "look", image: imageId("none"), colourfulness: 0 })).rejects.toMatchObject({
    code: "corrupt-store",
  });
  await threads.close();
});

test("a thread that takes too long is given up, the next task has a new one", async () => {
  const slow = new LinkThreads({ root, count: 1, timeoutMs: 1 });
  await expect(slow.run(view())).rejects.toMatchObject({ code: "interrupted" });
  await slow.close();
  const threads = new LinkThreads({ root, count: 1 });
  await threads.onAll({ task: "know", target: "entity", facts: [] });
  expect((await threads.run(view())).ok).toBe(true);
  await threads.close();
});

test("closing refuses what waits and what comes after", async () => {
  const threads = new LinkThreads({ root, count: 1 });
  const waiting = [threads.run(view()), threads.run(view())].map((task) => task.catch((error) => error.code));
  await threads.close();
  expect(await Promise.all(waiting)).toEqual(["interrupted", "interrupted"]);
  await expect(threads.run(view())).rejects.toMatchObject({ code: "interrupted" });
  const facts = { task: "know", target: "entity", facts: [] } as const;
  await expect(threads.onAll(facts)).rejects.toMatchObject({ code: "interrupted" });
});
