/** Dragging: the way of one pointer from where it went down to where it goes up, wherever that is. */

import type { PointerEvent as ReactPointerEvent } from "react";
import type { Point } from "./view.ts";

export interface Drag {
  /** With the way since the last call, in CSS pixels. */
  readonly onMove: (by: Point, event: PointerEvent) => void;
  readonly onEnd?: () => void;
}

/** Follows the pointer that has just gone down. */
export const follow = (down: ReactPointerEvent<Element>, { onMove, onEnd }: Drag): void => {
  const element = down.currentTarget;
  let last: Point = { x: down.clientX, y: down.clientY };
  element.setPointerCapture(down.pointerId);
  const move = (event: Event): void => {
    const { clientX: x, clientY: y } = event as PointerEvent;
    onMove({ x: x - last.x, y: y - last.y }, event as PointerEvent);
    last = { x, y };
  };
  const end = (): void => {
    element.removeEventListener("pointermove", move);
    element.removeEventListener("pointerup", end);
    element.removeEventListener("pointercancel", end);
    onEnd?.();
  };
  element.addEventListener("pointermove", move);
  element.addEventListener("pointerup", end);
  element.addEventListener("pointercancel", end);
};
