/** The trainings of a study that are done, kept while it runs, so that one that was broken off trains none of them twice. */

import type { KeptListKind } from "../../training/index.ts";
import type { LinkedQuery } from "./link-rows.ts";

/** One network that was trained and asked. */
export interface DoneTraining {
  /** Such as `shuffle 1, resnet, drawn, fold 2`. */
  readonly name: string;
  readonly seconds: number;
  /** Of the last epoch, of augmented pictures. */
  readonly loss: number;
  readonly accuracy: number;
  /** The class that it gave each of those that it learned from, and each of those held back, in the order of the plan. */
  readonly saidOfLearned: readonly number[];
  readonly saidOfHeld: readonly number[];
  /** The neighbours of those held back; null where none were asked for. */
  readonly links: readonly LinkedQuery[] | null;
}

/** Of a study: every network with what it said. */
export const doneTrainings: KeptListKind = {
  name: "trainings.json",
  format: "osteon-study-trainings-1",
  entries: "trainings",
};
