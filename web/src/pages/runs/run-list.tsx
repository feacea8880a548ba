/** Every run in a table, the newest first; two can be chosen to be compared. */

import { useState } from "react";
import { Link, useNavigate } from "react-router";
import type { Job } from "../../../../src/contract/jobs.ts";
import type { RunSummary } from "../../../../src/contract/runs.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { IntervalBar } from "../../parts/interval-bar.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { useMay } from "../../shell/session.tsx";
import { useShortcuts } from "../../shell/shortcuts.tsx";
import { useRuns, useWaitingJobs } from "./queries.ts";
import styles from "./run-list.module.css";
import { useRunNames } from "./run-names.ts";
import { StartForm } from "./start-form.tsx";
import { StateMark } from "./state-mark.tsx";
import { TakeOut } from "./stop-and-resume.tsx";
import { runWords } from "./words.ts";

export const RunList = () => {
  const words = useWords(runWords);
  const navigate = useNavigate();
  const mayStart = useMay("researcher");
  const { data, error, refetch } = useRuns();
  const waiting = useWaitingJobs(data);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [starting, setStarting] = useState(false);
  const runs = data?.runs ?? [];
  // The older one comes first, so that what was gained is written as a gain.
  const [second, first] = runs.map(({ id }) => id).filter((id) => chosen.includes(id));
  const compare = (): void => {
    if (first !== undefined && second !== undefined)
      navigate(`/runs/compare/${encodeURIComponent(first)}/${encodeURIComponent(second)}`);
  };
  useShortcuts(words.title, [
    { keys: "n", does: words.keys.start, run: () => setStarting(true), enabled: mayStart },
    { keys: "c", does: words.keys.compare, run: compare, enabled: chosen.length === 2 },
  ]);
  const start = mayStart && (
    <button type="button" data-kind="main" onClick={() => setStarting(true)}>
      {words.start.button}
    </button>
  );
  const choose = (id: string, isChosen: boolean): void =>
    setChosen((before) => (isChosen ? [...before, id].slice(-2) : before.filter((other) => other !== id)));
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <h1>{words.title}</h1>
        <span className={styles.hint}>{runs.length > 1 && words.compareHint}</span>
        <button type="button" onClick={compare} disabled={chosen.length !== 2}>
          {words.compare}
        </button>
        {start}
      </header>
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {data && runs.length === 0 && waiting.length === 0 && (
        <EmptyState title={words.none.title}>{mayStart ? words.none.text : words.noneToStart}</EmptyState>
      )}
      {runs.length + waiting.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{words.columns.choose}</th>
              <th scope="col">{words.columns.run}</th>
              <th scope="col">{words.columns.state}</th>
              <th scope="col">{words.columns.begun}</th>
              <th scope="col">{words.columns.who}</th>
              <th scope="col">{words.columns.learns}</th>
              <th scope="col">{words.columns.main}</th>
            </tr>
          </thead>
          <tbody>
            {waiting.map((job) => (
              <WaitingRow key={job.id} job={job} />
            ))}
            {runs.map((run) => (
              <RunRow key={run.id} run={run} isChosen={chosen.includes(run.id)} onChoose={choose} />
            ))}
          </tbody>
        </table>
      )}
      {starting && <StartForm onClose={() => setStarting(false)} />}
    </div>
  );
};

interface RunRowProps {
  readonly run: RunSummary;
  readonly isChosen: boolean;
  readonly onChoose: (id: string, isChosen: boolean) => void;
}

const RunRow = ({ run, isChosen, onChoose }: RunRowProps) => {
  const words = useWords(runWords);
  const names = useRunNames();
  const { time } = useFormats();
  return (
    <tr data-chosen={isChosen}>
      <td>
        <label className={styles.choice}>
          <input
            type="checkbox"
            checked={isChosen}
            aria-label={words.choose(run.id)}
            onChange={({ target }) => onChoose(run.id, target.checked)}
          />
        </label>
      </td>
      <th scope="row" className={styles.run}>
        <Link to={`/runs/${encodeURIComponent(run.id)}`}>{run.id}</Link>
        <span>{names.system(run.system)}</span>
      </th>
      <td>
        <StateMark state={run.state} progress={run.progress} />
      </td>
      <td>{time(run.createdAt)}</td>
      <td>{run.startedBy ?? words.commandLine}</td>
      <td>{names.target(run.target)}</td>
      <td>
        {run.main && (
          <span className={styles.main}>
            <span>
              {names.figure(run.main.name)} <strong>{names.figureValue(run.main.value)}</strong>
            </span>
            {run.main.interval && <IntervalBar value={run.main.value} interval={run.main.interval} withNumbers />}
          </span>
        )}
      </td>
    </tr>
  );
};

const WaitingRow = ({ job }: { job: Job }) => {
  const names = useRunNames();
  const { time } = useFormats();
  return (
    <tr>
      <td />
      <th scope="row" className={styles.run}>
        {names.system(job.kind)}
      </th>
      <td>
        <StateMark state="waiting" progress={null} />
      </td>
      <td>{time(job.createdAt)}</td>
      <td>{job.startedBy.name}</td>
      <td />
      <td>
        <TakeOut job={job} />
      </td>
    </tr>
  );
};
