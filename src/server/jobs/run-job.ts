/** One job in a process of its own, as the server sees it. */

import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { type Home, type JobProgress, processChannel, serveDatabase } from "../../store/index.ts";
import { isFromProcess, type JobOrder, type JobOutcome, type ToProcess } from "./job-messages.ts";

/** A job in work. */
export interface RunningJob {
  /** How it ended; `broken off` where its process ended without a word. */
  readonly ended: Promise<JobOutcome | "broken off">;
  /** Asks it to stop at the next safe place, and ends it where that takes too long; asked again, the sooner counts. */
  stop(graceMs: number): void;
}

interface RunOptions {
  readonly onProgress: (progress: JobProgress) => void;
  /** Shows what the process writes to standard error, where somebody looks for a mistake. */
  readonly debug: boolean;
}

const program = join(import.meta.dirname, "job-process.ts");

/** Begins a job. */
export const runJob = (
  home: Home,
  order: Pick<JobOrder, "job" | "kind" | "settings">,
  { onProgress, debug }: RunOptions,
): RunningJob => {
  const child = fork(program, {
    serialization: "advanced",
    stdio: ["ignore", "ignore", debug ? "inherit" : "ignore", "ipc"],
  });
  const { sharing } = home;
  if (!sharing) serveDatabase(home.database, processChannel(child));
  const send = (message: ToProcess): void => {
    if (child.connected) child.send(message, undefined, {}, () => {}); // its end is told by "exit"
  };
  let killing: { readonly timer: NodeJS.Timeout; readonly at: number } | undefined;
  const ended = new Promise<JobOutcome | "broken off">((resolve) => {
    let outcome: JobOutcome | "broken off" = "broken off";
    child.on("message", (message) => {
      if (!isFromProcess(message)) return;
      if ("outcome" in message) outcome = message.outcome;
      else onProgress(message.progress);
    });
    const end = (): void => {
      clearTimeout(killing?.timer);
      resolve(outcome);
    };
    child.on("error", end);
    const gone = ["exit", "disconnect"].map((name) => once(child, name)); // its last words may come after its exit
    Promise.all(gone).then(end, end);
  });
  const database = sharing && { server: sharing.server.secretAddress(), process: sharing.process };
  send({ order: "begin", ...order, root: home.files.root, ...(database ? { database } : {}) });
  return {
    ended,
    stop: (graceMs) => {
      send({ order: "stop" });
      const at = performance.now() + graceMs;
      if (killing && killing.at <= at) return;
      clearTimeout(killing?.timer);
      killing = { timer: setTimeout(() => child.kill("SIGKILL"), graceMs), at };
    },
  };
};
