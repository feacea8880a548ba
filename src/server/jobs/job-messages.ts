/** What the server and the process of a job say to each other, beside what the database's channel says. */

import type { JobProblem, JobProgress } from "../../store/index.ts";

/** What a process is to do. */
export interface JobOrder {
  readonly order: "begin";
  readonly job: string;
  readonly kind: string;
  readonly settings: unknown;
  /** The folder of the home. */
  readonly root: string;
  /** How the process comes to a database on a server by itself; by the channel where it is left out. The address is secret. */
  readonly database?: { readonly server: string; readonly process: string };
}

export type ToProcess = JobOrder | { readonly order: "stop" };

/** How a job ended. */
export type JobOutcome =
  | { readonly result: unknown }
  | { readonly problem: JobProblem /** Where in the code, of what was not expected. */; readonly frames?: string };

export type FromProcess = { readonly progress: JobProgress } | { readonly outcome: JobOutcome };

export const isToProcess = (message: unknown): message is ToProcess =>
  typeof (message as { order?: unknown } | null)?.order === "string";

export const isFromProcess = (message: unknown): message is FromProcess =>
  typeof message === "object" && message !== null && ("progress" in message || "outcome" in message);
