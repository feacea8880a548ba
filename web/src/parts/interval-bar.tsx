/** A figure on a line from 0 to 1 with its interval; where it stands without numbers, they stand beside it. */

import { useFormats, useWords, type Words } from "../shell/language.tsx";
import styles from "./interval-bar.module.css";

const words: Words<{ interval: (low: string, high: string) => string }> = {
  en: { interval: (low, high) => `${low} to ${high}` },
  de: { interval: (low, high) => `${low} bis ${high}` },
};

interface IntervalBarProps {
  readonly value: number;
  readonly interval: readonly [number, number];
  readonly withNumbers?: boolean;
  /** The ends of the line; 0 to 1 by default. */
  readonly from?: number;
  readonly to?: number;
}

/** A figure or difference with three digits; what rounds to nothing has no sign. */
export const useFigureValue = (): ((value: number) => string) => {
  const { number } = useFormats();
  return (value) => number(Math.round(value * 1e3) / 1e3 || 0, 3).replace("-", "−");
};

export const IntervalBar = ({ value, interval, withNumbers = false, from = 0, to = 1 }: IntervalBarProps) => {
  const say = useWords(words);
  const figureValue = useFigureValue();
  const at = (figure: number): string => `${(100 * (Math.min(Math.max(figure, from), to) - from)) / (to - from)}%`;
  const [low, high] = interval;
  return (
    <span className={styles.interval}>
      <span className={styles.line} aria-hidden="true">
        {from < 0 && <span className={styles.zero} style={{ insetInlineStart: at(0) }} />}
        <span className={styles.span} style={{ insetInlineStart: at(low), width: `calc(${at(high)} - ${at(low)})` }} />
        <span className={styles.value} style={{ insetInlineStart: at(value) }} />
      </span>
      {withNumbers && <span className={styles.numbers}>{say.interval(figureValue(low), figureValue(high))}</span>}
    </span>
  );
};
