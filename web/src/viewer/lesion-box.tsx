/** The lesion's box: moved and resized by the mouse where the box tool is chosen, and by the keyboard always. */

import { type KeyboardEvent, type PointerEvent, useId } from "react";
import type { Box } from "../../../src/contract/pictures.ts";
import { useWords } from "../shell/language.tsx";
import { arrowOf } from "./arrow-keys.ts";
import { type Handle, handles, moveBox, resizeBox } from "./boxes.ts";
import styles from "./overlay.module.css";
import { follow } from "./pointer.ts";
import { type Placement, type Point, placementStyle } from "./view.ts";
import { viewerWords } from "./words.ts";

export interface LesionBoxProps {
  readonly box: Box;
  /** What it is, where it is no lesion's. */
  readonly name?: string;
  readonly placement: Placement;
  readonly picture: { readonly width: number; readonly height: number };
  /** Whether the mouse may move it. */
  readonly isHeld: boolean;
  /** While it is dragged. */
  readonly onDraft: (box: Box) => void;
  /** When it stays: null where it was deleted. */
  readonly onBox: (box: Box | null) => void;
}

export const LesionBox = ({ box, name, placement, picture, isHeld, onDraft, onBox }: LesionBoxProps) => {
  const words = useWords(viewerWords);
  const keys = useId();

  const drag = (event: PointerEvent<HTMLElement>, change: (by: Point) => Box): void => {
    if (event.button !== 0) return;
    event.stopPropagation();
    let moved: Point = { x: 0, y: 0 };
    let latest = box;
    follow(event, {
      onMove: (by) => {
        moved = { x: moved.x + by.x / placement.scaleX, y: moved.y + by.y / placement.scaleY };
        latest = change(moved);
        onDraft(latest);
      },
      onEnd: () => onBox(latest),
    });
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = Math.max(1, Math.round(Math.max(picture.width, picture.height) / 200)) * (event.ctrlKey ? 5 : 1);
    const by = arrowOf(event.key, step);
    if (by) onBox(event.shiftKey ? resizeBox(box, by, { ...picture, handle: lower(by) }) : moveBox(box, by, picture));
    else if (event.key === "Delete" || event.key === "Backspace") onBox(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: no element of HTML is a thing that is moved and resized on a picture
    <div
      className={styles.box}
      data-held={isHeld}
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes the arrow keys
      tabIndex={0}
      aria-label={name ?? words.box.is(box)}
      aria-describedby={keys}
      style={placementStyle(placement, box)}
      onPointerDown={(event) => drag(event, (by) => moveBox(box, by, picture))}
      onKeyDown={onKeyDown}
    >
      <span id={keys} hidden>
        {words.box.keys}
      </span>
      {isHeld &&
        handles.map((handle) => (
          <span
            key={`${handle.x} ${handle.y}`}
            className={styles.handle}
            data-x={handle.x}
            data-y={handle.y}
            onPointerDown={(event) => drag(event, (by) => resizeBox(box, by, { ...picture, handle }))}
          />
        ))}
    </div>
  );
};

/** Shift and an arrow move the right or lower edge. */
const lower = ({ x }: Point): Handle => (x === 0 ? { x: 0, y: 1 } : { x: 1, y: 0 });
