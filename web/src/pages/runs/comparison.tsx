/** Two runs side by side: curves over one another, figures with what may be said of their difference, settings that differ. */

import { Link, useNavigate, useParams } from "react-router";
import type { RunComparison, RunDetail } from "../../../../src/contract/runs.ts";
import { IntervalBar } from "../../parts/interval-bar.tsx";
import { LineChart } from "../../parts/line-chart.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { ScrollArea } from "../../parts/scroll-area.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { useShortcuts } from "../../shell/shortcuts.tsx";
import styles from "./comparison.module.css";
import { linesOf } from "./curves.tsx";
import { useComparison } from "./queries.ts";
import { useRunNames } from "./run-names.ts";
import pageStyles from "./run-page.module.css";
import { StateMark } from "./state-mark.tsx";
import { runWords } from "./words.ts";

export const Comparison = () => {
  const { first = "", second = "" } = useParams();
  const words = useWords(runWords);
  const navigate = useNavigate();
  const { data, error, refetch } = useComparison(first, second);
  useShortcuts(words.title, [{ keys: "b", does: words.keys.back, run: () => navigate("/runs") }]);
  return (
    <div className={pageStyles.page}>
      <Link to="/runs" className={pageStyles.back}>
        ‹ {words.back}
      </Link>
      <header className={pageStyles.head}>
        <h1>{words.comparison.title}</h1>
        <Link to={`/runs/compare/${encodeURIComponent(second)}/${encodeURIComponent(first)}`} className={styles.swap}>
          ⇄ {words.comparison.swap}
        </Link>
      </header>
      {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <p>{words.loading}</p>}
      {data && <Compared comparison={data} />}
    </div>
  );
};

const Compared = ({ comparison }: { comparison: RunComparison }) => {
  const { first, second, differences } = comparison;
  const words = useWords(runWords).comparison;
  const haveFigures = first.figures.length > 0 && second.figures.length > 0;
  return (
    <div className={styles.compared}>
      <div className={styles.runs}>
        {[first, second].map((run, i) => (
          <RunCard key={run.id} run={run} letter={i === 0 ? "A" : "B"} />
        ))}
      </div>
      <p className={styles.basis}>
        {!haveFigures ? words.sameTestNoData : differences ? words.sameTest : words.otherTest}
      </p>
      <FigureComparison comparison={comparison} />
      <CurveComparison first={first} second={second} />
      <SettingDifferences first={first} second={second} />
    </div>
  );
};

const RunCard = ({ run, letter }: { run: RunDetail; letter: string }) => {
  const words = useWords(runWords);
  const names = useRunNames();
  const { time, number } = useFormats();
  const { data } = run;
  return (
    <section className={styles.card}>
      <h2>
        {letter}: <Link to={`/runs/${encodeURIComponent(run.id)}`}>{run.id}</Link>
      </h2>
      <p>
        <StateMark state={run.state} progress={run.progress} /> {names.system(run.system)}, {names.target(run.target)},{" "}
        {time(run.createdAt)}
      </p>
      {data.radiographs !== null && (
        <p>{words.settings.learned(number(data.radiographs), data.patients === null ? "?" : number(data.patients))}</p>
      )}
      {data.testRadiographs !== null && data.testPatients !== null && (
        <p>{words.settings.tested(number(data.testRadiographs), number(data.testPatients))}</p>
      )}
    </section>
  );
};

const FigureComparison = ({ comparison: { first, second, differences } }: { comparison: RunComparison }) => {
  const words = useWords(runWords).comparison;
  const names = useRunNames();
  const rows = first.figures.flatMap((figure) => {
    const other = second.figures.find(({ name }) => name === figure.name);
    return other ? [{ figure, other, difference: differences?.find(({ name }) => name === figure.name) }] : [];
  });
  if (rows.length === 0) return null;
  const signed = (value: number): string => `${value >= 0.0005 ? "+" : ""}${names.figureValue(value)}`;
  return (
    <section className={styles.part}>
      <h2>{words.all}</h2>
      {differences && <p className={styles.hint}>{words.multiple(rows.length)}</p>}
      <ScrollArea label={words.all}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.figure}</th>
              <th scope="col">A: {first.id}</th>
              <th scope="col">B: {second.id}</th>
              {differences && (
                <>
                  <th scope="col">{words.difference} (B − A)</th>
                  <th scope="col">{words.verdict}</th>
                </>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ figure, other, difference }) => (
              <tr key={figure.name} data-differs={difference?.differs ?? false}>
                <th scope="row">{names.figure(figure.name)}</th>
                {[figure, other].map(({ value, interval }, i) => (
                  <td key={i === 0 ? "A" : "B"}>
                    <span className={styles.value}>
                      <span className={styles.number}>{names.figureValue(value)}</span>
                      {interval && <IntervalBar value={value} interval={interval} withNumbers />}
                    </span>
                  </td>
                ))}
                {difference && (
                  <>
                    <td className={styles.difference}>
                      <span className={styles.value}>
                        <span className={styles.number}>{signed(difference.difference)}</span>
                        <IntervalBar
                          value={difference.difference}
                          interval={difference.interval}
                          from={-1}
                          to={1}
                          withNumbers
                        />
                      </span>
                    </td>
                    <td className={styles.verdict}>
                      {difference.differs ? words.differs(difference.difference > 0 ? "B" : "A") : words.notShown}
                    </td>
                  </>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
    </section>
  );
};

const CurveComparison = ({ first, second }: { first: RunDetail; second: RunDetail }) => {
  const words = useWords(runWords);
  const { number, percent } = useFormats();
  if (first.epochs.length === 0 || second.epochs.length === 0) return null;
  const lines = (what: "loss" | "accuracy") =>
    [first, second].flatMap(({ epochs }, i) =>
      linesOf(epochs, words.curves, what).map(({ name, points }) => ({
        name: `${i === 0 ? "A" : "B"} ${name}`,
        points,
      })),
    );
  const last = Math.max(...[first, second].map(({ epochs, progress }) => progress?.epochs ?? epochs.length));
  const common = { last, xName: words.curves.epoch };
  const three = (value: number): string => number(value, 2);
  const whole = (value: number): string => percent(value);
  return (
    <section className={styles.part}>
      <h2>{words.parts.curves}</h2>
      <p className={styles.hint}>{words.comparison.curvesHint}</p>
      <div className={styles.charts}>
        <LineChart
          {...common}
          title={words.curves.loss}
          label={words.curves.chart(words.curves.loss)}
          lines={lines("loss")}
          format={three}
        />
        <LineChart
          {...common}
          title={words.curves.accuracy}
          label={words.curves.chart(words.curves.accuracy)}
          lines={lines("accuracy")}
          format={whole}
          top={1}
        />
      </div>
    </section>
  );
};

const SettingDifferences = ({ first, second }: { first: RunDetail; second: RunDetail }) => {
  const words = useWords(runWords);
  const valueIn = (run: RunDetail, name: string): string =>
    run.settings.find((setting) => setting.name === name)?.value ?? "–";
  const names = [...new Set([...first.settings, ...second.settings].map(({ name }) => name))];
  const differing = names.filter((name) => valueIn(first, name) !== valueIn(second, name));
  return (
    <section className={styles.part}>
      <h2>{words.comparison.settings}</h2>
      {differing.length === 0 ? (
        <p className={styles.hint}>{words.comparison.sameSettings}</p>
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{words.settings.name}</th>
              <th scope="col">A</th>
              <th scope="col">B</th>
            </tr>
          </thead>
          <tbody>
            {differing.map((name) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{valueIn(first, name)}</td>
                <td>{valueIn(second, name)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
};
