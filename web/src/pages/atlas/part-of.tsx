/** Says of a cluster that it is a part of one that was split, with what undoes the split. */

import { useMutation } from "@tanstack/react-query";
import { ProblemNote } from "../../parts/problem-note.tsx";
import { useWords } from "../../shell/language.tsx";
import styles from "./part-of.module.css";
import { atlasWords } from "./words.ts";

interface PartOfProps {
  readonly parent: number;
  /** Missing for who may not. */
  readonly onUndo: (() => Promise<void>) | undefined;
}

export const PartOf = ({ parent, onUndo }: PartOfProps) => {
  const words = useWords(atlasWords);
  const undo = useMutation({ mutationFn: async () => onUndo?.() });
  return (
    <>
      <p className={styles.part}>
        {words.partOf(parent)}
        {onUndo && (
          <button type="button" disabled={undo.isPending} onClick={() => undo.mutate()}>
            {words.undoSplit}
          </button>
        )}
      </p>
      {undo.error && <ProblemNote error={undo.error} />}
    </>
  );
};
