/** Has the archive clustered, in the background. */

import { type FormEvent, useState } from "react";
import { ApiError } from "../../api/client.ts";
import { isOpen, shareOf, startJob, useJobs } from "../../api/jobs.ts";
import { Field } from "../../parts/field.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { Progress } from "../../parts/progress.tsx";
import { useWords } from "../../shell/language.tsx";
import styles from "./start-clustering.module.css";
import { atlasWords } from "./words.ts";

export const StartClustering = ({ title }: { readonly title: string }) => {
  const words = useWords(atlasWords);
  const [problem, setProblem] = useState<unknown>();
  const { data: jobs } = useJobs();
  const job = jobs?.jobs.find(({ kind }) => kind === "cluster-atlas");
  const isUnderWay = job !== undefined && isOpen(job);
  const start = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const told = new FormData(event.currentTarget);
    const clusters = String(told.get("clusters"));
    setProblem(undefined);
    startJob({
      kind: "cluster-atlas",
      settings: { clusters: clusters === "" ? null : Number(clusters), seed: Number(told.get("seed")) },
    }).catch(setProblem);
  };
  return (
    <form className={styles.start} onSubmit={start}>
      <Field label={words.clusters} hint={words.clustersHint}>
        <input name="clusters" type="number" min={2} max={100_000} />
      </Field>
      <Field label={words.seed} hint={words.seedHint}>
        <input name="seed" type="number" min={0} defaultValue={0} required />
      </Field>
      <button type="submit" disabled={isUnderWay}>
        {title}
      </button>
      {isUnderWay && <Progress label={title} share={shareOf(job)} note={job.progress?.note} />}
      {job?.problem && <ProblemNote error={new ApiError({ status: 0, ...job.problem })} />}
      {problem !== undefined && <ProblemNote error={problem} />}
    </form>
  );
};
