/** How a clustering goes: whether it comes to rest, how large clusters are, and how close radiographs lie to their centres. */

import type { RunDetail } from "../../../../src/contract/runs.ts";
import { LineChart } from "../../parts/line-chart.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { clusterWords } from "./cluster-words.ts";

interface ClusterCurvesProps {
  readonly run: RunDetail;
  readonly last: number;
  readonly xName: string;
}

/** The charts alone; nothing for what clusters nothing. */
export const ClusterCurves = ({ run, last, xName }: ClusterCurvesProps) => {
  const words = useWords(clusterWords);
  const { number } = useFormats();
  const measured = run.epochs.flatMap(({ epoch, measures }) => (measures ? [{ epoch, ...measures }] : []));
  const end = measured.at(-1);
  if (!end) return null;
  const common = { last, xName };
  const whole = (value: number): string => number(value);
  const three = (value: number): string => number(value, 3);
  const lineOf = (name: string, read: (one: (typeof measured)[number]) => number | null) => ({
    name,
    points: measured.flatMap((one) => {
      const y = read(one);
      return y === null ? [] : [{ x: one.epoch, y }];
    }),
  });
  const steadiness = [lineOf(words.nmi, ({ nmi }) => nmi), lineOf(words.ami, ({ ami }) => ami)];
  const sizes = [
    {
      name: words.median,
      points: measured.map(({ epoch, sizes: [, low, median, high] }) => ({
        x: epoch,
        y: median,
        range: [low, high] as const,
      })),
    },
    lineOf(words.largest, ({ sizes: [, , , , largest] }) => largest),
    lineOf(words.smallest, ({ sizes: [smallest] }) => smallest),
    lineOf(words.reseeded, ({ reseeded }) => reseeded),
  ];
  const [smallest, , median, , largest] = end.sizes;
  return (
    <>
      <LineChart
        {...common}
        title={words.steadiness}
        label={words.steadinessChart(end.nmi === null ? "–" : three(end.nmi))}
        lines={steadiness}
        format={three}
        top={1}
      />
      <LineChart
        {...common}
        title={words.sizes}
        label={words.sizesChart(whole(smallest), whole(median), whole(largest))}
        lines={sizes}
        format={whole}
      />
      <LineChart
        {...common}
        title={words.distance}
        label={words.distanceChart(three(end.distance))}
        lines={[lineOf(words.distance, ({ distance }) => distance)]}
        format={three}
      />
    </>
  );
};
