/** Where a training run stands, as a file: enough to go on with the very steps that an unbroken run would make. */

import { createHash } from "node:crypto";
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
  /** The learning rate of its last step. */
  readonly lr: number;
  /** How many pictures the network was shown. */
  readonly pictures: number;
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

const format = "osteon-checkpoint-2";
const optimiserPrefix = "optimiser/";

/** The bytes of a checkpoint file: safetensors, the rest in its metadata, with a digest of all of it. */
export const encodeCheckpoint = ({ state, optimiserState, stepsDone, history }: Checkpoint): Uint8Array => {
  const slots = [...optimiserState].map(([name, tensor]) => [optimiserPrefix + name, tensor] as const);
  const tensors = new Map([...state, ...slots]);
  const course = JSON.stringify({ stepsDone, history } satisfies Course);
  return encodeSafetensors({ tensors, metadata: { format, course, sha256: digestOf(tensors, course) } });
};

/** @throws OsteonError `bad-input` when the bytes are of another format, cut short or changed anywhere */
export const decodeCheckpoint = (bytes: Uint8Array): Checkpoint => {
  const { tensors, metadata } = decodeSafetensors(bytes);
  const { course = "" } = metadata;
  if (metadata.format !== format) {
    throw new OsteonError("bad-input", "The file is no checkpoint of this version of Osteon.");
  }
  if (metadata.sha256 !== digestOf(tensors, course)) {
    throw new OsteonError("bad-input", "The checkpoint is damaged: its content is not what was written.");
  }
  const isOptimisers = (name: string): boolean => name.startsWith(optimiserPrefix);
  return {
    state: new Map([...tensors].filter(([name]) => !isOptimisers(name))),
    optimiserState: new Map(
      [...tensors]
        .filter(([name]) => isOptimisers(name))
        .map(([name, tensor]) => [name.slice(optimiserPrefix.length), tensor]),
    ),
    ...(JSON.parse(course) as Course), // the digest vouches that encodeCheckpoint wrote it
  };
};

type Course = Pick<Checkpoint, "stepsDone" | "history">;

/** Over every name, shape and value: a training gone on with from a changed weight would go wrong in silence. */
const digestOf = (tensors: StateDict, course: string): string => {
  const hash = createHash("sha256").update(course);
  for (const [name, { shape, data }] of tensors) {
    hash.update(JSON.stringify([name, shape])).update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  }
  return hash.digest("hex");
};
