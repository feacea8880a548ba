/**
 * The radiographs as a grid of thumbnails, of which those in sight alone are there. The grid keeps the focus, and says which
 * cell is meant (`aria-activedescendant`): so nothing is lost when the cell scrolls out of sight.
 */

import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type RefObject, useEffect, useEffectEvent, useRef, useState } from "react";
import type { ImageSummary } from "../../../../src/contract/images.ts";
import { useWords } from "../../shell/language.tsx";
import styles from "./image-grid.module.css";
import { ImageTile } from "./image-tile.tsx";
import type { Selection } from "./selection.ts";
import { layOutTiles, type TileSize } from "./tile-size.ts";
import { useCaption } from "./use-caption.ts";
import { useFastScroll } from "./use-fast-scroll.ts";
import { useWidth } from "./use-width.ts";
import { archiveWords } from "./words.ts";

interface ImageGridProps {
  readonly total: number;
  readonly at: (index: number) => ImageSummary | undefined;
  /** Told which images are in sight, not while they fly by. */
  readonly onRange: (first: number, last: number) => void;
  readonly size: TileSize;
  /** The place that the keyboard is at. */
  readonly active: number;
  readonly onActive: (index: number) => void;
  /** The image whose panel is open. */
  readonly open: string | null;
  readonly onOpen: (id: string) => void;
  readonly selection: Selection;
  /** The list, so that another one begins at its top. */
  readonly listKey: string;
  readonly grid: RefObject<HTMLDivElement | null>;
}

/** Rows above and below those in sight. */
const overscan = 2;

export const ImageGrid = (props: ImageGridProps) => {
  const { total, at, onRange, size, active, onActive, open, onOpen, selection, listKey, grid } = props;
  const words = useWords(archiveWords);
  const captionOf = useCaption();
  const width = useWidth(grid);
  const { columns, rowHeight, thumbnail } = layOutTiles(width, size);
  const rows = useVirtualizer({
    count: width === 0 ? 0 : Math.ceil(total / columns),
    getScrollElement: () => grid.current,
    estimateSize: () => rowHeight,
    overscan,
  });
  const visible = rows.getVirtualItems();
  const firstRow = visible[0]?.index ?? 0;
  const lastRow = visible.at(-1)?.index ?? 0;
  const isFast = useFastScroll(firstRow, visible.length - 2 * overscan);

  const remeasure = useEffectEvent(() => {
    const place = Math.floor((rows.scrollOffset ?? 0) / Math.max(1, rowHeights.current)) * rowColumns.current;
    rowHeights.current = rowHeight;
    rowColumns.current = columns;
    rows.measure();
    if (width > 0 && place > 0) rows.scrollToIndex(Math.floor(place / columns), { align: "start" });
  });
  const rowHeights = useRef(rowHeight);
  const rowColumns = useRef(columns);
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows change their height with the layout alone
  useEffect(() => remeasure(), [rowHeight, columns]);

  const tellRange = useEffectEvent(() => {
    if (!isFast) onRange(firstRow * columns, Math.min(total, (lastRow + 1) * columns) - 1);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the range follows from these
  useEffect(() => tellRange(), [isFast, firstRow, lastRow, columns, total]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins at its top
  useEffect(() => {
    grid.current?.scrollTo(0, 0);
  }, [listKey]);

  const goTo = (index: number): void => {
    const next = Math.max(0, Math.min(total - 1, index));
    onActive(next);
    rows.scrollToIndex(Math.floor(next / columns));
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget || event.altKey || event.ctrlKey || event.metaKey) return;
    const screen = Math.max(1, Math.floor((grid.current?.clientHeight ?? 0) / rowHeight)) * columns;
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: active - 1,
      ArrowRight: active + 1,
      ArrowUp: active - columns < 0 ? active : active - columns,
      ArrowDown: active + columns > total - 1 ? active : active + columns,
      PageUp: active - screen,
      PageDown: active + screen,
      Home: 0,
      End: total - 1,
    };
    const image = at(active);
    const next = steps[event.key];
    if (next !== undefined) {
      if (event.shiftKey && image) selection.add(image.id);
      goTo(next);
      const reached = at(Math.max(0, Math.min(total - 1, next)));
      if (event.shiftKey && reached) selection.add(reached.id);
      else if (open !== null && reached) onOpen(reached.id); // the panel follows
    } else if (event.key === "Enter" && image) onOpen(image.id);
    else if (event.key === " " && image) selection.toggle(image.id);
    else return;
    event.preventDefault();
  };

  const onPick = useStablePick((index, id, { shiftKey, ctrlKey, metaKey }) => {
    if (shiftKey) {
      const [from, to] = [Math.min(active, index), Math.max(active, index)];
      for (let i = from; i <= to; i++) {
        const between = at(i);
        if (between) selection.add(between.id);
      }
    } else if (ctrlKey || metaKey) selection.toggle(id);
    else onOpen(id);
    onActive(index);
  });

  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cannot be laid out by rows that come and go
    <div
      ref={grid}
      role="grid"
      tabIndex={0}
      aria-label={words.grid}
      aria-rowcount={Math.ceil(total / columns)}
      aria-colcount={columns}
      aria-multiselectable="true"
      aria-activedescendant={at(active) && isWithin(active, firstRow, lastRow, columns) ? cellId(active) : undefined}
      className={styles.grid}
      onKeyDown={onKeyDown}
    >
      <div className={styles.all} role="presentation" style={{ height: rows.getTotalSize() }}>
        {visible.map(({ index: row, start }) => (
          // biome-ignore lint/a11y/useSemanticElements: as above
          // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
          <div
            key={row}
            role="row"
            aria-rowindex={row + 1}
            className={styles.row}
            style={{
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
              height: rowHeight,
              transform: `translateY(${start}px)`,
            }}
          >
            {Array.from({ length: Math.min(columns, total - row * columns) }, (_, column) => {
              const index = row * columns + column;
              const image = at(index);
              return (
                <ImageTile
                  key={index}
                  id={cellId(index)}
                  index={index}
                  column={column}
                  image={image}
                  thumbnail={thumbnail}
                  isSmall={size === "small"}
                  captionOf={captionOf}
                  isActive={index === active}
                  isOpen={image !== undefined && image.id === open}
                  isSelected={image !== undefined && selection.ids.has(image.id)}
                  isFlying={isFast}
                  onPick={onPick}
                  onToggle={selection.toggle}
                />
              );
            })}
          </div>
        ))}
      </div>
    </div>
  );
};

const cellId = (index: number): string => `image-${index}`;

const isWithin = (index: number, firstRow: number, lastRow: number, columns: number): boolean =>
  index >= firstRow * columns && index < (lastRow + 1) * columns;

type Pick = (index: number, id: string, event: { shiftKey: boolean; ctrlKey: boolean; metaKey: boolean }) => void;

/** The same function in every drawing, so that tiles which stay the same are not drawn again. */
const useStablePick = (pick: Pick): Pick => {
  const newest = useRef(pick);
  useEffect(() => {
    newest.current = pick;
  });
  const [stable] = useState(
    () =>
      (...args: Parameters<Pick>) =>
        newest.current(...args),
  );
  return stable;
};
