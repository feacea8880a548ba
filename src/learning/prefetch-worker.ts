/** The thread of prefetch.ts: makes one item ready after another, in the order asked, and moves the buffers out. */

import { parentPort, type Transferable, workerData } from "node:worker_threads";
import { OsteonError } from "../errors.ts";
import type { Prepare, Prepared } from "./prefetch.ts";
import { oneByOne } from "./prefetch-queue.ts";
import { failureOf, type ThreadReply, type ThreadSetup } from "./prefetch-reply.ts";

const find = async ({ module, name, settings }: ThreadSetup): Promise<Prepare<unknown, unknown>> => {
  const exported = (await import(module)) as Readonly<Record<string, unknown>>;
  const make = exported[name];
  if (typeof make !== "function") {
    throw new OsteonError("bad-usage", `A thread can only run what a module exports; ${module} exports no "${name}".`);
  }
  return make(settings) as Prepare<unknown, unknown>;
};

let found: Promise<Prepare<unknown, unknown>> | undefined;

/** One by one, so that what a preparation works in serves all its items. */
const prepare = oneByOne(async (item: unknown): Promise<Prepared<unknown>> => {
  found ??= find(workerData as ThreadSetup);
  return (await found)(item);
});

const send = (reply: ThreadReply<unknown>, transfer: readonly Transferable[] = []): void =>
  parentPort?.postMessage(reply, [...transfer]);

parentPort?.on("message", async (item: unknown) => {
  try {
    const { value, transfer } = await prepare(item);
    send({ ok: true, value }, transfer);
  } catch (error) {
    send({ ok: false, failure: failureOf(error) });
  }
});
