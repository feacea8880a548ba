/** The archive: thumbnails of every radiograph, filtered by anything that is known of them. */

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import type { ImageSummary } from "../../../../src/contract/images.ts";
import { EmptyState } from "../../parts/empty-state.tsx";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { useMay } from "../../shell/session.tsx";
import { useShortcuts } from "../../shell/shortcuts.tsx";
import { ArchiveBar } from "./archive-bar.tsx";
import { countFacets, everything, searchImages, searchPatients } from "./archive-data.ts";
import type { ArchiveFilter } from "./archive-names.ts";
import { CompareDialog } from "./compare-dialog.tsx";
import { FilterChips } from "./filter-chips.tsx";
import { Filters } from "./filters.tsx";
import { ImageGrid } from "./image-grid.tsx";
import { ImagePanel } from "./image-panel.tsx";
import { ImportDialog } from "./import/import-dialog.tsx";
import styles from "./page.module.css";
import { type PatientGroup, PatientList } from "./patient-list.tsx";
import { type Selection, useSelection } from "./selection.ts";
import { SelectionBar } from "./selection-bar.tsx";
import { type TileSize, useTileSize } from "./tile-size.ts";
import { type ArchiveView, useArchiveView } from "./use-archive-view.ts";
import { usePages } from "./use-pages.ts";
import { archiveWords } from "./words.ts";

/** What the grid does by itself while it has the focus; listed with the shortcuts of the page. */
const gridKeys = [
  ["ArrowRight", "move"],
  ["PageDown", "page"],
  ["Home", "ends"],
  ["Enter", "open"],
  ["Space", "select"],
  ["Shift+ArrowRight", "extend"],
] as const;

const ArchivePage = () => {
  const words = useWords(archiveWords);
  const [view, changeView] = useArchiveView();
  const [size, setSize] = useTileSize();
  const selection = useSelection();
  const [dialog, setDialog] = useState<"import" | "compare">();
  const search = useRef<HTMLInputElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const mayImport = useMay("researcher");
  const { filter, show, open } = view;

  const close = (): void => {
    if (open === null) selection.clear();
    else changeView({ open: null });
    grid.current?.focus();
  };
  useShortcuts(words.title, [
    { keys: "/", does: words.keys.search, run: () => search.current?.focus() },
    {
      keys: "v",
      does: words.keys.view,
      run: () => changeView({ show: show === "patients" ? "radiographs" : "patients" }),
    },
    { keys: "Escape", does: words.keys.close, run: close, enabled: open !== null || selection.ids.size > 0 },
    ...(show === "radiographs"
      ? gridKeys.map(([keys, name]) => ({ keys, does: words.keys[name], run: () => {}, enabled: false }))
      : []),
  ]);

  const onFilter = (next: ArchiveFilter): void => changeView({ filter: next });
  const ids = [...selection.ids];
  return (
    <div className={styles.page} data-panel={open !== null || undefined}>
      <div className={styles.top}>
        <ArchiveBar
          view={view}
          onView={changeView}
          size={size}
          onSize={setSize}
          onImport={() => setDialog("import")}
          search={search}
        />
        <FilterChips filter={filter} onFilter={onFilter} />
        {ids.length > 0 && (
          <SelectionBar
            ids={ids}
            order={view.order}
            onCompare={() => setDialog("compare")}
            onOnly={() => onFilter({ ...everything, images: ids })}
            onClear={selection.clear}
          />
        )}
      </div>
      <Counted view={view} onFilter={onFilter}>
        {show === "patients" ? (
          <Patients view={view} onOpen={(id) => changeView({ open: id })} />
        ) : (
          <Radiographs
            view={view}
            size={size}
            selection={selection}
            grid={grid}
            onOpen={(id) => changeView({ open: id })}
            {...(mayImport ? { onImport: () => setDialog("import") } : {})}
          />
        )}
      </Counted>
      {open !== null && (
        <ImagePanel
          id={open}
          onClose={close}
          onOpen={(id) => changeView({ open: id })}
          onPatient={(id) => onFilter({ ...everything, patientOf: id })}
        />
      )}
      {dialog === "import" && <ImportDialog onClose={() => setDialog(undefined)} />}
      {dialog === "compare" && <CompareDialog ids={ids} onClose={() => setDialog(undefined)} />}
    </div>
  );
};

export default ArchivePage;

interface CountedProps {
  readonly view: ArchiveView;
  readonly onFilter: (filter: ArchiveFilter) => void;
  readonly children: ReactNode;
}

/** By how much the first radiographs go before the counts, which are more work for the server. */
const headStartMs = 300;

/** The filters with their counts, which come after the radiographs, and the list. */
const Counted = ({ view: { filter }, onFilter, children }: CountedProps) => {
  const words = useWords(archiveWords);
  const { number } = useFormats();
  const [mayCount, setMayCount] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setMayCount(true), headStartMs);
    return () => clearTimeout(timer);
  }, []);
  const { data, error, isPlaceholderData } = useQuery({
    enabled: mayCount,
    queryKey: ["images", "facets", filter],
    queryFn: ({ signal }) => countFacets(filter, signal),
    placeholderData: (before) => before,
    staleTime: 60_000,
  });
  const counts = data && [words.countRadiographs(number(data.images)), words.countPatients(number(data.patients))];
  return (
    <>
      <div className={styles.side}>
        <p role="status" className={styles.count} data-old={isPlaceholderData || undefined}>
          {counts?.join(" · ")}
        </p>
        {error && <ProblemNote error={error} />}
        <Filters filter={filter} onFilter={onFilter} facets={data?.facets} />
      </div>
      <div className={styles.list}>{children}</div>
    </>
  );
};

interface RadiographsProps {
  readonly view: ArchiveView;
  readonly size: TileSize;
  readonly selection: Selection;
  readonly grid: RefObject<HTMLDivElement | null>;
  readonly onOpen: (id: string) => void;
  readonly onImport?: () => void;
}

const Radiographs = ({ view, size, selection, grid, onOpen, onImport }: RadiographsProps) => {
  const { filter, order, open } = view;
  const [range, setRange] = useState<readonly [number, number]>([0, 0]);
  const [active, setActive] = useState(0);
  const queryKey = ["images", "list", filter, order];
  const { total, at, error, retry } = usePages<ImageSummary>({
    queryKey,
    range,
    fetchPage: async (page, signal) => {
      const { total: all, images } = await searchImages(filter, order, { page, signal });
      return { total: all, items: images };
    },
  });
  if (error && total === undefined) return <ProblemNote error={error} onRetry={retry} />;
  if (total === 0) return <Nothing filter={filter} {...(onImport ? { onImport } : {})} />;
  return (
    <>
      {error && <ProblemNote error={error} onRetry={retry} />}
      <ImageGrid
        total={total ?? 0}
        at={at}
        onRange={(first, last) => {
          if (first !== range[0] || last !== range[1]) setRange([first, last]);
        }}
        size={size}
        active={Math.min(active, Math.max(0, (total ?? 1) - 1))}
        onActive={setActive}
        open={open}
        onOpen={onOpen}
        selection={selection}
        listKey={JSON.stringify(queryKey)}
        grid={grid}
      />
    </>
  );
};

const Patients = ({ view: { filter, open }, onOpen }: { view: ArchiveView; onOpen: (id: string) => void }) => {
  const [range, setRange] = useState<readonly [number, number]>([0, 0]);
  const queryKey = ["images", "patients", filter];
  const { total, at, error, retry } = usePages<PatientGroup>({
    queryKey,
    range,
    fetchPage: async (page, signal) => {
      const { total: all, patients } = await searchPatients(filter, { page, signal });
      return { total: all, items: patients };
    },
  });
  if (error && total === undefined) return <ProblemNote error={error} onRetry={retry} />;
  if (total === 0) return <Nothing filter={filter} />;
  return (
    <>
      {error && <ProblemNote error={error} onRetry={retry} />}
      <PatientList
        total={total ?? 0}
        at={at}
        onRange={(first, last) => {
          if (first !== range[0] || last !== range[1]) setRange([first, last]);
        }}
        open={open}
        onOpen={onOpen}
        listKey={JSON.stringify(queryKey)}
      />
    </>
  );
};

const Nothing = ({ filter, onImport }: { filter: ArchiveFilter; onImport?: () => void }) => {
  const words = useWords(archiveWords);
  const isFiltered = JSON.stringify(filter) !== JSON.stringify(everything);
  return (
    <EmptyState
      title={words.nothing.title}
      action={
        !isFiltered &&
        onImport && (
          <button type="button" data-kind="main" onClick={onImport}>
            {words.import}
          </button>
        )
      }
    >
      {isFiltered ? words.nothing.filtered : words.nothing.empty}
    </EmptyState>
  );
};
