/** What a training measures in each epoch, written as it goes, so that its course can be followed and survives it. */

import type { Database } from "./database.ts";

/** One epoch of a run. */
export interface RunEpoch {
  /** From 1, over all networks of the run. */
  readonly epoch: number;
  readonly epochs: number;
  /** From 1. */
  readonly network: number;
  readonly loss: number;
  readonly accuracy: number;
  /** The learning rate of its last step. */
  readonly lr: number;
  /** On radiographs that are not learned from; null where the run has none. */
  readonly validation: { readonly loss: number; readonly accuracy: number } | null;
  /** Shown to the network. */
  readonly pictures: number;
  readonly seconds: number;
  /** What else its system measures, as plain data; none where it measures nothing else. */
  readonly measures?: unknown;
}

/** Writes an epoch down; the same one, trained again after a kill, replaces it. */
export const writeRunEpoch = async (database: Database, run: string, epoch: RunEpoch): Promise<void> => {
  const { validation, epoch: number, measures, ...rest } = epoch;
  const measured = {
    ...rest,
    validation_loss: validation?.loss ?? null,
    validation_accuracy: validation?.accuracy ?? null,
    measures: measures === undefined ? null : JSON.stringify(measures),
  };
  await database
    .insertInto("run_epochs")
    .values({ run_id: run, epoch: number, ...measured })
    .onConflict((conflict) => conflict.columns(["run_id", "epoch"]).doUpdateSet(measured))
    .execute();
};

/**
 * Forgets the epochs behind the last checkpoint, from which a run is gone on with. Of a run that trains several networks one after
 * another, only those of one: what later networks have done stands in checkpoints of their own.
 */
export const forgetRunEpochs = async (
  database: Database,
  run: string,
  { after, network }: { readonly after: number; readonly network?: number | undefined },
): Promise<void> => {
  let forgotten = database.deleteFrom("run_epochs").where("run_id", "=", run).where("epoch", ">", after);
  if (network !== undefined) forgotten = forgotten.where("network", "=", network);
  await forgotten.execute();
};

/** The epochs of a run in order, or those after one of them. */
export const listRunEpochs = async (
  database: Database,
  run: string,
  { after = 0 }: { readonly after?: number } = {},
): Promise<RunEpoch[]> => {
  const rows = await database
    .selectFrom("run_epochs")
    .selectAll()
    .where("run_id", "=", run)
    .where("epoch", ">", after)
    .orderBy("epoch")
    .execute();
  return rows.map(({ run_id: _, validation_loss: loss, validation_accuracy: accuracy, measures, ...row }) => ({
    ...row,
    validation: loss === null || accuracy === null ? null : { loss, accuracy },
    ...(measures === null ? {} : { measures: JSON.parse(measures) as unknown }),
  }));
};

/** How many epochs of how many each run has done. */
export const countRunEpochs = async (
  database: Database,
): Promise<ReadonlyMap<string, { readonly done: number; readonly epochs: number }>> => {
  const rows = await database
    .selectFrom("run_epochs")
    .select(({ fn }) => ["run_id", fn.max("epoch").as("done"), fn.max("epochs").as("epochs")])
    .groupBy("run_id")
    .execute();
  return new Map(rows.map(({ run_id, done, epochs }) => [run_id, { done, epochs }]));
};
