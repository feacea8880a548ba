/** Distances on a radiograph: two ends, moved by the mouse or by the arrow keys, and the length between them. */

import type { KeyboardEvent, PointerEvent } from "react";
import type { Picture } from "../../../src/contract/pictures.ts";
import { useFormats, useWords } from "../shell/language.tsx";
import { arrowOf } from "./arrow-keys.ts";
import styles from "./overlay.module.css";
import { follow } from "./pointer.ts";
import type { Placement, Point } from "./view.ts";
import { viewerWords } from "./words.ts";

export interface Measurement {
  readonly key: number;
  readonly ends: readonly [Point, Point];
}

/** In millimetres where the file says how large a pixel is, else in pixels. */
export const lengthOf = ([a, b]: Measurement["ends"], { pixelSpacingMm }: Picture): number => {
  const [row, column] = pixelSpacingMm ?? [1, 1];
  return Math.hypot((a.x - b.x) * column, (a.y - b.y) * row);
};

export interface RulerProps {
  readonly measurement: Measurement;
  readonly placement: Placement;
  readonly picture: Picture;
  /** Null where it was deleted. */
  readonly onChange: (ends: Measurement["ends"] | null) => void;
}

export const Ruler = ({ measurement, placement, picture, onChange }: RulerProps) => {
  const words = useWords(viewerWords).ruler;
  const { number } = useFormats();
  const { ends } = measurement;
  const length = lengthOf(ends, picture);
  const text = picture.pixelSpacingMm ? `${number(length, 1)} mm` : `${number(length)} ${words.pixels}`;
  const [from, to] = ends.map(({ x, y }) => ({
    x: placement.left + x * placement.scaleX,
    y: placement.top + y * placement.scaleY,
  })) as [Point, Point];

  const moved = (end: 0 | 1, by: Point): Measurement["ends"] => {
    const next = { x: ends[end].x + by.x, y: ends[end].y + by.y };
    return end === 0 ? [next, ends[1]] : [ends[0], next];
  };
  const drag = (end: 0 | 1, event: PointerEvent<HTMLElement>): void => {
    event.stopPropagation();
    let way: Point = { x: 0, y: 0 };
    follow(event, {
      onMove: (by) => {
        way = { x: way.x + by.x / placement.scaleX, y: way.y + by.y / placement.scaleY };
        onChange(moved(end, way));
      },
    });
  };
  const onKeyDown = (end: 0 | 1, event: KeyboardEvent): void => {
    const by = arrowOf(event.key, event.shiftKey ? 10 : 1);
    if (by) onChange(moved(end, by));
    else if (event.key === "Delete" || event.key === "Backspace") onChange(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <>
      <svg className={styles.lines} aria-hidden="true">
        <line className={styles.halo} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
        <line className={styles.ruler} x1={from.x} y1={from.y} x2={to.x} y2={to.y} />
      </svg>
      {([0, 1] as const).map((end) => (
        <button
          key={end}
          type="button"
          className={styles.end}
          aria-label={words.end(end + 1, text)}
          style={{ left: end === 0 ? from.x : to.x, top: end === 0 ? from.y : to.y }}
          onPointerDown={(event) => drag(end, event)}
          onKeyDown={(event) => onKeyDown(end, event)}
        />
      ))}
      <span
        className={styles.length}
        title={picture.pixelSpacingMm ? words.millimetres : words.noSpacing}
        style={{ left: Math.max(from.x, to.x), top: from.x > to.x ? from.y : to.y }}
      >
        {text}
      </span>
    </>
  );
};
