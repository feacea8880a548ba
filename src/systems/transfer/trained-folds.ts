/** The networks of an evaluation that are done, kept while it runs, so that one that was broken off trains none of them twice. */

import { OsteonError } from "../../errors.ts";
import type { Home } from "../../store/index.ts";
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

/** Of an evaluation: every network with what it said rightly. */
export const trainedFoldsName = "trained-folds.json";

const format = "osteon-trained-folds-1";

export const writeTrainedFolds = (
  { files }: Pick<Home, "files">,
  run: string,
  folds: readonly TrainedFold[],
): Promise<void> => files.writeArtefact(run, trainedFoldsName, JSON.stringify({ format, folds }));

/** None where there are none, or what is there cannot be read: they are trained again. */
export const readTrainedFolds = async ({ files }: Pick<Home, "files">, run: string): Promise<TrainedFold[]> => {
  if (!(await files.hasArtefact(run, trainedFoldsName))) return [];
  try {
    const read = JSON.parse(new TextDecoder().decode(await files.readArtefact(run, trainedFoldsName))) as {
      readonly format: string;
      readonly folds: TrainedFold[];
    };
    return read.format === format ? read.folds : [];
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof OsteonError && error.code === "corrupt-store")) return [];
    throw error;
  }
};
