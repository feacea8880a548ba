/** How old what was worked out is, and what works it out anew. */

import { useState } from "react";
import type { Guide, GuideLabels } from "../../../../../src/contract/atlas-guide.ts";
import { ApiError } from "../../../api/client.ts";
import { isOpen, shareOf } from "../../../api/jobs.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { Progress } from "../../../parts/progress.tsx";
import { useFormats, useWords } from "../../../shell/language.tsx";
import { useMay } from "../../../shell/session.tsx";
import { startGuide, useGuideJob } from "../guide-data.ts";
import { atlasWords } from "../words.ts";
import styles from "./freshness.module.css";
import { checkWords } from "./words.ts";

interface WorkOutProps {
  readonly clustering: string;
  readonly labels: GuideLabels;
  readonly title: string;
  readonly isMain?: boolean;
}

export const WorkOut = ({ clustering, labels, title, isMain = false }: WorkOutProps) => {
  const { working } = useWords(atlasWords).suggestion;
  const may = useMay("annotator");
  const job = useGuideJob();
  const [problem, setProblem] = useState<unknown>();
  if (!may) return null;
  if (job && isOpen(job)) {
    return (
      <div className={styles.working}>
        <Progress label={working} share={shareOf(job)} note={job.progress?.note} />
      </div>
    );
  }
  return (
    <>
      <button
        type="button"
        {...(isMain ? { "data-kind": "main" } : {})}
        onClick={() => {
          setProblem(undefined);
          startGuide(clustering, labels).catch(setProblem);
        }}
      >
        {title}
      </button>
      {job?.problem && <ProblemNote error={new ApiError({ status: 0, ...job.problem })} />}
      {problem !== undefined && <ProblemNote error={problem} />}
    </>
  );
};

interface FreshnessProps {
  readonly clustering: string;
  readonly labels: GuideLabels;
  readonly guide: Guide;
}

export const Freshness = ({ clustering, labels, guide: { madeAt, behind, labelledClusters } }: FreshnessProps) => {
  const words = useWords(checkWords);
  const { number, time } = useFormats();
  return (
    <div className={styles.freshness}>
      <span data-old={behind > 0}>
        {words.made(time(madeAt), number(labelledClusters))} {behind > 0 && <strong>{words.behind(behind)}</strong>}
      </span>
      {behind > 0 && <WorkOut clustering={clustering} labels={labels} title={words.renew} />}
    </div>
  );
};
