/**
 * A cohort's definition as it is written: checked while it is typed, each problem with its place, what it would give, and the
 * building of it by a job.
 */

import { useMutation, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useEffect, useId, useRef, useState } from "react";
import type { DefinitionCheck, DefinitionProblem } from "../../../../src/contract/cohorts.ts";
import { change } from "../../api/client.ts";
import { isOpen, startJob, useJob } from "../../api/jobs.ts";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { Progress } from "../../parts/progress.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import styles from "./definition-editor.module.css";
import { FlowTable } from "./flow-table.tsx";
import { lineAt, placeInJson } from "./place-in-json.ts";
import { cohortWords } from "./words.ts";

interface DefinitionEditorProps {
  /** The text to begin with. */
  readonly start: string;
  readonly onBuilt: (name: string) => void;
}

/** How long nothing must be typed before the server is asked, in milliseconds. */
const pauseMs = 400;

export const DefinitionEditor = ({ start, onBuilt }: DefinitionEditorProps) => {
  const words = useWords(cohortWords);
  const { number } = useFormats();
  const [text, setText] = useState(start);
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const settled = useSettled(text, pauseMs);
  const { data: checked, error } = useQuery({
    queryKey: ["definition-check", settled],
    queryFn: ({ signal }) => change<DefinitionCheck>("POST", "/api/cohorts/check", { definition: settled }, signal),
    placeholderData: (before) => before,
  });
  const [jobId, setJobId] = useState<string>();
  const job = useJob(jobId);
  const build = useMutation({
    mutationFn: () => startJob({ kind: "build-cohort", settings: { definition: JSON.parse(text) } }),
    onSuccess: (started) => setJobId(started.id),
  });
  useEffect(() => {
    if (job?.state !== "finished") return;
    setJobId(undefined);
    onBuilt((job.result as { name: string }).name);
  }, [job, onBuilt]);
  const isCurrent = settled === text;
  const problems = checked?.problems ?? [];
  const preview = isCurrent ? checked?.preview : undefined;
  const mayBuild = isCurrent && checked !== undefined && problems.length === 0;
  const point = ({ path }: DefinitionProblem): void => {
    const { from, to } = placeInJson(text, path);
    const field = area.current!;
    field.focus();
    field.setSelectionRange(from, to);
    field.scrollTop = (field.scrollHeight * (lineAt(text, from) - 4)) / text.split("\n").length;
  };
  return (
    <div className={styles.editor}>
      <div className={styles.text}>
        <label htmlFor={`${id}-text`}>{words.definitionLabel}</label>
        <textarea
          id={`${id}-text`}
          ref={area}
          value={text}
          rows={26}
          spellCheck={false}
          aria-invalid={problems.length > 0}
          aria-describedby={`${id}-check`}
          onChange={({ target }) => setText(target.value)}
        />
      </div>
      <section id={`${id}-check`} aria-live="polite" className={styles.check}>
        {error && <ProblemNote error={error} />}
        {problems.length > 0 && (
          <>
            <p>{words.definitionProblems(problems.length)}</p>
            <ol className={styles.problems} lang="en">
              {problems.map((problem) => {
                const { path, message } = problem;
                const line = lineAt(text, placeInJson(text, path).from);
                return (
                  <li key={`${path.join(".")} ${message}`}>
                    <button type="button" onClick={() => point(problem)}>
                      <span className={styles.place}>
                        {path.length > 0 ? `${printPath(path)}, ${words.line(number(line))}` : words.wholeText}
                      </span>
                      {message}
                    </button>
                  </li>
                );
              })}
            </ol>
          </>
        )}
        {preview && (
          <>
            <p>
              {words.previewOf(preview.name, number(preview.patients))} {preview.replaces && words.replaces}
            </p>
            <FlowTable caption={words.previewTable} flow={preview.flow} />
          </>
        )}
        {mayBuild && !preview && <p>{words.noPreview}</p>}
        <button
          type="button"
          data-kind="main"
          disabled={!mayBuild || build.isPending || (job !== undefined && isOpen(job))}
          onClick={() => build.mutate()}
        >
          {words.build}
        </button>
        {job && isOpen(job) && <Progress label={words.building} />}
        {job?.problem && (
          <p role="alert" className={styles.failed} lang="en">
            {job.problem.detail}
          </p>
        )}
        {build.error && <ProblemNote error={build.error} />}
      </section>
    </div>
  );
};

/** `criteria[1].include.entity`. */
const printPath = (path: DefinitionProblem["path"]): string =>
  path.map((key, i) => (typeof key === "number" ? `[${key}]` : i === 0 ? key : `.${key}`)).join("");

/** The text when nothing was typed for a while. */
const useSettled = (text: string, ms: number): string => {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), ms);
    return () => clearTimeout(timer);
  }, [text, ms]);
  return useDeferredValue(settled);
};
