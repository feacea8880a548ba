/** One run: its state and what it does now, then its curves, figures, radiographs and settings in parts. */

import { useState } from "react";
import { Link, useNavigate, useParams } from "react-router";
import type { RunDetail } from "../../../../src/contract/runs.ts";
import { IntervalBar } from "../../parts/interval-bar.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { Tabs } from "../../parts/tabs.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { useMay } from "../../shell/session.tsx";
import { useShortcuts } from "../../shell/shortcuts.tsx";
import { Curves } from "./curves.tsx";
import { Figures } from "./figures.tsx";
import { Gallery } from "./gallery.tsx";
import { exportAddress, type OutcomeChoice, reportAddress, useRun } from "./queries.ts";
import { useRunNames } from "./run-names.ts";
import styles from "./run-page.module.css";
import { RunSettings } from "./run-settings.tsx";
import { StateMark } from "./state-mark.tsx";
import { StopAndResume } from "./stop-and-resume.tsx";
import { runWords } from "./words.ts";

const parts = ["curves", "figures", "radiographs", "settings"] as const;
type Part = (typeof parts)[number];

export const RunPage = () => {
  const { id = "" } = useParams();
  const words = useWords(runWords);
  const navigate = useNavigate();
  const { data: run, error, refetch } = useRun(id);
  useShortcuts(words.title, [{ keys: "b", does: words.keys.back, run: () => navigate("/runs") }]);
  return (
    <div className={styles.page}>
      <Link to="/runs" className={styles.back}>
        ‹ {words.back}
      </Link>
      {run ? <Run key={run.id} run={run} /> : <h1>{id}</h1>}
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
    </div>
  );
};

const Run = ({ run }: { run: RunDetail }) => {
  const words = useWords(runWords);
  const [shown, setShown] = useState<Part>(run.figures.length > 0 || run.transfer ? "figures" : "curves");
  const [choice, setChoice] = useState<OutcomeChoice>({});
  useShortcuts(
    run.id,
    parts.map((part, i) => ({
      keys: String(i + 1),
      does: words.keys.part(words.parts[part]),
      run: () => setShown(part),
    })),
  );
  const showOutcomes = (next: OutcomeChoice): void => {
    setChoice(next);
    setShown("radiographs");
  };
  return (
    <>
      <RunHead run={run} />
      <Tabs
        label={run.id}
        tabs={parts.map((name) => ({ name, title: words.parts[name] }))}
        shown={shown}
        onShow={setShown}
      >
        <div className={styles.part}>
          {shown === "curves" && <Curves run={run} />}
          {shown === "figures" && <Figures run={run} onShowOutcomes={run.hasOutcomes ? showOutcomes : undefined} />}
          {shown === "radiographs" && <Gallery run={run} choice={choice} onChoose={setChoice} />}
          {shown === "settings" && <RunSettings run={run} />}
        </div>
      </Tabs>
    </>
  );
};

const RunHead = ({ run }: { run: RunDetail }) => {
  const words = useWords(runWords);
  const names = useRunNames();
  const { time } = useFormats();
  const mayExport = useMay("researcher");
  return (
    <header className={styles.head}>
      <h1>{run.id}</h1>
      <StateMark state={run.state} progress={run.progress} />
      <span className={styles.facts}>
        {[names.system(run.system), names.target(run.target), time(run.createdAt), run.startedBy ?? words.commandLine]
          .filter((fact) => fact !== "")
          .join(" · ")}
      </span>
      {run.main && (
        <span className={styles.main}>
          {names.figure(run.main.name)} <strong>{names.figureValue(run.main.value)}</strong>
          {run.main.interval && <IntervalBar value={run.main.value} interval={run.main.interval} withNumbers />}
        </span>
      )}
      <span className={styles.actions}>
        <StopAndResume run={run} />
        {mayExport && run.hasReport && (
          <a href={reportAddress(run.id)} target="_blank" rel="noreferrer" className={styles.export}>
            {words.report}
          </a>
        )}
        {mayExport && run.state === "finished" && (
          <>
            <span className={styles.facts}>{words.export}</span>
            {(["csv", "json"] as const).map((format) => (
              <a key={format} href={exportAddress(run.id, format)} download className={styles.export}>
                {format.toUpperCase()}
              </a>
            ))}
          </>
        )}
      </span>
      {run.state === "failed" && (
        <p role="alert" className={styles.problem}>
          {words.failed} {run.problem && <span lang="en">{run.problem.detail}</span>}
        </p>
      )}
    </header>
  );
};
