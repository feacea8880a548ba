/** The checkpoints of a run's networks, kept between processes, so that a run that was broken off is gone on with. */

import { OsteonError } from "../../errors.ts";
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from "../../learning/checkpoint.ts";
import type { Home } from "../../store/index.ts";

/** Where checkpoints are kept; networks are counted from 0. */
export interface TrainingMemory {
  read(network: number): Promise<Checkpoint | undefined>;
  write(network: number, checkpoint: Checkpoint): Promise<void>;
}

const checkpointName = (network: number): string => `checkpoint-${network}.safetensors`;

/** The checkpoints of a run. A damaged one is as good as none: its network starts anew. */
export const memoryOf = ({ files }: Pick<Home, "files">, run: string): TrainingMemory => ({
  read: async (network) => {
    const name = checkpointName(network);
    if (!(await files.hasArtefact(run, name))) return undefined;
    try {
      return decodeCheckpoint(await files.readArtefact(run, name));
    } catch (error) {
      if (error instanceof OsteonError && error.code === "bad-input") return undefined;
      throw error;
    }
  },
  write: (network, checkpoint) => files.writeArtefact(run, checkpointName(network), encodeCheckpoint(checkpoint)),
});

/** Removes the checkpoint of a network that is done for good. */
export const forgetCheckpoint = ({ files }: Pick<Home, "files">, run: string, network: number): Promise<void> =>
  files.removeArtefact(run, checkpointName(network));

/** Removes the checkpoints of a run that is done. */
export const forgetCheckpoints = async (home: Pick<Home, "files">, run: string, networks: number): Promise<void> => {
  for (let network = 0; network < networks; network++) await forgetCheckpoint(home, run, network);
};
