/** How a training goes: loss, share named rightly and learning rate by epoch, as they come in, and the same numbers as a table. */

import { useState } from "react";
import type { RunDetail, RunEpoch } from "../../../../src/contract/runs.ts";
import { type ChartLine, LineChart } from "../../parts/line-chart.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { ClusterCurves } from "./cluster-curves.tsx";
import { clusterWords } from "./cluster-words.ts";
import styles from "./curves.module.css";
import { isUnderWay } from "./run-names.ts";
import { runWords } from "./words.ts";

export const Curves = ({ run }: { run: RunDetail }) => {
  const words = useWords(runWords).curves;
  const clusters = useWords(clusterWords);
  const { number, percent } = useFormats();
  const { epochs } = run;
  const [isTableOpen, setTableOpen] = useState(false); // it may have thousands of rows
  const last = run.progress?.epochs ?? epochs.length;
  if (epochs.length === 0) return <p>{words.none}</p>;
  const hasHeld = epochs.some(({ validation }) => validation !== null);
  const isClustering = epochs.some(({ measures }) => measures !== null);
  const hasRates = epochs.some(({ lr }) => lr !== null);
  const common = { last, xName: words.epoch, breaks: networksOf(epochs, words.networkShort) };
  const label = (title: string, lines: readonly ChartLine[], format: (value: number) => string): string =>
    `${words.chart(title)}: ${lines.map(({ name, points }) => `${name} ${format(points.at(-1)?.y ?? 0)}`).join(", ")}`;
  const losses = linesOf(epochs, words, "loss");
  const accuracies = linesOf(epochs, words, "accuracy");
  const three = (value: number): string => number(value, 2);
  const whole = (value: number): string => percent(value);
  const rate = (value: number): string => (value === 0 ? "0" : value.toExponential(1));
  const rates = [{ name: words.lr, points: epochs.map(({ epoch, lr }) => ({ x: epoch, y: lr ?? 0 })) }];
  return (
    <div className={styles.curves}>
      <Pace run={run} />
      <div className={styles.charts}>
        <ClusterCurves run={run} last={last} xName={words.epoch} />
        <LineChart
          {...common}
          title={words.loss}
          label={label(words.loss, losses, three)}
          lines={losses}
          format={three}
        />
        <LineChart
          {...common}
          title={words.accuracy}
          label={label(words.accuracy, accuracies, whole)}
          lines={accuracies}
          format={whole}
          top={1}
        />
        {hasRates && (
          <LineChart {...common} title={words.lr} label={label(words.lr, rates, rate)} lines={rates} format={rate} />
        )}
      </div>
      {isClustering && <p className={styles.hint}>{clusters.hint}</p>}
      {hasHeld && <p className={styles.hint}>{words.heldHint}</p>}
      <details className={styles.table} onToggle={({ currentTarget }) => setTableOpen(currentTarget.open)}>
        <summary>{words.table}</summary>
        {isTableOpen && <EpochTable epochs={epochs} />}
      </details>
    </div>
  );
};

interface LineWords {
  readonly training: string;
  readonly held: string;
}

/** The line of training, and where there is one that of what is held out. */
export const linesOf = (epochs: readonly RunEpoch[], words: LineWords, what: "loss" | "accuracy"): ChartLine[] => {
  const held = epochs.flatMap(({ epoch, validation }) => (validation ? [{ x: epoch, y: validation[what] }] : []));
  const training = { name: words.training, points: epochs.map((epoch) => ({ x: epoch.epoch, y: epoch[what] })) };
  return held.length > 0 ? [training, { name: words.held, points: held }] : [training];
};

/** Where each network begins; one alone needs no name. */
const networksOf = (epochs: readonly RunEpoch[], name: (network: number) => string) => {
  const firsts = epochs.filter(({ network }, i) => network !== epochs[i - 1]?.network);
  return firsts.length < 2 ? [] : firsts.map(({ epoch, network }) => ({ at: epoch, name: name(network) }));
};

/** How fast it goes and how long it will take, by its last epochs. */
const Pace = ({ run }: { run: RunDetail }) => {
  const words = useWords(runWords).curves;
  const { number } = useFormats();
  const recent = run.epochs.slice(-3).flatMap(({ seconds }) => (seconds === null ? [] : [seconds]));
  const speed = run.epochs.at(-1)?.picturesPerSecond;
  if (recent.length === 0 || speed === null || speed === undefined) return null;
  const seconds = recent.reduce((sum, each) => sum + each, 0) / recent.length;
  const left = (run.progress?.epochs ?? 0) - run.epochs.length;
  return (
    <p className={styles.hint}>
      {words.pace(number(speed), number(seconds, seconds < 10 ? 1 : 0))}
      {isUnderWay(run) && left > 0 && ` · ${words.left(number(Math.ceil((left * seconds) / 60)))}`}
    </p>
  );
};

const EpochTable = ({ epochs }: { epochs: readonly RunEpoch[] }) => {
  const words = useWords(runWords).curves;
  const { number, percent } = useFormats();
  const hasHeld = epochs.some(({ validation }) => validation !== null);
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{words.epoch}</th>
          <th scope="col">{words.network}</th>
          <th scope="col">
            {words.loss}, {words.training}
          </th>
          <th scope="col">
            {words.accuracy}, {words.training}
          </th>
          {hasHeld && (
            <>
              <th scope="col">
                {words.loss}, {words.held}
              </th>
              <th scope="col">
                {words.accuracy}, {words.held}
              </th>
            </>
          )}
          <th scope="col">{words.lr}</th>
          <th scope="col">{words.seconds}</th>
          <th scope="col">{words.perSecond}</th>
        </tr>
      </thead>
      <tbody>
        {epochs.map(({ epoch, network, loss, accuracy, validation, lr, seconds, picturesPerSecond }) => (
          <tr key={epoch}>
            <th scope="row">{epoch}</th>
            <td>{network}</td>
            <td>{number(loss, 3)}</td>
            <td>{percent(accuracy, 1)}</td>
            {hasHeld && (
              <>
                <td>{validation ? number(validation.loss, 3) : ""}</td>
                <td>{validation ? percent(validation.accuracy, 1) : ""}</td>
              </>
            )}
            <td>{lr === null ? "" : lr.toExponential(2)}</td>
            <td>{seconds === null ? "" : number(seconds, 1)}</td>
            <td>{picturesPerSecond === null ? "" : number(picturesPerSecond)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
