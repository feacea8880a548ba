/** Helps with an index that another process builds: makes slices of its features until none waits. */

import type { Home } from "../../store/index.ts";
import { modelOf } from "./build.ts";
import { makeSlices } from "./features/make-slices.ts";

/** Which index it is, and how one helps. */
export interface HelpOptions {
  /** The run that builds it. */
  readonly run: string;
  readonly signal?: AbortSignal;
  readonly onEmbedded?: (sights: number) => void;
}

/** What was done for it. */
export interface HelpReport {
  readonly run: string;
  readonly slices: number;
  /** Radiographs and lesions in them. */
  readonly embedded: number;
}

/**
 * Ends at once where there is nothing to help with, as when the index is built already.
 *
 * @throws OsteonError `interrupted` when the signal stops it
 */
export const helpIndex = async (home: Home, { run, signal, onEmbedded }: HelpOptions): Promise<HelpReport> => {
  let embedded = 0;
  const slices = await makeSlices(home, {
    run,
    loadModel: (modelRun) => modelOf(home, modelRun),
    signal,
    onEmbedded: () => onEmbedded?.(++embedded),
  });
  return { run, slices, embedded };
};
