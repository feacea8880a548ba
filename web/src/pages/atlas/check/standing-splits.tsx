/** Clusters that were split, and what undoes a split. */

import { useMutation } from "@tanstack/react-query";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { useFormats, useWords } from "../../../shell/language.tsx";
import { undoSplit, useSplits } from "../guide-data.ts";
import styles from "./standing-splits.module.css";
import { checkWords } from "./words.ts";

interface StandingSplitsProps {
  readonly clustering: string;
  readonly onUndo: () => Promise<void>;
}

export const StandingSplits = ({ clustering, onUndo }: StandingSplitsProps) => {
  const words = useWords(checkWords);
  const { time } = useFormats();
  const { data } = useSplits(clustering);
  const undo = useMutation({
    mutationFn: async (cluster: number) => {
      await undoSplit(clustering, cluster);
      await onUndo();
    },
  });
  if (!data || data.length === 0) return null;
  return (
    <section className={styles.splits}>
      <h2>{words.standing}</h2>
      {undo.error && <ProblemNote error={undo.error} />}
      <ul>
        {data.map(({ cluster, parts, by, at }) => (
          <li key={cluster}>
            <span>
              {words.standingLine(cluster, parts.join(", "))}
              <span className={styles.by}>{words.by(by.name, time(at))}</span>
            </span>
            <button
              type="button"
              aria-label={`${words.undoSplit}: ${words.cluster(cluster)}`}
              disabled={undo.isPending}
              onClick={() => undo.mutate(cluster)}
            >
              {words.undoSplit}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
};
