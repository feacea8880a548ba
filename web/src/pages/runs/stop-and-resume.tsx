/** Stops a run that goes, lets one go on that was stopped or has failed, takes one that waits out of the queue. */

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { Job, JobRequest } from "../../../../src/contract/jobs.ts";
import type { RunDetail } from "../../../../src/contract/runs.ts";
import { cancelJob, resumeJob, startJob, useJob } from "../../api/jobs.ts";
import { Dialog } from "../../parts/dialog.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useWords } from "../../shell/language.tsx";
import { useMay } from "../../shell/session.tsx";
import { useRefreshRuns } from "./queries.ts";
import { runWords } from "./words.ts";

/** A job has little more than this time to come to the end of its epoch before it is ended at once. */
const patientSeconds = 15;

export const StopAndResume = ({ run }: { run: RunDetail }) => {
  const words = useWords(runWords).stop;
  const may = useMay("researcher");
  const refresh = useRefreshRuns();
  const job = useJob(run.job ?? undefined);
  const [isAsked, setAsked] = useState(false);
  const stop = useMutation({ mutationFn: cancelJob, onSettled: refresh });
  const resume = useMutation({
    mutationFn: (how: NonNullable<RunDetail["resume"]>) =>
      "job" in how ? resumeJob(how.job) : startJob(how.request as JobRequest),
    onSettled: refresh,
  });
  if (!may) return null;
  const isStopping = stop.isSuccess && run.state === "running";
  const isResuming = resume.isSuccess && run.state !== "running" && run.state !== "finished";
  const error = stop.error ?? resume.error;
  return (
    <>
      {run.state === "running" && job?.mayCancel && !isStopping && (
        <button type="button" onClick={() => setAsked(true)}>
          {words.button}
        </button>
      )}
      {run.resume && !isResuming && (
        <button
          type="button"
          data-kind="main"
          disabled={resume.isPending}
          onClick={() => {
            stop.reset();
            resume.mutate(run.resume!);
          }}
        >
          {words.resume}
        </button>
      )}
      <span role="status">{isStopping ? words.stopping : isResuming ? words.resuming : ""}</span>
      {error && <ProblemNote error={error} />}
      {isAsked && (
        <Dialog
          title={words.title}
          onClose={() => setAsked(false)}
          actions={
            <>
              <button type="button" onClick={() => setAsked(false)}>
                {words.keep}
              </button>
              <button
                type="button"
                data-kind="main"
                onClick={() => {
                  setAsked(false);
                  resume.reset();
                  stop.mutate(run.job!);
                }}
              >
                {words.confirm}
              </button>
            </>
          }
        >
          <p>{(run.epochs.at(-1)?.seconds ?? 0) < patientSeconds ? words.text : words.longText}</p>
        </Dialog>
      )}
    </>
  );
};

/** For what has not begun: nothing is lost, so nobody is asked. */
export const TakeOut = ({ job }: { job: Job }) => {
  const words = useWords(runWords).stop;
  const take = useMutation({ mutationFn: cancelJob });
  if (!job.mayCancel) return null;
  return (
    <>
      <button type="button" disabled={!take.isIdle} onClick={() => take.mutate(job.id)}>
        {words.takeOut}
      </button>
      {take.error && <ProblemNote error={take.error} />}
    </>
  );
};
