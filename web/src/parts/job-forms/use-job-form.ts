/** What every form that starts a job does when it is sent: shows wrong fields, starts the job, shows why it could not. */

import { type FormEvent, useState } from "react";
import type { JobRequest } from "../../../../src/contract/jobs.ts";
import { startJob } from "../../api/jobs.ts";

export interface JobForm {
  /** Whether wrong fields are to be told. */
  readonly isTried: boolean;
  readonly problem: unknown;
  readonly isSending: boolean;
  readonly submit: (event: FormEvent) => void;
}

/** @param request what is to be started; undefined while a field is wrong */
export const useJobForm = (request: JobRequest | undefined, onStarted?: () => void): JobForm => {
  const [isTried, setTried] = useState(false);
  const [isSending, setSending] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!request || isSending) return;
    setSending(true);
    setProblem(undefined);
    startJob(request)
      .then(() => onStarted?.(), setProblem)
      .finally(() => setSending(false));
  };
  return { isTried, problem, isSending, submit };
};
