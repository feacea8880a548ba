/** Has the archive clustered, in the background. */

import { Link } from "react-router";
import { ApiError } from "../../api/client.ts";
import { isOpen, shareOf, useJobs } from "../../api/jobs.ts";
import { ClusterAtlasForm } from "../../parts/job-forms/cluster-atlas-form.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { Progress } from "../../parts/progress.tsx";
import { useTrainingChoices } from "../../parts/training-choices.ts";
import { useWords } from "../../shell/language.tsx";
import styles from "./start-clustering.module.css";
import { atlasWords } from "./words.ts";

export const StartClustering = ({ title }: { readonly title: string }) => {
  const words = useWords(atlasWords);
  const { data: choices, error } = useTrainingChoices();
  const { data: jobs } = useJobs();
  const job = jobs?.jobs.find(({ kind }) => kind === "cluster-atlas");
  const isUnderWay = job !== undefined && isOpen(job);
  return (
    <div className={styles.start}>
      {choices && !isUnderWay && <ClusterAtlasForm choices={choices.clustering} submit={title} />}
      {isUnderWay && (
        <>
          <Progress label={title} share={shareOf(job)} note={job.progress?.note} />
          <Link to="/runs">{words.follow}</Link>
        </>
      )}
      {job?.problem && <ProblemNote error={new ApiError({ status: 0, ...job.problem })} />}
      {error && <ProblemNote error={error} />}
    </div>
  );
};
