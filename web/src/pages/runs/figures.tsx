/** What an evaluation measured: who was taken for what, each label's figures, every figure with its interval. */

import type { RunDetail, RunLabel } from "../../../../src/contract/runs.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { IntervalBar } from "../../parts/interval-bar.tsx";
import { ScrollArea } from "../../parts/scroll-area.tsx";
import { useWords } from "../../shell/language.tsx";
import { ClusterChoice } from "./cluster-choice.tsx";
import { ConfusionTable } from "./confusion-table.tsx";
import styles from "./figures.module.css";
import type { OutcomeChoice } from "./queries.ts";
import { useRunNames } from "./run-names.ts";
import { TransferTable } from "./transfer-table.tsx";
import { runWords } from "./words.ts";

interface FiguresProps {
  readonly run: RunDetail;
  /** Shows radiographs; missing where the run keeps none. */
  readonly onShowOutcomes: ((choice: OutcomeChoice) => void) | undefined;
}

export const Figures = ({ run, onShowOutcomes }: FiguresProps) => {
  const words = useWords(runWords);
  if (run.figures.length === 0 && !run.transfer)
    return <EmptyState title={words.noFigures.title}>{words.noFigures.text}</EmptyState>;
  return (
    <div className={styles.figures}>
      {run.clusterChoice && <ClusterChoice candidates={run.clusterChoice} />}
      {run.transfer && <TransferTable transfer={run.transfer} />}
      {run.confusion && <ConfusionTable confusion={run.confusion} vote={run.vote} onShow={onShowOutcomes} />}
      {run.figures.length > 0 && !run.transfer && <FigureTable run={run} />}
      {run.labels.length > 0 && <LabelTable labels={run.labels} />}
    </div>
  );
};

const LabelTable = ({ labels }: { labels: readonly RunLabel[] }) => {
  const words = useWords(runWords).labels;
  const names = useRunNames();
  return (
    <section className={styles.part}>
      <h2>{words.title}</h2>
      <ScrollArea label={words.title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.label}</th>
              <th scope="col">{words.support}</th>
              <th scope="col">{words.precision}</th>
              <th scope="col">{words.recall}</th>
              <th scope="col">{words.f1}</th>
            </tr>
          </thead>
          <tbody>
            {labels.map(({ label, support, intervals, ...scores }) => (
              <tr key={label}>
                <th scope="row">{names.label(label)}</th>
                <td className={styles.number}>{support}</td>
                {(["precision", "recall", "f1"] as const).map((score) => (
                  <td key={score}>
                    <Score value={scores[score]} interval={intervals[score]} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
    </section>
  );
};

interface ScoreProps {
  readonly value: number | null;
  readonly interval: readonly [number, number] | null;
}

const Score = ({ value, interval }: ScoreProps) => {
  const words = useWords(runWords).labels;
  const { figureValue } = useRunNames();
  if (value === null) return <span className={styles.hint}>{words.nothingToCount}</span>;
  return (
    <span className={styles.score}>
      <span className={styles.number}>{figureValue(value)}</span>
      {interval ? (
        <IntervalBar value={value} interval={interval} withNumbers />
      ) : (
        <span className={styles.hint}>{words.noInterval}</span>
      )}
    </span>
  );
};

const FigureTable = ({ run }: { run: RunDetail }) => {
  const words = useWords(runWords).figureTable;
  const names = useRunNames();
  const isOfPatients = run.figures.some(({ interval }) => interval !== null);
  return (
    <section className={styles.part}>
      <h2>{words.title}</h2>
      {isOfPatients && <p className={styles.hint}>{words.explanation}</p>}
      <table>
        <thead>
          <tr>
            <th scope="col">{words.name}</th>
            <th scope="col">{words.value}</th>
            {isOfPatients && <th scope="col">{words.interval}</th>}
          </tr>
        </thead>
        <tbody>
          {run.figures.map(({ name, value, interval }) => (
            <tr key={name}>
              <th scope="row">{names.figure(name)}</th>
              <td className={styles.number}>{names.figureValue(value)}</td>
              {isOfPatients && <td>{interval && <IntervalBar value={value} interval={interval} withNumbers />}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};
