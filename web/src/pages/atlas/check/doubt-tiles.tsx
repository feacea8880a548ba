/** Radiographs that may be in the wrong cluster, to be told apart or left: one Tab stop, arrows move, single keys decide. */

import { type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import type { MemberVerdict } from "../../../../../src/contract/atlas-guide.ts";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { Spoken } from "../../../parts/spoken.tsx";
import { Thumbnail } from "../../../parts/thumbnail.tsx";
import { useFormats, useWords } from "../../../shell/language.tsx";
import { useShortcuts } from "../../../shell/shortcuts.tsx";
import { Keys } from "../../../shell/shortcuts-overlay.tsx";
import { smallSize } from "../atlas-data.ts";
import { DoubtDialog } from "./doubt-dialog.tsx";
import styles from "./doubt-tiles.module.css";
import type { Decisions } from "./use-decisions.ts";
import { checkWords } from "./words.ts";

/** A radiograph whose label is in doubt. */
export interface Doubt {
  readonly image: string;
  readonly cluster: number;
  readonly given: string;
  readonly looksLike: string;
  /** What speaks for either, in words. */
  readonly evidence: string;
}

interface DoubtTilesProps {
  readonly title: string;
  readonly doubts: readonly Doubt[];
  readonly nameOf: (label: string) => string;
  readonly decisions: Decisions;
  readonly onOpen: (cluster: number) => void;
}

const pageSize = 60;

export const DoubtTiles = ({ title, doubts, nameOf, decisions, onOpen }: DoubtTilesProps) => {
  const words = useWords(checkWords);
  const { number } = useFormats();
  const grid = useRef<HTMLUListElement>(null);
  const [place, setPlace] = useState(0);
  const [length, setLength] = useState(pageSize);
  const [enlarged, setEnlarged] = useState(false);
  const moved = useRef(false);
  const shown = doubts.slice(0, length);
  const here = Math.min(place, shown.length - 1);
  useLayoutEffect(() => {
    if (moved.current) (grid.current?.children[here]?.firstElementChild as HTMLElement | undefined)?.focus();
    moved.current = false;
  }, [here]);

  const goTo = (next: number): void => {
    const inside = Math.max(0, Math.min(shown.length - 1, next));
    moved.current = inside !== here && !enlarged;
    setPlace(inside);
  };
  const nextOpen = (): number => {
    const open = shown.findIndex(({ image }, i) => i > here && decisions.verdictOf(image) === "open");
    return open === -1 ? here : open;
  };
  const decide = (verdict: MemberVerdict): void => {
    const { cluster, image } = shown[here]!;
    decisions.decide({ cluster, images: [image] }, verdict);
    goTo(nextOpen());
  };
  const decideCluster = (verdict: MemberVerdict): void => {
    const { cluster } = shown[here]!;
    const images = doubts.filter((one) => one.cluster === cluster).map(({ image }) => image);
    decisions.decide({ cluster, images: images.filter((image) => decisions.verdictOf(image) === "open") }, verdict);
    const other = shown.findIndex((one) => one.cluster !== cluster && decisions.verdictOf(one.image) === "open");
    if (other !== -1) goTo(other);
  };
  const undo = (): void => {
    const image = decisions.undo()?.images[0];
    const at = shown.findIndex((one) => one.image === image);
    if (at !== -1) goTo(at);
  };
  const isOpenHere = shown[here] !== undefined && decisions.verdictOf(shown[here].image) === "open";
  const inDialogs = enlarged;
  useShortcuts(title, [
    { keys: "a", does: words.apart, run: () => decide("apart"), inDialogs, enabled: isOpenHere },
    { keys: "b", does: words.belongs, run: () => decide("belongs"), inDialogs, enabled: isOpenHere },
    { keys: "Shift+a", does: words.allApart, run: () => decideCluster("apart"), enabled: isOpenHere },
    { keys: "Shift+b", does: words.allBelong, run: () => decideCluster("belongs"), enabled: isOpenHere },
    { keys: words.undoKey, does: words.undo, run: undo, inDialogs, enabled: decisions.canUndo },
    { keys: "+", does: words.enlarge, run: () => setEnlarged(true), enabled: shown.length > 0 },
  ]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const columns = getComputedStyle(grid.current!).gridTemplateColumns.split(" ").length;
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: 1,
      ArrowLeft: -1,
      ArrowDown: columns,
      ArrowUp: -columns,
      Home: -here,
      End: shown.length,
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    goTo(here + step);
  };
  const decided = doubts.filter(({ image }) => decisions.verdictOf(image) !== "open").length;
  const current = shown[here];
  return (
    <div className={styles.doubts}>
      <div className={styles.bar}>
        <button type="button" disabled={!isOpenHere} onClick={() => decide("apart")}>
          {words.apart} <Keys keys="a" />
        </button>
        <button type="button" disabled={!isOpenHere} onClick={() => decide("belongs")}>
          {words.belongs} <Keys keys="b" />
        </button>
        {current && (
          <fieldset className={styles.whole}>
            <legend>{words.cluster(current.cluster)}</legend>
            <button type="button" disabled={!isOpenHere} onClick={() => decideCluster("apart")}>
              {words.allApart} <Keys keys="Shift+a" />
            </button>
            <button type="button" disabled={!isOpenHere} onClick={() => decideCluster("belongs")}>
              {words.allBelong} <Keys keys="Shift+b" />
            </button>
            <button type="button" onClick={() => onOpen(current.cluster)}>
              {words.look}
            </button>
          </fieldset>
        )}
        <button type="button" disabled={!decisions.canUndo} onClick={undo}>
          {words.undo} <Keys keys={words.undoKey} />
        </button>
        <span role="status" className={styles.decided}>
          {words.decided(number(decided), number(doubts.length))}
        </span>
      </div>
      {decisions.problem !== undefined && <ProblemNote error={decisions.problem} />}
      <ul ref={grid} className={styles.tiles} aria-label={title} onKeyDown={onKeyDown}>
        {shown.map((doubt, i) => (
          <Tile
            key={doubt.image}
            doubt={doubt}
            verdict={decisions.verdictOf(doubt.image)}
            nameOf={nameOf}
            isHere={i === here}
            onFocus={() => setPlace(i)}
            onEnlarge={() => {
              setPlace(i);
              setEnlarged(true);
            }}
          />
        ))}
      </ul>
      {doubts.length > shown.length && (
        <button type="button" onClick={() => setLength(length + pageSize)}>
          {words.more(number(doubts.length - shown.length))}
        </button>
      )}
      {enlarged && current && (
        <DoubtDialog
          doubt={current}
          verdict={decisions.verdictOf(current.image)}
          nameOf={nameOf}
          onMove={(by) => goTo(here + by)}
          onDecide={decide}
          onClose={() => {
            moved.current = true;
            setEnlarged(false);
          }}
        />
      )}
    </div>
  );
};

interface TileProps {
  readonly doubt: Doubt;
  readonly verdict: MemberVerdict;
  readonly nameOf: (label: string) => string;
  readonly isHere: boolean;
  readonly onFocus: () => void;
  readonly onEnlarge: () => void;
}

const Tile = ({ doubt, verdict, nameOf, isHere, onFocus, onEnlarge }: TileProps) => {
  const words = useWords(checkWords);
  const sentence = words.looksLike(nameOf(doubt.given), nameOf(doubt.looksLike));
  return (
    <li data-verdict={verdict} data-here={isHere || undefined}>
      <button type="button" tabIndex={isHere ? 0 : -1} onFocus={onFocus} onClick={onEnlarge}>
        <span className={styles.picture}>
          <Thumbnail image={doubt.image} size={smallSize} alt="" />
        </span>
        <span className={styles.caption}>
          <strong>{sentence}</strong>
          <span>
            {words.cluster(doubt.cluster)} · {doubt.evidence}
          </span>
          {verdict === "open" ? (
            <Spoken>{words.enlarge}</Spoken>
          ) : (
            <span className={styles.verdict}>{words.verdicts[verdict]}</span>
          )}
        </span>
      </button>
    </li>
  );
};
