/**
 * Lines over epochs or other steps, told apart by dashes and marks as well as by colour, for grey monitors. Drawn by hand: what
 * libraries draw brings styles along that the content security policy refuses.
 */

import { type PointerEvent, useLayoutEffect, useRef, useState } from "react";
import { linearScale, roundTicks, wholeTicks } from "./chart-scale.ts";
import styles from "./line-chart.module.css";

export interface ChartLine {
  readonly name: string;
  readonly points: readonly ChartPoint[];
}

export interface ChartPoint {
  readonly x: number;
  readonly y: number;
  /** Where it may lie; shaded between points that have one. */
  readonly range?: readonly [number, number] | undefined;
}

interface LineChartProps {
  /** What the vertical axis shows. */
  readonly title: string;
  /** For who does not see it: what it is and how it ends. */
  readonly label: string;
  /** At most four. */
  readonly lines: readonly ChartLine[];
  /** The ends of the horizontal axis, also where no point is yet. It begins at 1 by default. */
  readonly first?: number;
  readonly last: number;
  readonly xName: string;
  readonly format: (value: number) => string;
  /** The top of the vertical axis where it is known, such as 1 for shares. */
  readonly top?: number | undefined;
  /** Where something begins: the next network. */
  readonly breaks?: readonly { readonly at: number; readonly name: string }[];
}

/** In letters of the page, so that on large monitors everything grows together. */
const tall = 17;
const margins = { top: 0.9, right: 1, bottom: 2.4, left: 3.7 };
/** The page's letters at their usual size, in which marks are drawn. */
const usualLetter = 14;
/** Names of more beginnings than this would run into one another. */
const mostNamed = 12;
/** With more points than this along a line, marks would run together. */
const mostMarks = 40;

export const LineChart = (props: LineChartProps) => {
  const { title, label, lines, first = 1, last, xName, format, top, breaks = [] } = props;
  const [frame, { width, letter }] = useFrame();
  const [hovered, setHovered] = useState<number>();
  const values = lines.flatMap(({ points }) => points.map(({ y, range }) => Math.max(y, range?.[1] ?? y)));
  const yTicks = roundTicks(0, top ?? Math.max(...values, 1e-9));
  const right = Math.max(last, first + 1);
  const height = tall * letter;
  const margin = {
    top: margins.top * letter,
    right: margins.right * letter,
    bottom: margins.bottom * letter,
    left: margins.left * letter,
  };
  const scale = letter / usualLetter;
  const x = linearScale([first, right], [margin.left, width - margin.right]);
  const y = linearScale([yTicks[0]!, yTicks.at(-1)!], [height - margin.bottom, margin.top]);
  const nearest = (event: PointerEvent<SVGSVGElement>): void => {
    const { left, width: shown } = event.currentTarget.getBoundingClientRect();
    const at = ((event.clientX - left) / shown) * width;
    const steps = lines.flatMap(({ points }) => points.map((point) => point.x));
    setHovered(steps.toSorted((a, b) => Math.abs(x(a) - at) - Math.abs(x(b) - at))[0]);
  };
  const readings = lines.flatMap(({ name, points }) => {
    const point = points.find((one) => one.x === hovered);
    return point ? [`${name} ${readingOf(point, format)}`] : [];
  });
  return (
    <figure className={styles.chart}>
      <figcaption className={styles.caption}>
        <strong>{title}</strong>
        <span className={styles.legend}>
          {hovered !== undefined && readings.length > 0 ? (
            <span className={styles.reading}>
              {xName} {hovered}: {readings.join(", ")}
            </span>
          ) : (
            lines.map(({ name }, i) => (
              <span key={name} className={styles.key} data-line={i}>
                <svg width="30" height="12" aria-hidden="true">
                  <line className={styles.line} x1="1" x2="29" y1="6" y2="6" />
                  <Mark line={i} x={15} y={6} scale={1} />
                </svg>
                {name}
              </span>
            ))
          )}
        </span>
      </figcaption>
      <div ref={frame}>
        <svg
          viewBox={`0 0 ${width} ${height}`}
          role="img"
          aria-label={label}
          className={styles.drawing}
          onPointerMove={nearest}
          onPointerLeave={() => setHovered(undefined)}
        >
          {yTicks.map((tick) => (
            <g key={tick}>
              <line className={styles.grid} x1={margin.left} x2={width - margin.right} y1={y(tick)} y2={y(tick)} />
              <text className={styles.tick} x={margin.left - 0.4 * letter} y={y(tick)} dy="0.32em" textAnchor="end">
                {format(tick)}
              </text>
            </g>
          ))}
          {wholeTicks(first, right).map((tick) => (
            <text
              key={tick}
              className={styles.tick}
              x={x(tick)}
              y={height - margin.bottom + 1.15 * letter}
              textAnchor="middle"
            >
              {tick}
            </text>
          ))}
          <text className={styles.tick} x={width - margin.right} y={height - 0.3 * letter} textAnchor="end">
            {xName}
          </text>
          {(breaks.length <= mostNamed ? breaks : []).map(({ at, name }) => (
            <g key={at}>
              {at > first && (
                <line
                  className={styles.break}
                  x1={x(at - 0.5)}
                  x2={x(at - 0.5)}
                  y1={margin.top}
                  y2={height - margin.bottom}
                />
              )}
              <text className={styles.tick} x={x(Math.max(at - 0.5, first)) + 0.4 * letter} y={height - 0.3 * letter}>
                {name}
              </text>
            </g>
          ))}
          {hovered !== undefined && (
            <line className={styles.rule} x1={x(hovered)} x2={x(hovered)} y1={margin.top} y2={height - margin.bottom} />
          )}
          {lines.map(({ name, points }, i) => (
            <g key={name} data-line={i} className={styles.series}>
              <path className={styles.range} d={rangeOf(points, { x, y, breaks })} />
              <path className={styles.line} d={pathOf(points, { x, y, breaks })} />
              {marked(points).map((point) => (
                <Mark key={point.x} line={i} x={x(point.x)} y={y(point.y)} scale={scale} />
              ))}
            </g>
          ))}
        </svg>
      </div>
    </figure>
  );
};

interface Scales {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
  readonly breaks: readonly { readonly at: number }[];
}

/** A network's line does not go on into that of the next. */
const pathOf = (points: ChartLine["points"], { x, y, breaks }: Scales): string =>
  points
    .map((point, i) => {
      const begins = i === 0 || breaks.some(({ at }) => at === point.x);
      return `${begins ? "M" : "L"}${x(point.x).toFixed(1)} ${y(point.y).toFixed(1)}`;
    })
    .join("");

/** What is between the ranges of points that have one. */
const rangeOf = (points: ChartLine["points"], { x, y }: Scales): string => {
  const known = points.flatMap((point) => (point.range ? [{ x: x(point.x), range: point.range }] : []));
  if (known.length < 2) return "";
  const there = known.map((point) => `${point.x.toFixed(1)} ${y(point.range[1]).toFixed(1)}`);
  const back = known.toReversed().map((point) => `${point.x.toFixed(1)} ${y(point.range[0]).toFixed(1)}`);
  return `M${[...there, ...back].join("L")}Z`;
};

const readingOf = ({ y, range }: ChartPoint, format: (value: number) => string): string =>
  range ? `${format(y)} (${format(range[0])} – ${format(range[1])})` : format(y);

const marked = (points: ChartLine["points"]): ChartLine["points"] => {
  const every = Math.ceil(points.length / mostMarks);
  return points.filter((_, i) => i % every === 0 || i === points.length - 1);
};

/** A full circle, an open square, a full triangle, an open diamond. */
const Mark = ({ line, x, y, scale }: { line: number; x: number; y: number; scale: number }) => {
  const shapes = ["M-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0", "M-3 -3h6v6h-6z", "M0 -4l4 7h-8z", "M0 -4l4 4l-4 4l-4 -4z"];
  return (
    <path className={styles.mark} transform={`translate(${x} ${y}) scale(${scale})`} d={shapes[line % shapes.length]} />
  );
};

/** The width of what is around the drawing, and the size of the page's letters, in pixels. */
const useFrame = () => {
  const frame = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState({ width: 560, letter: usualLetter });
  useLayoutEffect(() => {
    const observer = new ResizeObserver(([entry]) =>
      setSize({
        width: Math.max(entry!.contentRect.width, 240),
        letter: Number.parseFloat(getComputedStyle(document.documentElement).fontSize),
      }),
    );
    observer.observe(frame.current!);
    return () => observer.disconnect();
  }, []);
  return [frame, size] as const;
};
