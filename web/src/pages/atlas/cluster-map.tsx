/** All clusters as small cells in their order, each with its region's code; one Tab stop, arrows move within. */

import { type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import type { AtlasRegion } from "../../../../src/contract/atlas.ts";
import { useLanguage, useWords } from "../../shell/language.tsx";
import styles from "./cluster-map.module.css";
import { discard, regionName } from "./regions.ts";
import { atlasWords } from "./words.ts";

export type CellState = "open" | "labelled" | "discarded" | "disputed" | "read";

interface Cell {
  readonly cluster: number;
  readonly label: string | null;
  readonly state: CellState;
}

interface ClusterMapProps {
  readonly cells: readonly Cell[];
  readonly regions: readonly AtlasRegion[];
  readonly onOpen: (cluster: number) => void;
}

/** What stands in a cell without a region. */
const signs: Readonly<Record<CellState, string>> = { open: "", labelled: "", discarded: "×", disputed: "≠", read: "·" };

export const ClusterMap = ({ cells, regions, onOpen }: ClusterMapProps) => {
  const words = useWords(atlasWords);
  const { language } = useLanguage();
  const map = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState(0);
  const moved = useRef(false);
  useLayoutEffect(() => {
    if (moved.current) (map.current!.children[place] as HTMLElement).focus();
    moved.current = false;
  }, [place]);
  const regionOf = new Map(regions.map((region) => [region.name, region]));
  const onKeyDown = (event: KeyboardEvent): void => {
    const columns = getComputedStyle(map.current!).gridTemplateColumns.split(" ").length;
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: columns,
      ArrowUp: -columns,
      Home: -place,
      End: cells.length - 1 - place,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(cells.length - 1, place + step));
    moved.current = next !== place;
    setPlace(next);
  };
  const codeOf = (label: string | null): string => regionOf.get(label ?? "")?.code ?? "?";
  const nameOf = (label: string | null): string => {
    const region = label === null ? undefined : regionOf.get(label);
    return region ? regionName(region, language) : (label ?? "");
  };
  const shown: readonly CellState[] = ["open", "labelled", "discarded", "disputed", "read"];
  return (
    <>
      <ul className={styles.legend}>
        {shown.map((state) => (
          <li key={state}>
            <span className={styles.cell} data-state={state} aria-hidden="true">
              {state === "labelled" ? "KN" : signs[state]}
            </span>
            {words.legend[state]}
          </li>
        ))}
      </ul>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is of a form */}
      <div ref={map} role="group" aria-label={words.map} className={styles.map} onKeyDown={onKeyDown}>
        {cells.map(({ cluster, label, state }, i) => (
          <button
            type="button"
            key={cluster}
            className={styles.cell}
            data-state={state}
            tabIndex={i === place ? 0 : -1}
            aria-label={`${words.cluster(cluster)}: ${state === "labelled" ? `${codeOf(label)} ${nameOf(label)}` : words.legend[state]}`}
            title={`${words.cluster(cluster)} ${nameOf(label === discard ? null : label)}`}
            onFocus={() => setPlace(i)}
            onClick={() => onOpen(cluster)}
          >
            {state === "labelled" ? codeOf(label) : signs[state]}
          </button>
        ))}
      </div>
    </>
  );
};
