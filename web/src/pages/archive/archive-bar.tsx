/** Above the grid: the search, how the list is shown, what can be done with it. */

import { type RefObject, useEffect, useEffectEvent, useState } from "react";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useWords } from "../../shell/language.tsx";
import { useMay } from "../../shell/session.tsx";
import styles from "./archive-bar.module.css";
import { type ArchiveFilter, type ArchiveOrder, archiveOrders } from "./archive-names.ts";
import { exportImages } from "./export-images.ts";
import { type TileSize, tileSizes } from "./tile-size.ts";
import type { ArchiveView } from "./use-archive-view.ts";
import { archiveWords } from "./words.ts";

interface ArchiveBarProps {
  readonly view: ArchiveView;
  readonly onView: (change: Partial<ArchiveView>) => void;
  readonly size: TileSize;
  readonly onSize: (size: TileSize) => void;
  readonly onImport: () => void;
  readonly search: RefObject<HTMLInputElement | null>;
}

export const ArchiveBar = ({ view, onView, size, onSize, onImport, search }: ArchiveBarProps) => {
  const words = useWords(archiveWords);
  const mayImport = useMay("researcher");
  const { filter, order, show } = view;
  return (
    <div className={styles.bar}>
      <h1>{words.title}</h1>
      <Search filter={filter} onFilter={(next) => onView({ filter: next })} field={search} />
      <label>
        {words.show}
        <select
          value={show}
          onChange={({ target }) => onView({ show: target.value === "patients" ? "patients" : "radiographs" })}
        >
          <option value="radiographs">{words.radiographs}</option>
          <option value="patients">{words.patients}</option>
        </select>
      </label>
      {show === "radiographs" && (
        <>
          <label>
            {words.order}
            <select value={order} onChange={({ target }) => onView({ order: target.value as ArchiveOrder })}>
              {archiveOrders.map((one) => (
                <option key={one} value={one}>
                  {words.orders[one]}
                </option>
              ))}
            </select>
          </label>
          <select aria-label={words.size} value={size} onChange={({ target }) => onSize(target.value as TileSize)}>
            {tileSizes.map((one) => (
              <option key={one} value={one}>
                {words.sizes[one]}
              </option>
            ))}
          </select>
        </>
      )}
      {mayImport && (
        <span className={styles.actions}>
          <ExportButton filter={filter} order={order} words={words.export} />
          <button type="button" data-kind="main" onClick={onImport}>
            {words.import}
          </button>
        </span>
      )}
    </div>
  );
};

/** How long nothing is typed before it is searched for. */
const restMs = 250;

interface SearchProps {
  readonly filter: ArchiveFilter;
  readonly onFilter: (filter: ArchiveFilter) => void;
  readonly field: RefObject<HTMLInputElement | null>;
}

const Search = ({ filter, onFilter, field }: SearchProps) => {
  const words = useWords(archiveWords);
  const [text, setText] = useState(filter.text);
  const [asked, setAsked] = useState(filter.text);
  if (filter.text !== asked) {
    // the filter was changed elsewhere, as by taking it back
    setAsked(filter.text);
    setText(filter.text);
  }
  const ask = useEffectEvent(() => {
    const next = text.trim();
    if (next === filter.text) return;
    setAsked(next);
    onFilter({ ...filter, text: next });
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked for when nothing was typed for a while
  useEffect(() => {
    const timer = setTimeout(() => ask(), restMs);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <input
      ref={field}
      type="search"
      className={styles.search}
      aria-label={words.search}
      placeholder={words.searchHint}
      maxLength={200}
      value={text}
      onChange={({ target }) => setText(target.value)}
    />
  );
};

interface ExportButtonProps {
  readonly filter: ArchiveFilter;
  readonly order: ArchiveOrder;
  readonly words: string;
}

/** Fetches the list as a table. */
export const ExportButton = ({ filter, order, words }: ExportButtonProps) => {
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = async (): Promise<void> => {
    setIsBusy(true);
    setError(undefined);
    await exportImages(filter, order).catch(setError);
    setIsBusy(false);
  };
  return (
    <>
      <button type="button" disabled={isBusy} onClick={() => void run()}>
        {words}
      </button>
      {error !== undefined && <ProblemNote error={error} />}
    </>
  );
};
