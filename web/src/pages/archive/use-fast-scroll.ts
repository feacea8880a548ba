/** Whether rows fly by too fast to be looked at, as when the scroll bar is dragged: nothing is fetched for those. */

import { useEffect, useRef, useState } from "react";

/** How long the list must stand still, or nearly, before it counts as looked at. */
const restMs = 100;

/**
 * @param firstRow the first row in sight
 * @param rows how many are in sight
 */
export const useFastScroll = (firstRow: number, rows: number): boolean => {
  const last = useRef(firstRow);
  const [isFast, setIsFast] = useState(false);
  const moved = Math.abs(firstRow - last.current);
  const isJump = moved > Math.max(2, rows / 2);
  useEffect(() => {
    last.current = firstRow;
    if (isJump) setIsFast(true);
    const timer = setTimeout(() => setIsFast(false), restMs);
    return () => clearTimeout(timer);
  }, [firstRow, isJump]);
  return isFast || isJump;
};
