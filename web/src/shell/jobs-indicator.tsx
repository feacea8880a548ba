/** What the server is at work on: in the bar at all times, with the progress and a way to cancel. */

import { useId, useState } from "react";
import type { Job } from "../../../src/contract/jobs.ts";
import { cancelJob, isOpen, resumeJob, shareOf, useJobEvents, useJobs } from "../api/jobs.ts";
import { ProblemNote } from "../parts/problem-note.tsx";
import { Progress } from "../parts/progress.tsx";
import { Spoken } from "../parts/spoken.tsx";
import { jobWords } from "./job-words.ts";
import styles from "./jobs-indicator.module.css";
import { useFormats, useWords } from "./language.tsx";

/** How many ended jobs are listed. */
const listedEnds = 8;

export const JobsIndicator = () => {
  const words = useWords(jobWords);
  const { percent } = useFormats();
  const panel = useId();
  const [ended, setEnded] = useState<Job>();
  useJobEvents(setEnded);
  const { data, error, refetch } = useJobs();
  const jobs = data?.jobs ?? [];
  const open = jobs.filter(isOpen);
  const ends = jobs.filter((job) => !isOpen(job)).slice(0, listedEnds);
  const share = open[0] && shareOf(open[0]);
  const label = open.length === 0 ? words.none : words.running(open.length);
  return (
    <>
      <button type="button" popoverTarget={panel} className={styles.button}>
        {open.length > 0 && <span className={styles.wheel} aria-hidden="true" />}
        {label}
        {share !== undefined && <span className={styles.share}>{percent(share)}</span>}
      </button>
      <Spoken live>{ended && `${words.kinds[ended.kind] ?? ended.kind}: ${words.states[ended.state]}`}</Spoken>
      <section id={panel} popover="auto" className={styles.panel} aria-label={words.title}>
        {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
        {jobs.length === 0 && !error && <p className={styles.nothing}>{words.nothing}</p>}
        <ul className={styles.list}>
          {[...open, ...ends].map((job) => (
            <JobLine key={job.id} job={job} />
          ))}
        </ul>
      </section>
    </>
  );
};

const JobLine = ({ job }: { job: Job }) => {
  const words = useWords(jobWords);
  const { time } = useFormats();
  const [error, setError] = useState<unknown>();
  const name = words.kinds[job.kind] ?? job.kind;
  const ask = (work: Promise<Job>): void => {
    setError(undefined);
    work.catch(setError);
  };
  return (
    <li className={styles.job} data-state={job.state}>
      {isOpen(job) ? (
        <Progress label={name} share={shareOf(job)} note={job.progress?.note || words.states[job.state]} />
      ) : (
        <span>
          {name}: <strong>{words.states[job.state]}</strong>
        </span>
      )}
      <span className={styles.who}>
        {job.startedBy.name} · {time(job.finishedAt ?? job.startedAt ?? job.createdAt)}
      </span>
      {job.problem && (
        <span lang="en" className={styles.problem}>
          {job.problem.detail}
        </span>
      )}
      {job.mayCancel && (
        <button type="button" onClick={() => ask(cancelJob(job.id))}>
          {words.cancel} <Spoken>{name}</Spoken>
        </button>
      )}
      {job.mayResume && (
        <button type="button" onClick={() => ask(resumeJob(job.id))}>
          {words.resume} <Spoken>{name}</Spoken>
        </button>
      )}
      {error !== undefined && <ProblemNote error={error} />}
    </li>
  );
};
