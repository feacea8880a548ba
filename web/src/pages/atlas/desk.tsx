/** Where clusters are read: one at a time as a montage, with the keyboard alone. */

import { type ReactNode, useEffect, useRef, useState } from "react";
import type { AtlasRegion } from "../../../../src/contract/atlas.ts";
import type { NextCluster } from "../../../../src/contract/atlas-guide.ts";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { Spoken } from "../../parts/spoken.tsx";
import { useFormats, useWords } from "../../shell/language.tsx";
import { type Shortcut, useShortcuts } from "../../shell/shortcuts.tsx";
import { Keys } from "../../shell/shortcuts-overlay.tsx";
import { useCluster, usePrefetch } from "./atlas-data.ts";
import styles from "./desk.module.css";
import { Enlarged } from "./enlarged.tsx";
import { Montage } from "./montage.tsx";
import { RegionField } from "./region-field.tsx";
import { discard, rememberLabel, type Slots, useLabelName } from "./regions.ts";
import { Suggestion } from "./suggestion.tsx";
import type { Labelling } from "./use-labelling.ts";
import { atlasWords } from "./words.ts";

interface DeskProps {
  readonly clustering: string;
  readonly regions: readonly AtlasRegion[];
  /** The clusters in the order in which they are read. */
  readonly queue: readonly number[];
  readonly current: number;
  readonly onCurrent: (cluster: number) => void;
  readonly labelling: Labelling;
  readonly mayLabel: boolean;
  readonly onAddRegion: (name: string) => Promise<string>;
  /** What is said of a cluster besides, above the region. */
  readonly about?: ReactNode;
  /** What is suggested for this cluster. */
  readonly suggestion?: NextCluster | undefined;
  /** Labels that are on the first number keys for this cluster. */
  readonly offered?: readonly string[];
  /** Parts this cluster, where it shows several things. */
  readonly onSplit?: () => void;
  /** After every label. */
  readonly onGiven?: () => void;
  /** Instead of the region field's own words. */
  readonly hint?: string;
}

/** Open clusters whose montages are decoded, and those whose montages are fetched, before they are looked at. */
const decodedAhead = 5;
const fetchedAhead = 40;

export const Desk = (props: DeskProps) => {
  const { clustering, regions, queue, current, onCurrent, labelling, mayLabel, onAddRegion, about, offered } = props;
  const words = useWords(atlasWords);
  const nameOf = useLabelName(regions);
  const { number } = useFormats();
  const field = useRef<HTMLInputElement>(null);
  const [slots, setSlots] = useState<Slots>([]);
  const [given, setGiven] = useState<readonly string[]>([]);
  const [enlarged, setEnlarged] = useState<number>();
  const [said, setSaid] = useState("");
  const [problem, setProblem] = useState<unknown>();
  const { data: cluster, error } = useCluster(clustering, current);
  const keys = offered ?? slots;

  const place = queue.indexOf(current);
  const fromHere = [...queue.slice(place + 1), ...queue.slice(0, place)];
  const open = fromHere.filter((one) => labelling.labelOf(one) === null);
  const beside = [queue[place + 1] ?? current, queue[place - 1] ?? current];
  usePrefetch(clustering, {
    near: [current, ...open.slice(0, decodedAhead), ...beside],
    later: open.slice(decodedAhead, fetchedAhead),
  });
  useFieldFocus(field, current);

  const give = (label: string): void => {
    if (!cluster) return; // nobody labels what cannot be seen
    labelling.give(current, label);
    if (label !== discard) {
      setSlots((before) => rememberLabel(before, given, label));
      setGiven((before) => [...before.slice(-100), label]);
    }
    setSaid(words.is(nameOf(label)));
    props.onGiven?.();
    const next = open[0];
    if (next !== undefined) onCurrent(next);
  };
  const undo = (): void => {
    const cluster = labelling.undo();
    if (cluster === undefined) return;
    setSaid(words.undone(cluster));
    if (queue.includes(cluster)) onCurrent(cluster);
  };
  const addAndGive = (name: string): void => {
    setProblem(undefined);
    onAddRegion(name).then(give, setProblem);
  };
  const goTo = (cluster: number | undefined): void => {
    if (cluster !== undefined) onCurrent(cluster);
  };

  const label = labelling.labelOf(current);
  const suggestion = label === null ? props.suggestion : undefined;
  const proposed = suggestion?.proposed?.label;
  const labels: readonly Shortcut[] = [
    ...(proposed === undefined
      ? []
      : [{ keys: "Space", does: words.suggestion.accept(nameOf(proposed)), run: () => give(proposed) }]),
    { keys: "Enter", does: words.giveChosen, run: () => {}, enabled: false },
    { keys: "ArrowDown", does: words.choose, run: () => field.current?.focus() },
    { keys: "Escape", does: words.clear, run: () => {}, enabled: false },
    ...keys.map((label, i) => ({ keys: `${i + 1}`, does: words.give(nameOf(label)), run: () => give(label) })),
    { keys: "d", does: words.discard, run: () => give(discard) },
    { keys: "Delete", does: words.discard, run: () => give(discard) },
    ...[words.undoKey, "Backspace", "Mod+z"].map((key) => ({
      keys: key,
      does: words.undo,
      run: undo,
      enabled: labelling.canUndo,
    })),
  ];
  const ways: readonly Shortcut[] = [
    { keys: "ArrowRight", does: words.next, run: () => goTo(queue[place + 1]) },
    { keys: "ArrowLeft", does: words.previous, run: () => goTo(queue[place - 1]) },
    { keys: "PageDown", does: words.nextOpen, run: () => goTo(open[0]) },
    { keys: "+", does: words.enlarge, run: () => setEnlarged(0) },
  ];
  const { onSplit } = props;
  const splits: readonly Shortcut[] = onSplit
    ? [{ keys: "/", does: words.split, run: onSplit, enabled: cluster !== undefined }]
    : [];
  const shortcuts = mayLabel ? [...labels, ...splits, ...ways] : ways;
  useShortcuts(words.keys, shortcuts);

  return (
    <div className={styles.desk}>
      <section className={styles.panel} aria-label={words.keys}>
        <div className={styles.place}>
          <button
            type="button"
            aria-label={words.previous}
            disabled={place <= 0}
            onClick={() => goTo(queue[place - 1])}
          >
            ←
          </button>
          <h2>
            {words.cluster(current)} {offered === undefined && <small>{words.ofClusters(queue.length)}</small>}
          </h2>
          <button
            type="button"
            aria-label={words.next}
            disabled={place === queue.length - 1}
            onClick={() => goTo(queue[place + 1])}
          >
            →
          </button>
        </div>
        <p className={styles.state}>
          <strong data-label={label === null ? "none" : label === discard ? "discard" : "region"}>
            {label === null ? words.open : nameOf(label)}
          </strong>
          <span>{cluster && words.pictures(number(cluster.images.length))}</span>
        </p>
        {about}
        {suggestion && mayLabel && (
          <Suggestion next={suggestion} name={proposed === undefined ? undefined : nameOf(proposed)} onAccept={give} />
        )}
        {problem !== undefined && <ProblemNote error={problem} />}
        {mayLabel ? (
          <>
            <RegionField
              field={field}
              regions={regions}
              given={label}
              slots={keys}
              shortcuts={shortcuts}
              hint={props.hint ?? words.regionHint}
              onGive={give}
              onAdd={addAndGive}
            />
            <div className={styles.actions}>
              <button type="button" onClick={() => give(discard)}>
                {words.discard} <Keys keys="d" />
              </button>
              {onSplit && (
                <button type="button" disabled={!cluster} onClick={onSplit}>
                  {words.split} <Keys keys="/" />
                </button>
              )}
              <button type="button" disabled={!labelling.canUndo} onClick={undo}>
                {words.undo} <Keys keys={words.undoKey} />
              </button>
            </div>
          </>
        ) : (
          <p className={styles.note}>{words.readOnly}</p>
        )}
        <Spoken live>{said}</Spoken>
      </section>
      <div className={styles.pictures}>
        {cluster && <Montage key={current} cluster={cluster} onEnlarge={setEnlarged} />}
        {!cluster && (error ? <ProblemNote error={error} /> : <p className={styles.note}>{words.coming}</p>)}
      </div>
      {cluster && enlarged !== undefined && (
        <Enlarged cluster={cluster} place={enlarged} onPlace={setEnlarged} onClose={() => setEnlarged(undefined)} />
      )}
    </div>
  );
};

/** The field has the focus whenever another cluster comes: after the page's heading, which gets it first. */
const useFieldFocus = (field: { current: HTMLInputElement | null }, current: number): void => {
  // biome-ignore lint/correctness/useExhaustiveDependencies: another cluster is the occasion
  useEffect(() => {
    field.current?.focus({ preventScroll: true });
    const soon = requestAnimationFrame(() => field.current?.focus({ preventScroll: true }));
    return () => cancelAnimationFrame(soon);
  }, [field, current]);
};
