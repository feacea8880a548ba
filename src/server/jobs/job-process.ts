/**
 * The process of one job: it is told what to do by the server or worker that forked it, works on that one's home, through the
 * channel where the database is in the home's folder, and ends with it.
 */

import { setPriority } from "node:os";

setPriority(5); // before threads start, which take it over: people at the pages go first

/** A terminal's Ctrl-C reaches this process too; when to stop is the server's word. */
for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, () => {});

/** Without its server the work leads nowhere: what is not written yet cannot be. */
process.on("disconnect", () => process.exit(1));

const { OsteonError } = await import("../../errors.ts");
const { joinHome, openRemoteHome, processChannel } = await import("../../store/index.ts");
const { isToProcess } = await import("./job-messages.ts");
const { findJobKind } = await import("./kinds/index.ts");

import type { FromProcess, JobOrder, JobOutcome } from "./job-messages.ts";

const stop = new AbortController();

process.on("message", (message) => {
  if (!isToProcess(message)) return;
  if (message.order === "stop") stop.abort();
  else perform(message).then(leave);
});

const tell = (message: FromProcess): void => void process.send?.(message);

const perform = async ({ job, kind: name, settings, root, database }: JobOrder): Promise<JobOutcome> => {
  const home = database ? joinHome(root, database) : openRemoteHome(processChannel(process), root);
  try {
    const kind = findJobKind(name)!;
    const result = await kind.run(home, settings, {
      job,
      signal: stop.signal,
      onProgress: (done, total, note = "") => tell({ progress: { done, total, note } }),
      now: () => new Date(),
    });
    return { result };
  } catch (error) {
    return problemOf(error);
  }
};

/** An error that nobody expected may quote what it stumbled over, so only its place goes on. */
const problemOf = (error: unknown): JobOutcome => {
  if (error instanceof OsteonError) return { problem: { code: error.code, detail: error.message } };
  const detail = "Something went wrong that should not; the server's log says where.";
  const frames = error instanceof Error ? (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line)) : [];
  return { problem: { code: "failed", detail }, frames: frames.join("\n") };
};

const leave = (outcome: JobOutcome): void => {
  process.send?.({ outcome } satisfies FromProcess, undefined, {}, () => process.exit(0));
};
