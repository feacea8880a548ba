/** How accuracy grows with labelled clusters, and what more of them would be worth: so that a reader knows when to stop. */

import type { LearningCurve as Curve } from "../../../../../src/contract/atlas-guide.ts";
import { LineChart } from "../../../parts/line-chart.tsx";
import { useFormats, useWords } from "../../../shell/language.tsx";
import styles from "./learning-curve.module.css";
import { modelWords } from "./words.ts";

/** A gain below this, in shares of radiographs, is hardly worth an afternoon. */
const smallGain = 0.002;

export const LearningCurve = ({ curve }: { readonly curve: Curve }) => {
  const words = useWords(modelWords);
  const { number, percent } = useFormats();
  const { points, more } = curve;
  const now = points.at(-1);
  if (!now) return <p className={styles.note}>{words.tooFew}</p>;
  const share = (value: number): string => percent(value, 1);
  const measured = points.map(({ clusters, accuracy, interval }) => ({ x: clusters, y: accuracy, range: interval }));
  const expected = more.map(({ clusters, accuracy, interval }) => ({
    x: now.clusters + clusters,
    y: accuracy,
    range: interval,
  }));
  const lines = [
    { name: words.measured, points: measured },
    ...(expected.length > 0
      ? [{ name: words.expected, points: [{ x: now.clusters, y: now.accuracy }, ...expected] }]
      : []),
  ];
  return (
    <div className={styles.curve}>
      <LineChart
        title={words.accuracy}
        label={words.curve(share(now.accuracy), number(now.clusters))}
        lines={lines}
        first={0}
        last={expected.at(-1)?.x ?? now.clusters}
        xName={words.clusters}
        format={share}
        top={1}
      />
      <Verdict more={more} />
      {more.length > 0 && <Gains more={more} />}
    </div>
  );
};

/** How many further clusters the verdict is about: about an hour's work. */
const askedAbout = 50;

/** In one sentence. */
const Verdict = ({ more }: Pick<Curve, "more">) => {
  const words = useWords(modelWords);
  const { number } = useFormats();
  const next = more.findLast(({ clusters }) => clusters <= askedAbout) ?? more[0];
  if (!next) return null;
  const clusters = number(next.clusters);
  const inPoints = (value: number): string => number(100 * value, 1);
  const [low, high] = next.gainInterval;
  const isWorth = next.gain >= smallGain && low > 0;
  return (
    <p className={styles.verdict} data-worth={isWorth}>
      {isWorth
        ? words.stillWorth(clusters, inPoints(next.gain), inPoints(low), inPoints(high))
        : words.hardlyWorth(clusters, inPoints(Math.max(next.gain, 0)))}
    </p>
  );
};

const Gains = ({ more }: Pick<Curve, "more">) => {
  const words = useWords(modelWords);
  const { number, percent } = useFormats();
  const inPoints = (value: number): string => `${value >= 0 ? "+" : "−"}${number(100 * Math.abs(value), 1)}`;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{words.clusterCount}</th>
          <th scope="col">{words.gain}</th>
          <th scope="col">{words.interval}</th>
          <th scope="col">{words.reached}</th>
        </tr>
      </thead>
      <tbody>
        {more.map(({ clusters, accuracy, gain, gainInterval: [low, high] }) => (
          <tr key={clusters}>
            <th scope="row">{words.more(number(clusters))}</th>
            <td>{words.points(inPoints(gain))}</td>
            <td>
              {inPoints(low)} – {inPoints(high)}
            </td>
            <td>{percent(accuracy, 1)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
};
