/** What pretraining is worth on a task with few radiographs: nothing, photographs and radiographs as starts, and their differences. */

import type { TransferResult, TransferStart } from "../../../../src/contract/transfer.ts";
import { IntervalBar } from "../../parts/interval-bar.tsx";
import { ScrollArea } from "../../parts/scroll-area.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { useRunNames } from "./run-names.ts";
import styles from "./transfer-table.module.css";
import { transferWords } from "./transfer-words.ts";

export const TransferTable = ({ transfer }: { readonly transfer: TransferResult }) => {
  const words = useWords(transferWords);
  const names = useRunNames();
  const { number, percent } = useFormats();
  const { classes, radiographs, patients, folds, seeds, seconds, chance } = transfer;
  return (
    <div className={styles.transfer}>
      <section>
        <h2>{words.title}</h2>
        <p className={styles.hint}>
          {words.task(classes.map(names.label).join(" / "))}{" "}
          {words.design({
            radiographs: number(radiographs),
            patients: number(patients),
            folds: number(folds),
            seeds: number(seeds),
          })}{" "}
          {words.chance(percent(chance, 1))} {words.runtime(number(seconds / 60, 1))}
        </p>
        <Starts transfer={transfer} />
      </section>
      {transfer.differences.length > 0 && <Differences transfer={transfer} />}
    </div>
  );
};

const Starts = ({ transfer: { rows, chance } }: { readonly transfer: TransferResult }) => {
  const words = useWords(transferWords);
  const names = useRunNames();
  const { number } = useFormats();
  return (
    <ScrollArea label={words.title}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.start}</th>
            <th scope="col">{words.accuracy}</th>
            <th scope="col">{words.overSeeds}</th>
            <th scope="col">{words.byPatient}</th>
            <th scope="col">{words.bySeed}</th>
            <th scope="col">{words.minutes}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ start, from, accuracy, interval, byPatient, bySeed, seconds }) => (
            <tr key={start}>
              <th scope="row">
                <strong>{words.starts[start]}</strong>
                {from !== null && <span className={styles.from}>{from}</span>}
              </th>
              <td className={styles.number}>{names.figureValue(accuracy)}</td>
              <td>{interval && <IntervalBar value={accuracy} interval={interval} withNumbers />}</td>
              <td>{byPatient && <IntervalBar value={accuracy} interval={byPatient} withNumbers />}</td>
              <td>
                <SeedDots values={bySeed} chance={chance} />
              </td>
              <td className={styles.number}>{number(seconds / 60, 1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollArea>
  );
};

interface SeedDotsProps {
  readonly values: readonly number[];
  readonly chance: number;
}

/** Each seed's accuracy on a line from 0 to 1, with what is right by chance. */
const SeedDots = ({ values, chance }: SeedDotsProps) => {
  const words = useWords(transferWords);
  const { figureValue } = useRunNames();
  return (
    <svg
      viewBox="0 0 160 18"
      className={styles.dots}
      role="img"
      aria-label={`${words.bySeed}: ${values.map(figureValue).join(", ")}`}
    >
      <line className={styles.axis} x1="5" x2="155" y1="9" y2="9" />
      <line className={styles.chance} x1={5 + 150 * chance} x2={5 + 150 * chance} y1="1" y2="17" />
      {values.map((value, seed) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a seed is its place
        <circle key={seed} className={styles.dot} cx={5 + 150 * value} cy="9" r="3.5" />
      ))}
    </svg>
  );
};

/** The ends of the lines that differences are drawn on: as near as they all fit in. */
const reaches = [0.25, 0.5, 1];

const Differences = ({ transfer: { differences } }: { readonly transfer: TransferResult }) => {
  const words = useWords(transferWords);
  const names = useRunNames();
  const signed = (value: number): string => `${value >= 0.0005 ? "+" : ""}${names.figureValue(value)}`;
  const nameOf = (start: TransferStart): string => words.starts[start];
  const ends = differences.flatMap(({ interval, byPatient }) => [...(interval ?? []), ...(byPatient ?? [])]);
  const reach = reaches.find((one) => ends.every((end) => Math.abs(end) <= one)) ?? 1;
  return (
    <section>
      <h2>{words.differences}</h2>
      <p className={styles.hint}>{words.differencesNote}</p>
      <ScrollArea label={words.differences}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.compared}</th>
              <th scope="col">{words.difference}</th>
              <th scope="col">{words.overSeeds}</th>
              <th scope="col">{words.byPatient}</th>
              <th scope="col">{words.verdict}</th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ first, second, difference, interval, byPatient, differs }) => (
              <tr key={`${first} ${second}`} data-differs={differs}>
                <th scope="row">{words.against(nameOf(second), nameOf(first))}</th>
                <td className={styles.number}>{signed(difference)}</td>
                {[interval, byPatient].map((range, i) => (
                  <td key={i === 0 ? "seeds" : "patients"}>
                    {range && <IntervalBar value={difference} interval={range} from={-reach} to={reach} withNumbers />}
                  </td>
                ))}
                <td>{differs ? words.better(nameOf(difference > 0 ? second : first)) : words.notShown}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </ScrollArea>
    </section>
  );
};
