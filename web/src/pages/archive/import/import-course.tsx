/** How far an import is, and what came of it. */

import { Link } from "react-router";
import { shareOf } from "../../../api/jobs.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { Progress } from "../../../parts/progress.tsx";
import { jobWords } from "../../../shell/job-words.ts";
import { useFormats, useWords } from "../../../shell/language.tsx";
import styles from "./import.module.css";
import type { Import } from "./use-import.ts";
import { importWords } from "./words.ts";

export const ImportCourse = ({ course }: { course: Import }) => {
  const words = useWords(importWords);
  const jobs = useWords(jobWords);
  const { state, uploaded, job, error } = course;
  if (error !== undefined) return <ProblemNote error={error} />;
  if (state === "uploading") {
    return (
      <>
        <Progress label={words.uploading} share={uploaded} />
        <p className={styles.note}>{words.stays}</p>
      </>
    );
  }
  if (!job) return null;
  if (state === "working") {
    return (
      <>
        <Progress label={jobs.kinds[job.kind] ?? job.kind} share={shareOf(job)} note={jobs.states[job.state]} />
        <p className={styles.note}>{words.goesOn}</p>
      </>
    );
  }
  return (
    <div role="status">
      <p>
        {jobs.kinds[job.kind] ?? job.kind}: <strong>{jobs.states[job.state]}</strong>
      </p>
      {job.problem && (
        <p lang="en" className={styles.problem}>
          {job.problem.detail}
        </p>
      )}
      {job.state === "finished" && <Outcome result={job.result as Readonly<Record<string, unknown>>} />}
    </div>
  );
};

/** The counts of a result that has words, and where to go on. */
const Outcome = ({ result }: { result: Readonly<Record<string, unknown>> }) => {
  const words = useWords(importWords);
  const { number } = useFormats();
  const rows = Object.entries(words.results).flatMap(([key, name]) => {
    const value = result[key];
    return typeof value === "number" ? [{ name, value }] : [];
  });
  const lines = Array.isArray(result.problemLines) ? result.problemLines : [];
  return (
    <>
      <table>
        <tbody>
          {rows.map(({ name, value }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              <td>{number(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {lines.length > 0 && <p>{words.problemLines(lines.join(", "))}</p>}
      {Number(result.setAside) > 0 && <Link to="/review">{words.toReview}</Link>}
      {"findings" in result && <Link to="/cohort">{words.toDoubts}</Link>}
    </>
  );
};
