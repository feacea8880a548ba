/** Looks for text in the radiographs that nobody has looked through: a job, which can be stopped and goes on. */

import { useMutation } from "@tanstack/react-query";
import { cancelJob, isOpen, shareOf, startJob, useJobs } from "../../api/jobs.ts";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { Progress } from "../../parts/progress.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { reviewWords } from "./words.ts";

export const TextSearch = ({ left }: { left: number }) => {
  const words = useWords(reviewWords);
  const { number } = useFormats();
  const { data } = useJobs();
  const job = data?.jobs.find((one) => one.kind === "find-burned-in-text" && isOpen(one));
  const start = useMutation({ mutationFn: () => startJob({ kind: "find-burned-in-text", settings: {} }) });
  const stop = useMutation({ mutationFn: (id: string) => cancelJob(id) });
  if (job) {
    return (
      <>
        <Progress label={words.searching} share={shareOf(job)} />
        <button type="button" disabled={!job.mayCancel || stop.isPending} onClick={() => stop.mutate(job.id)}>
          {words.stopSearch}
        </button>
      </>
    );
  }
  return (
    <>
      <button type="button" disabled={left === 0 || start.isPending} onClick={() => start.mutate()}>
        {left === 0 ? words.allSearched : words.search(number(left))}
      </button>
      {start.error && <ProblemNote error={start.error} />}
    </>
  );
};
