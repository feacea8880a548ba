/** A reader's labels as they stand now: what the server knows, and over it what it will know. */

import { useMemo, useState } from "react";
import { newActionId, type Outbox, useOutbox } from "./outbox.ts";
import { type DoneAction, type HistoryKey, readDone, writeDone } from "./undo-history.ts";

/** Labels of one kind, and what can be done with them. */
export interface Labelling {
  labelOf(cluster: number): string | null;
  give(cluster: number, label: string): void;
  /** Takes the last own action back; tells on which cluster it was. */
  undo(): number | undefined;
  readonly canUndo: boolean;
}

interface LabellingOptions extends HistoryKey {
  readonly outbox: Outbox;
  /** What the server says. */
  readonly known: ReadonlyMap<number, string | null>;
  /** The actions that the server's word has in it. */
  readonly included: ReadonlySet<string>;
}

export const useLabelling = ({ person, clustering, kind, outbox, known, included }: LabellingOptions): Labelling => {
  const { journal } = useOutbox(outbox);
  const [done, setDone] = useState(() => readDone({ person, clustering, kind }));
  const labels = useMemo(() => {
    const all = new Map(known);
    for (const entry of journal) {
      if (entry.clustering === clustering && !included.has(entry.action.id) && entry.about === kind)
        all.set(entry.action.cluster, entry.after);
    }
    return all;
  }, [known, included, journal, clustering, kind]);
  const remember = (next: readonly DoneAction[]): void => {
    writeDone({ person, clustering, kind }, next);
    setDone(next);
  };
  const last = done.at(-1);
  return {
    labelOf: (cluster) => labels.get(cluster) ?? null,
    give: (cluster, label) => {
      const id = newActionId();
      remember([...done, { id, cluster, before: labels.get(cluster) ?? null }]);
      outbox.add({ clustering, action: { id, kind, cluster, label }, about: kind, after: label });
    },
    undo: () => {
      if (!last) return undefined;
      const { id, cluster, before } = last;
      const action = { id: newActionId(), kind: "undo", cluster, undoes: id } as const;
      outbox.add({ clustering, action, about: kind, after: before });
      remember(done.slice(0, -1));
      return cluster;
    },
    canUndo: last !== undefined,
  };
};
