/** How far a run is: a word, a sign for who does not see the colour, and its epochs while it goes. */

import type { RunState, RunSummary } from "../../../../src/contract/runs.ts";
import { useWords } from "../../shell/language.tsx";
import styles from "./state-mark.module.css";
import { runWords } from "./words.ts";

const signs: Readonly<Record<RunState | "waiting", string>> = {
  waiting: "◌",
  running: "▶",
  finished: "✓",
  failed: "✗",
  stopped: "❚❚",
};

interface StateMarkProps {
  readonly state: RunState | "waiting";
  readonly progress: RunSummary["progress"];
}

export const StateMark = ({ state, progress }: StateMarkProps) => {
  const words = useWords(runWords);
  const isShown = progress !== null && state !== "finished" && progress.epochs > 0;
  return (
    <span className={styles.state} data-state={state}>
      <span className={styles.word}>
        <span aria-hidden="true">{signs[state]}</span> {words.states[state]}
      </span>
      {isShown && (
        <span className={styles.progress}>
          <progress
            aria-label={words.epochsDone(progress.done, progress.epochs)}
            value={progress.done}
            max={progress.epochs}
          />
          <span aria-hidden="true">
            {progress.done}/{progress.epochs}
          </span>
        </span>
      )}
    </span>
  );
};
