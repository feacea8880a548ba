/** The other end of a {@link WorkThread}: does what it is told, one piece of work after another. */

import { parentPort } from "node:worker_threads";
import { OsteonError } from "../../errors.ts";
import type { WorkOrder, WorkReply, Works } from "./work-thread.ts";

/** Begins to listen; each piece of work has its function. */
export const performWorks = <Work extends Works<Work>>(
  works: {
    readonly [Name in keyof Work]: (told: Work[Name]["told"]) => Promise<Work[Name]["answer"]>;
  },
): void => {
  const perform = async ({ number, name, told }: WorkOrder<Work>): Promise<WorkReply> => {
    try {
      return { number, answer: await works[name](told) };
    } catch (error) {
      if (!(error instanceof OsteonError)) return { number, problem: null };
      const { code, message, context } = error;
      return { number, problem: { code, detail: message, context: numbersOf(context) } };
    }
  };
  let last: Promise<void> = Promise.resolve();
  parentPort!.on("message", (order: WorkOrder<Work>) => {
    last = last.then(async () => parentPort!.postMessage(await perform(order)));
  });
};

/** What of an error's context can be sent, and is of no file: numbers. */
const numbersOf = (context: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(context).filter(([, value]) => typeof value === "number"));
