/** Several writers at once, as the bench sees them. */

import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { WriterMessage, WriterOrder } from "./writer.ts";

/** Writers at work. */
export interface Writing {
  /** Batches that were acknowledged, by their first code's place, with the number of their codes. */
  readonly written: ReadonlyMap<number, number>;
  readonly children: readonly ChildProcess[];
  /** When all have ended, whichever way; the seconds since they began. */
  readonly ended: Promise<number>;
  codes(): number;
}

/** Begins once every writer is ready. */
export const startWriting = async (
  order: Omit<WriterOrder, "writer" | "writers">,
  writers: number,
): Promise<Writing> => {
  const written = new Map<number, number>();
  const children = Array.from({ length: writers }, (_, writer) => {
    const child = fork(join(import.meta.dirname, "writer.ts"));
    child.send({ ...order, writer, writers } satisfies WriterOrder);
    return child;
  });
  await Promise.all(children.map((child) => once(child, "message"))); // ready
  for (const child of children)
    child.on("message", (message: WriterMessage) => {
      if ("written" in message) written.set(message.written, message.codes);
    });
  const start = performance.now();
  const exits = children.map((child) => once(child, "exit"));
  for (const child of children) child.send("begin");
  const ended = Promise.all(exits).then(() => (performance.now() - start) / 1e3);
  const codes = (): number => [...written.values()].reduce((sum, count) => sum + count, 0);
  return { written, children, ended, codes };
};
