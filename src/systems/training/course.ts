/** Writes down how a training goes while it goes: each epoch as it ends, and how the run ended where it did not finish. */

import { OsteonError } from "../../errors.ts";
import { breakOffRun, forgetRunEpochs, type Home, type RunEpoch, writeRunEpoch } from "../../store/index.ts";

/** Where the epochs of a run are written. */
export interface TrainingCourse {
  /**
   * Told where a network begins, or goes on from a checkpoint: what was trained after it is trained again.
   *
   * @param epochsDone of the networks before it, and its own
   * @param network from 1; all where the run trains none beside it
   */
  goOnAfter(epochsDone: number, network?: number): Promise<void>;
  write(epoch: RunEpoch): Promise<void>;
}

/** The course of a run of the home. */
export const courseOf = ({ database }: Home, run: string): TrainingCourse => ({
  goOnAfter: (epochsDone, network) => forgetRunEpochs(database, run, { after: epochsDone, network }),
  write: (epoch) => writeRunEpoch(database, run, epoch),
});

/** Does the work of a run. Where it is interrupted the run is stopped, where it throws otherwise it has failed. */
export const underWatch = async <T>(
  { database }: Home,
  { run, now }: { readonly run: string; readonly now: () => Date },
  work: () => Promise<T>,
): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    const told = error instanceof OsteonError ? error : undefined;
    const problem =
      told?.code === "interrupted"
        ? null
        : { code: told?.code ?? "failed", detail: told?.message ?? "Something went wrong that should not." };
    await breakOffRun(database, run, { problem, at: now() }).catch(() => {}); // the first failure is the one to tell
    throw error;
  }
};
