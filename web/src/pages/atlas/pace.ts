/** How long the rest will take, by how fast the last clusters went. */

import { useRef } from "react";

/** Longer pauses are no reading: the reader was away. */
const longestMs = 60_000;
const counted = 30;

/** Tells when an action was done, and how many minutes a number of them will take; undefined while nobody can tell. */
export const usePace = (): { note: () => void; minutesFor: (actions: number) => number | undefined } => {
  const last = useRef<number>(undefined);
  const pauses = useRef<number[]>([]);
  return {
    note: () => {
      const now = performance.now();
      const pause = last.current === undefined ? Number.POSITIVE_INFINITY : now - last.current;
      if (pause <= longestMs) pauses.current = [...pauses.current, pause].slice(-counted);
      last.current = now;
    },
    minutesFor: (actions) => {
      if (pauses.current.length < 5) return undefined;
      const mean = pauses.current.reduce((sum, pause) => sum + pause, 0) / pauses.current.length;
      return (actions * mean) / 60_000;
    },
  };
};
