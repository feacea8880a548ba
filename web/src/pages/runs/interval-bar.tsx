/** A figure on a line from 0 to 1 with its interval; where it stands without numbers, they stand beside it. */

import { useWords } from "../../shell/language.tsx";
import styles from "./interval-bar.module.css";
import { useRunNames } from "./run-names.ts";
import { runWords } from "./words.ts";

interface IntervalBarProps {
  readonly value: number;
  readonly interval: readonly [number, number];
  readonly withNumbers?: boolean;
  /** The ends of the line; 0 to 1 by default. */
  readonly from?: number;
  readonly to?: number;
}

export const IntervalBar = ({ value, interval, withNumbers = false, from = 0, to = 1 }: IntervalBarProps) => {
  const words = useWords(runWords);
  const { figureValue } = useRunNames();
  const at = (figure: number): string => `${(100 * (Math.min(Math.max(figure, from), to) - from)) / (to - from)}%`;
  const [low, high] = interval;
  return (
    <span className={styles.interval}>
      <span className={styles.line} aria-hidden="true">
        {from < 0 && <span className={styles.zero} style={{ insetInlineStart: at(0) }} />}
        <span className={styles.span} style={{ insetInlineStart: at(low), width: `calc(${at(high)} - ${at(low)})` }} />
        <span className={styles.value} style={{ insetInlineStart: at(value) }} />
      </span>
      {withNumbers && <span className={styles.numbers}>{words.interval(figureValue(low), figureValue(high))}</span>}
    </span>
  );
};
