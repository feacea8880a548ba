/** Background jobs as pages start, follow and cancel them. */

import { type UseQueryResult, useQuery, useQueryClient } from "@tanstack/react-query";
import type { Job, JobList, JobRequest } from "../../../src/contract/jobs.ts";
import { change, get } from "./client.ts";
import { useServerEvents } from "./events.ts";

const jobsKey = ["jobs"];

/** Whether a job is still to come to its end. */
export const isOpen = ({ state }: Job): boolean => state === "waiting" || state === "running";

/** The share of a job that is done; undefined where nobody can tell. */
export const shareOf = ({ progress }: Job): number | undefined =>
  progress && progress.total > 0 ? progress.done / progress.total : undefined;

/** The newest jobs of everybody, kept up to date by the server's events. */
export const useJobs = (): UseQueryResult<JobList> =>
  useQuery({ queryKey: jobsKey, queryFn: () => get<JobList>("/api/jobs", { limit: 50 }) });

/** One of the newest jobs; undefined until it is known. */
export const useJob = (id: string | undefined): Job | undefined => {
  const { data } = useJobs();
  return data?.jobs.find((job) => job.id === id);
};

export const startJob = (request: JobRequest): Promise<Job> => change<Job>("POST", "/api/jobs", request);

export const cancelJob = (id: string): Promise<Job> =>
  change<Job>("POST", `/api/jobs/${encodeURIComponent(id)}/cancel`);

export const resumeJob = (id: string): Promise<Job> =>
  change<Job>("POST", `/api/jobs/${encodeURIComponent(id)}/resume`);

/** Takes what the server tells of jobs into what {@link useJobs} answers; once in the frame. */
export const useJobEvents = (onEnd: (job: Job) => void): void => {
  const queries = useQueryClient();
  useServerEvents<Job>("job", (job) => {
    const before = queries.getQueryData<JobList>(jobsKey)?.jobs.find(({ id }) => id === job.id);
    queries.setQueryData<JobList>(jobsKey, (list) => {
      if (!list) return list;
      const isKnown = list.jobs.some(({ id }) => id === job.id);
      return { jobs: isKnown ? list.jobs.map((old) => (old.id === job.id ? job : old)) : [job, ...list.jobs] };
    });
    if (isOpen(job) || (before && !isOpen(before))) return;
    onEnd(job);
    // What a job changed, pages have to read again.
    void queries.invalidateQueries({ predicate: ({ queryKey: [first] }) => first !== "jobs" && first !== "session" });
  });
};
