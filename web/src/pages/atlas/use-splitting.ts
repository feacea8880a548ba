/** Splits of clusters as the labelling page does and undoes them, and where it goes on afterwards. */

import { useQueryClient } from "@tanstack/react-query";
import { overviewKey } from "./atlas-data.ts";
import { undoSplit } from "./guide-data.ts";
import type { Outbox } from "./outbox.ts";

export interface Splitting {
  /** After a split: reads the clusters anew, then shows the first part. */
  afterSplit(parts: readonly number[]): Promise<void>;
  /** Undoes the split of a cluster and shows it again. */
  undo(parent: number): Promise<void>;
  /** Reads the clusters and splits anew. */
  reread(): Promise<void>;
}

interface SplittingOptions {
  readonly outbox: Outbox;
  readonly onShow: (cluster: number) => void;
}

export const useSplitting = (clustering: string, { outbox, onShow }: SplittingOptions): Splitting => {
  const queries = useQueryClient();
  const reread = async (): Promise<void> => {
    await outbox.send();
    await Promise.all([
      queries.invalidateQueries({ queryKey: overviewKey(clustering) }),
      queries.invalidateQueries({ queryKey: ["atlas", "splits", clustering] }),
      queries.invalidateQueries({ queryKey: ["atlas", "suggestions", clustering] }),
    ]);
  };
  return {
    reread,
    afterSplit: async ([first]) => {
      await reread();
      if (first !== undefined) onShow(first);
    },
    undo: async (parent) => {
      await undoSplit(clustering, parent);
      await reread();
      onShow(parent);
    },
  };
};
