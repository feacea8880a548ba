/** Where a training run stands, as a file: enough to go on with the very steps that an unbroken run would make. */

import { decodeSafetensors, encodeSafetensors } from "../engine/safetensors.ts";
import type { StateDict } from "../engine/tensor.ts";
import { OsteonError } from "../errors.ts";

/** What is told after each epoch. */
export interface EpochReport {
  /** Counted from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Mean over the epoch's batches. */
  readonly loss: number;
  /** Share of augmented training pictures named rightly, before each update. */
  readonly accuracy: number;
}

/** A run after a whole number of epochs. */
export interface Checkpoint {
  /** Parameters and buffers by name. */
  readonly state: StateDict;
  /** As `parameter:slot`. */
  readonly optimiserState: StateDict;
  readonly stepsDone: number;
  /** One report per epoch done. */
  readonly history: readonly EpochReport[];
}

const format = "osteon-checkpoint-1";
const optimiserPrefix = "optimiser/";

/** The bytes of a checkpoint file: safetensors, the rest in its metadata. */
export const encodeCheckpoint = ({ state, optimiserState, stepsDone, history }: Checkpoint): Uint8Array => {
  const slots = [...optimiserState].map(([name, tensor]) => [optimiserPrefix + name, tensor] as const);
  return encodeSafetensors({
    tensors: new Map([...state, ...slots]),
    metadata: { format, stepsDone: String(stepsDone), history: JSON.stringify(history) },
  });
};

/** @throws OsteonError `bad-input` when the bytes are cut short, damaged or of another format */
export const decodeCheckpoint = (bytes: Uint8Array): Checkpoint => {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const stepsDone = Number(metadata.stepsDone);
  const history = historyOf(metadata.history);
  if (metadata.format !== format || !Number.isSafeInteger(stepsDone) || history === undefined) {
    throw new OsteonError("bad-input", "The file is no checkpoint of this version of Osteon.");
  }
  const isOptimisers = (name: string): boolean => name.startsWith(optimiserPrefix);
  return {
    state: new Map([...tensors].filter(([name]) => !isOptimisers(name))),
    optimiserState: new Map(
      [...tensors]
        .filter(([name]) => isOptimisers(name))
        .map(([name, tensor]) => [name.slice(optimiserPrefix.length), tensor]),
    ),
    stepsDone,
    history,
  };
};

const historyOf = (text: string | undefined): EpochReport[] | undefined => {
  try {
    const history: unknown = JSON.parse(text ?? "");
    return Array.isArray(history) && history.length > 0 ? history : undefined;
  } catch {
    return undefined;
  }
};
