/** Clusters that look like several things, each with the parts that a split would make of it. */

import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ImpureCluster } from "../../../../../src/contract/atlas-guide.ts";
import { EmptyState } from "../../../parts/empty-state.tsx";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { useFormats, useWords } from "../../../shell/language.tsx";
import { useShortcuts } from "../../../shell/shortcuts.tsx";
import { Keys } from "../../../shell/shortcuts-overlay.tsx";
import { splitCluster, splitPreview } from "../guide-data.ts";
import styles from "./mixed-clusters.module.css";
import { PartCount } from "./part-count.tsx";
import { SplitParts } from "./split-parts.tsx";
import { StandingSplits } from "./standing-splits.tsx";
import { checkWords } from "./words.ts";

interface MixedClustersProps {
  readonly clustering: string;
  readonly impure: readonly ImpureCluster[];
  readonly nameOf: (label: string) => string;
  readonly onOpen: (cluster: number) => void;
  readonly onSplit: (parts: readonly number[]) => Promise<void>;
  readonly onUndoSplit: () => Promise<void>;
}

export const MixedClusters = (props: MixedClustersProps) => {
  const { clustering, impure, nameOf, onOpen, onUndoSplit } = props;
  const words = useWords(checkWords);
  const { number, percent } = useFormats();
  const [place, setPlace] = useState(0);
  const shown = impure[Math.min(place, impure.length - 1)];
  useShortcuts(words.sections.mixed(number(impure.length)), [
    { keys: "ArrowDown", does: words.nextMixed, run: () => setPlace(Math.min(place + 1, impure.length - 1)) },
    { keys: "ArrowUp", does: words.previousMixed, run: () => setPlace(Math.max(place - 1, 0)) },
  ]);
  return (
    <div className={styles.mixed}>
      <div className={styles.side}>
        <ul className={styles.list}>
          {impure.map(({ cluster, images, score, label }, i) => (
            <li key={cluster}>
              <button type="button" aria-current={i === place} onClick={() => setPlace(i)}>
                <span>
                  <strong>{words.cluster(cluster)}</strong> {label === null ? words.unlabelled : nameOf(label)}
                </span>
                <span className={styles.facts}>
                  {words.pictures(number(images))} · {words.sure(percent(score))}
                </span>
              </button>
            </li>
          ))}
        </ul>
        <StandingSplits clustering={clustering} onUndo={onUndoSplit} />
      </div>
      {shown ? (
        <Mixed key={shown.cluster} {...props} impure={shown} onLook={() => onOpen(shown.cluster)} />
      ) : (
        <EmptyState title={words.noMixed}>{words.noMixedText}</EmptyState>
      )}
    </div>
  );
};

interface MixedProps {
  readonly clustering: string;
  readonly impure: ImpureCluster;
  readonly nameOf: (label: string) => string;
  readonly onLook: () => void;
  readonly onSplit: (parts: readonly number[]) => Promise<void>;
}

const Mixed = ({ clustering, impure, nameOf, onLook, onSplit }: MixedProps) => {
  const words = useWords(checkWords);
  const { cluster, why, label } = impure;
  const [count, setCount] = useState<number | null>(null);
  const { data, error } = useQuery({
    ...splitPreview(clustering, cluster, count),
    enabled: count !== null,
    placeholderData: keepPreviousData,
  });
  const split = useMutation({
    mutationFn: async () => {
      const { parts } = await splitCluster(clustering, cluster, count);
      await onSplit(parts);
    },
  });
  const problem = error ?? split.error;
  const isReady = error === null && !split.isPending;
  useShortcuts(words.splitTitle(cluster), [
    { keys: "/", does: words.split, run: () => split.mutate(), enabled: isReady },
  ]);
  return (
    <section className={styles.preview} aria-label={words.cluster(cluster)}>
      <div className={styles.head}>
        <h2>{words.cluster(cluster)}</h2>
        <span className={styles.facts}>{words.why[why]}</span>
      </div>
      <div className={styles.head}>
        <PartCount images={impure.images} count={count} onCount={setCount} />
        <button type="button" data-kind="main" disabled={!isReady} onClick={() => split.mutate()}>
          {words.split} <Keys keys="/" />
        </button>
        <button type="button" onClick={onLook}>
          {words.look}
        </button>
      </div>
      <p className={styles.facts}>
        {words.splitUndoable} {label !== null && words.splitLabelled}
      </p>
      {problem && <ProblemNote error={problem} />}
      <SplitParts parts={count === null ? impure.parts : (data?.parts ?? [])} nameOf={nameOf} />
    </section>
  );
};
