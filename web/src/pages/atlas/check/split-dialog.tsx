/** What a split of a cluster would make, seen before it is done. */

import { keepPreviousData, useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { Dialog } from "../../../parts/dialog.tsx";
import { ProblemNote } from "../../../parts/problem-note.tsx";
import { useWords } from "../../../shell/language.tsx";
import { useShortcuts } from "../../../shell/shortcuts.tsx";
import { splitCluster, splitPreview } from "../guide-data.ts";
import { PartCount, partCountsOf } from "./part-count.tsx";
import styles from "./split-dialog.module.css";
import { SplitParts } from "./split-parts.tsx";
import { checkWords } from "./words.ts";

interface SplitDialogProps {
  readonly clustering: string;
  readonly cluster: number;
  /** How many radiographs it has. */
  readonly images: number;
  readonly isLabelled: boolean;
  readonly nameOf: (label: string) => string;
  readonly onClose: () => void;
  /** The numbers of its parts. */
  readonly onSplit: (parts: readonly number[]) => Promise<void>;
}

export const SplitDialog = (props: SplitDialogProps) => {
  const { clustering, cluster, images, isLabelled, nameOf, onClose, onSplit } = props;
  const words = useWords(checkWords);
  const main = useRef<HTMLButtonElement>(null);
  const [count, setCount] = useState<number | null>(null);
  const { data, error } = useQuery({
    ...splitPreview(clustering, cluster, count),
    placeholderData: keepPreviousData,
  });
  const split = useMutation({
    mutationFn: async () => {
      const { parts } = await splitCluster(clustering, cluster, count);
      await onSplit(parts);
    },
  });
  const isReady = data !== undefined;
  useEffect(() => {
    if (isReady) main.current!.focus();
  }, [isReady]);
  useShortcuts(words.splitTitle(cluster), [
    { keys: "1", does: words.asDistinct, run: () => setCount(null), inDialogs: true },
    ...partCountsOf(images).map((one) => ({
      keys: String(one),
      does: words.parts(one),
      run: () => setCount(one),
      inDialogs: true,
    })),
  ]);
  return (
    <Dialog
      title={words.splitTitle(cluster)}
      onClose={onClose}
      width="wide"
      actions={
        <>
          <button type="button" onClick={onClose}>
            {words.cancel}
          </button>
          <button
            ref={main}
            type="button"
            data-kind="main"
            disabled={!isReady || error !== null || split.isPending}
            onClick={() => split.mutate()}
          >
            {words.split} <kbd>⏎</kbd>
          </button>
        </>
      }
    >
      <div className={styles.split}>
        <div className={styles.choice}>
          <PartCount images={images} count={count} onCount={setCount} />
          <p>
            {words.splitUndoable} {isLabelled && words.splitLabelled}
          </p>
        </div>
        {(error ?? split.error) && <ProblemNote error={error ?? split.error} />}
        {data && <SplitParts parts={data.parts} nameOf={nameOf} />}
      </div>
    </Dialog>
  );
};
