/** A job as a page shows it to somebody. */

import type { Job } from "../../contract/jobs.ts";
import type { Person } from "../../contract/session.ts";
import type { StoredJob } from "../../store/index.ts";
import { mayManage } from "./jobs.ts";

/**
 * What a job was told and what came of it may name folders on the server, files, and columns of tables: it is shown to those who
 * could have started it.
 */
export const showJob = (job: StoredJob, person: Person): Job => {
  const isOwn = mayManage(job, person);
  const { state, problem, createdAt, startedAt, finishedAt } = job;
  return {
    ...job,
    settings: isOwn ? job.settings : {},
    result: isOwn ? job.result : null,
    problem: isOwn || problem === null ? problem : { code: problem.code, detail: "Who may start such a job sees why." },
    mayCancel: isOwn && (state === "waiting" || state === "running"),
    mayResume: isOwn && (state === "cancelled" || state === "failed"),
    createdAt: createdAt.toISOString(),
    startedAt: startedAt?.toISOString() ?? null,
    finishedAt: finishedAt?.toISOString() ?? null,
  };
};
