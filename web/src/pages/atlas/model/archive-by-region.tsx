/** How far the archive is sorted by region, and what sorts it. */

import { useState } from "react";
import { Link } from "react-router";
import type { AtlasModelState } from "../../../../../src/contract/atlas-model.ts";
import { ApiError } from "../../../api/client.ts";
import { isOpen, shareOf, startJob, useJobs } from "../../../api/jobs.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { Progress } from "../../../parts/progress.tsx";
import { useFormats, useWords } from "../../../shell/language.tsx";
import { useMay } from "../../../shell/session.tsx";
import styles from "./archive-by-region.module.css";
import { modelWords } from "./words.ts";

export const ArchiveByRegion = ({ archive }: { readonly archive: AtlasModelState["archive"] }) => {
  const words = useWords(modelWords);
  const { number } = useFormats();
  return (
    <section className={styles.archive}>
      <h2>{words.archive}</h2>
      <p className={styles.note}>{words.archiveNote}</p>
      <dl>
        {(["known", "unknown", "unsorted"] as const).map((state) => (
          <div key={state}>
            <dd>{number(archive[state])}</dd>
            <dt>{words[state]}</dt>
          </div>
        ))}
      </dl>
      <div className={styles.actions}>
        <Sorting isMain={archive.unsorted > 0} />
        <Link to="/archive?sorted=no">
          {words.toArchive}: {words.unknown}
        </Link>
      </div>
    </section>
  );
};

const Sorting = ({ isMain }: { readonly isMain: boolean }) => {
  const words = useWords(modelWords);
  const may = useMay("researcher");
  const { data: jobs } = useJobs();
  const job = jobs?.jobs.find(({ kind }) => kind === "sort-archive");
  const [problem, setProblem] = useState<unknown>();
  if (job && isOpen(job)) return <Progress label={words.sorting} share={shareOf(job)} note={job.progress?.note} />;
  if (!may) return null;
  return (
    <>
      <button
        type="button"
        {...(isMain ? { "data-kind": "main" } : {})}
        onClick={() => {
          setProblem(undefined);
          startJob({ kind: "sort-archive", settings: {} }).catch(setProblem);
        }}
      >
        {words.sort}
      </button>
      {job?.problem && <ProblemNote error={new ApiError({ status: 0, ...job.problem })} />}
      {problem !== undefined && <ProblemNote error={problem} />}
    </>
  );
};
