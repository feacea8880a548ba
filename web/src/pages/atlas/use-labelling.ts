/** A reader's labels as they stand now: what the server knows, and over it what it will know. */

import { useEffect, useMemo, useRef, useState } from "react";
import { newActionId, type Outbox, useOutbox } from "./outbox.ts";
import { type DoneAction, type HistoryKey, readDone, watchDone, writeDone } from "./undo-history.ts";

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
  const key = useMemo(() => ({ person, clustering, kind }), [person, clustering, kind]);
  const [done, setDone] = useState(() => readDone(key));
  const newest = useRef(done); // an action may be done by who has not seen yet what was done last
  useEffect(
    () =>
      watchDone(key, (next) => {
        newest.current = next;
        setDone(next);
      }),
    [key],
  );
  const labels = useMemo(() => {
    const all = new Map(known);
    for (const entry of journal) {
      if (entry.clustering === clustering && !included.has(entry.action.id) && entry.about === kind)
        all.set(entry.action.cluster, entry.after);
    }
    return all;
  }, [known, included, journal, clustering, kind]);
  const remember = (next: readonly DoneAction[]): void => {
    writeDone(key, next);
    newest.current = next;
    setDone(next);
  };
  return {
    labelOf: (cluster) => labels.get(cluster) ?? null,
    give: (cluster, label) => {
      const id = newActionId();
      remember([...newest.current, { id, cluster, before: labels.get(cluster) ?? null }]);
      outbox.add({ clustering, action: { id, kind, cluster, label }, about: kind, after: label });
    },
    undo: () => {
      const last = newest.current.at(-1);
      if (!last) return undefined;
      const { id, cluster, before } = last;
      const action = { id: newActionId(), kind: "undo", cluster, undoes: id } as const;
      outbox.add({ clustering, action, about: kind, after: before });
      remember(newest.current.slice(0, -1));
      return cluster;
    },
    canUndo: done.length > 0,
  };
};
