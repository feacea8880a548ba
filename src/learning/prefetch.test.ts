import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { counted, draws, hidden, type Mishap, nothing, passingBut } from "../../test/support/preparations.ts";
import { defaultWorkers, Prefetch, type PrefetchOptions, type Preparation } from "./prefetch.ts";

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

const all = async <Value>(
  count: number,
  how: Preparation<number, Value>,
  options: PrefetchOptions,
): Promise<{ item: number; value: Value }[]> => await Array.fromAsync(new Prefetch(upTo(count), how, options));

/** What came before a loader ended, how it ended, and what it says afterwards. */
const courseOf = async <Value>(loader: Prefetch<number, Value>): Promise<{ values: Value[]; error: unknown }> => {
  const values: Value[] = [];
  let error: unknown;
  try {
    for await (const { value } of loader) values.push(value);
  } catch (thrown) {
    error = thrown;
  }
  expect(await loader.next()).toEqual({ done: true, value: undefined });
  return { values, error };
};

describe("Prefetch", () => {
  test("gives the same values in the order of the items with any number of threads", async () => {
    const settings = fc.record({ seed: fc.nat(), count: fc.nat(30), ahead: fc.integer({ min: 1, max: 4 }) });
    await fc.assert(
      fc.asyncProperty(settings, async ({ seed, count, ahead }) => {
        const expected = await all(count, draws(seed), { workers: 0 });
        expect(expected.map(({ item }) => item)).toEqual(upTo(count));
        for (const workers of [1, 3]) expect(await all(count, draws(seed), { workers, ahead })).toEqual(expected);
      }),
      { numRuns: 6, seed: 20261123 },
    );
  });

  test.each([
    { workers: 0, ahead: 2, most: 1 },
    { workers: 1, ahead: 2, most: 2 },
    { workers: 3, ahead: 1, most: 3 },
  ])("takes no more than $most items ahead with $workers threads", async ({ workers, ahead, most }) => {
    let taken = 0;
    function* items(): Generator<number> {
      for (; ; taken++) yield taken;
    }
    const loader = new Prefetch(items(), draws(1), { workers, ahead });
    for (let used = 0; used < 5; used++) {
      expect(taken - used).toBeLessThan(most);
      await loader.next();
    }
    expect(taken).toBe(4 + most);
    await loader.close();
  });

  test("calls that do not wait for each other are answered in a row", async () => {
    for (const workers of [0, 2]) {
      const loader = new Prefetch(upTo(3), draws(1), { workers, ahead: 1 });
      const results = await Promise.all(upTo(5).map(() => loader.next()));
      expect(results.map(({ value }) => value?.item)).toEqual([0, 1, 2, undefined, undefined]);
    }
  });

  test("threads go on while the caller's thread is blocked", async () => {
    const begun = new Int32Array(new SharedArrayBuffer(4));
    const loader = new Prefetch(upTo(100), counted(begun.buffer), { workers: 2, ahead: 3 });
    await loader.next();
    for (let seen = Atomics.load(begun, 0); seen < 7; seen = Atomics.load(begun, 0)) {
      expect(Atomics.wait(begun, 0, seen, 20_000)).not.toBe("timed-out");
    }
    await loader.close();
    expect(Atomics.load(begun, 0)).toBe(7);
  });

  test.each<{ mishap: Mishap; error: unknown }>([
    {
      mishap: "refused",
      error: expect.objectContaining({
        name: "OsteonError",
        code: "bad-input",
        message: "Item 5 is no number.",
        context: { item: 5 },
        cause: new RangeError("too large"),
      }),
    },
    {
      mishap: "refused with what cannot be sent",
      error: expect.objectContaining({ name: "OsteonError", code: "bad-input", message: "Item 5 is no number." }),
    },
    { mishap: "wrong", error: new TypeError("item.five is not a function") },
  ])("an item that is $mishap ends the loop at its turn, with the same error", async ({ mishap, error }) => {
    for (const workers of [0, 1, 3]) {
      const course = await courseOf(new Prefetch(upTo(20), passingBut(mishap), { workers }));
      expect(course).toEqual({ values: upTo(5), error });
    }
  });

  test.each<{ mishap: Mishap; how: string }>([
    { mishap: "exit", how: "ended unexpectedly (exit code 3)" },
    { mishap: "crash", how: "crashed" },
  ])("a thread that ends by itself ($mishap) is told, and nothing hangs", async ({ mishap, how }) => {
    for (const workers of [1, 3]) {
      const { values, error } = await courseOf(new Prefetch(upTo(20), passingBut(mishap), { workers }));
      expect(values).toEqual(upTo(values.length));
      expect(values.length).toBeLessThanOrEqual(5);
      expect(error).toMatchObject({ name: "OsteonError", code: "interrupted", message: expect.stringContaining(how) });
    }
  });

  test("a value that cannot be sent is an error", async () => {
    const { values, error } = await courseOf(new Prefetch(upTo(20), passingBut("not sendable"), { workers: 1 }));
    expect([values, error]).toEqual([upTo(5), expect.objectContaining({ name: "DataCloneError" })]);
  });

  test("what cannot be set up, or not be found in its module, is told with the first item", async () => {
    for (const workers of [0, 2]) {
      await expect(all(3, nothing, { workers })).rejects.toMatchObject({ name: "OsteonError", code: "not-found" });
    }
    await expect(all(3, hidden, { workers: 1 })).rejects.toMatchObject({
      code: "bad-usage",
      message: expect.stringContaining('exports no "makeHidden"'),
    });
    await expect(all(3, { ...hidden, module: "file:///nowhere.ts" }, { workers: 1 })).rejects.toThrow("nowhere.ts");
  });

  test("an error of the items comes at its turn, and items that are left are ended", async () => {
    function* broken(): Generator<number> {
      yield 0;
      throw new RangeError("no second item");
    }
    const { values, error } = await courseOf(new Prefetch(broken(), passingBut("exit"), { workers: 2 }));
    expect([values, error]).toEqual([[0], new RangeError("no second item")]);
    let ended = false;
    function* endless(): Generator<number> {
      try {
        for (;;) yield 1;
      } finally {
        ended = true;
      }
    }
    for await (const _ of new Prefetch(endless(), draws(1), { workers: 1 })) break;
    expect(ended).toBe(true);
  });

  test("a closed loader gives up what is waited for, even from a thread that hangs", async () => {
    const loader = new Prefetch([0, 5, 6], passingBut("hang"), { workers: 1 });
    await loader.next();
    const waiting = loader.next();
    const refused = expect(waiting).rejects.toMatchObject({
      code: "interrupted",
      message: expect.stringContaining("closed"),
    });
    await sleep(100); // the thread is in its endless loop
    await Promise.all([loader.close(), loader.close()]);
    await refused;
    expect(await loader.next()).toEqual({ done: true, value: undefined });
  });

  test("a thread that takes too long is given up, where somebody says how long that is", async () => {
    const loader = new Prefetch(upTo(8), passingBut("hang"), { workers: 1, timeoutMs: 2000 });
    const { values, error } = await courseOf(loader);
    expect(values).toEqual(upTo(5));
    expect(error).toMatchObject({ code: "interrupted", message: expect.stringContaining("within 2 s") });
  });

  test("items are ended when one of them cannot be sent to a thread", async () => {
    let ended = false;
    function* unsendable(): Generator<number> {
      try {
        for (;;) yield (() => 1) as never;
      } finally {
        ended = true;
      }
    }
    const { error } = await courseOf(new Prefetch(unsendable(), draws(1), { workers: 1 }));
    expect([error, ended]).toEqual([expect.objectContaining({ name: "DataCloneError" }), true]);
  });

  test("numbers of threads and of items ahead are checked", () => {
    expect(defaultWorkers()).toBeGreaterThanOrEqual(0);
    expect(defaultWorkers()).toBeLessThanOrEqual(1);
    for (const options of [{ workers: -1 }, { workers: 1.5 }, { workers: 1e9 }, { ahead: 0 }, { ahead: Number.NaN }]) {
      expect(() => new Prefetch([1], draws(1), options)).toThrow(
        expect.objectContaining({ name: "OsteonError", code: "bad-usage" }),
      );
    }
  });
});

describe("a process that uses Prefetch ends by itself", () => {
  const run = async (body: string): Promise<string> => {
    const source = `
      import { Prefetch } from ${JSON.stringify(new URL("./prefetch.ts", import.meta.url).href)};
      import * as how from ${JSON.stringify(new URL("../../test/support/preparations.ts", import.meta.url).href)};
      const items = Array.from({ length: 50 }, (_, i) => i);
      ${body}`;
    const child = promisify(execFile)(process.execPath, ["-e", source], { timeout: 30_000 });
    return (await child).stdout.trim();
  };

  test.each([
    {
      left: "at the end of its items",
      body: "let n = 0; for await (const _ of new Prefetch(items, how.draws(1), { workers: 2 })) n++; console.log(n);",
      printed: "50",
    },
    {
      left: "by break",
      body: "for await (const { item } of new Prefetch(items, how.draws(1), { workers: 2 })) if (item === 7) { console.log(item); break; }",
      printed: "7",
    },
    {
      left: "by an error of its user",
      body: `try { for await (const _ of new Prefetch(items, how.draws(1), { workers: 2 })) throw new Error("enough"); }
        catch (error) { console.log(error.message); }`,
      printed: "enough",
    },
    {
      left: "without closing it",
      body: "const loader = new Prefetch(items, how.draws(1), { workers: 2 }); await loader.next(); console.log('left');",
      printed: "left",
    },
    {
      left: "while a thread hangs",
      body: "for await (const { item } of new Prefetch(items, how.passingBut('hang'), { workers: 2 })) if (item === 4) { console.log(item); break; }",
      printed: "4",
    },
  ])("when the loop is left $left", async ({ body, printed }) => {
    expect(await run(body)).toBe(printed);
  });
});
