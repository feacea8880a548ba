/** The networks of an evaluation that are done, kept while it runs, so that one that was broken off trains none of them twice. */

import type { KeptListKind } from "../training/index.ts";
import type { Start } from "./transfer-scores.ts";

/** One network that is trained and tested. */
export interface TrainedFold {
  readonly seed: number;
  readonly start: Start;
  readonly fold: number;
  /** Of the fold's test part, in its order. */
  readonly test: readonly boolean[];
  readonly validation: readonly boolean[];
  readonly loss: number;
  readonly accuracy: number;
  readonly seconds: number;
}

/** Of an evaluation: every network with what it said. */
export const trainedFolds: KeptListKind = {
  name: "trained-folds.json",
  format: "osteon-trained-folds-1",
  entries: "folds",
};
