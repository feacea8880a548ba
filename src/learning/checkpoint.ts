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
  /** What else a training carries from one epoch to the next. */
  readonly further?: StateDict;
}

const format = "osteon-checkpoint-2";
const optimiserPrefix = "optimiser/";
const furtherPrefix = "further/";

/** The bytes of a checkpoint file: safetensors, the rest in its metadata, with a digest of all of it. */
export const encodeCheckpoint = ({
  state,
  optimiserState,
  stepsDone,
  history,
  further = new Map(),
}: Checkpoint): Uint8Array => {
  const tensors = new Map([...state, ...named(optimiserPrefix, optimiserState), ...named(furtherPrefix, further)]);
  const course = JSON.stringify({ stepsDone, history } satisfies Course);
  return encodeSafetensors({ tensors, metadata: { format, course, sha256: digestOf(tensors, course) } });
};

const named = (prefix: string, tensors: StateDict): StateDict =>
  new Map([...tensors].map(([name, tensor]) => [prefix + name, tensor]));

const ofPrefix = (prefix: string, tensors: StateDict): StateDict =>
  new Map(
    [...tensors]
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, tensor]) => [name.slice(prefix.length), tensor]),
  );

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
  const further = ofPrefix(furtherPrefix, tensors);
  return {
    state: new Map(
      [...tensors].filter(([name]) => !name.startsWith(optimiserPrefix) && !name.startsWith(furtherPrefix)),
    ),
    optimiserState: ofPrefix(optimiserPrefix, tensors),
    ...(further.size > 0 ? { further } : {}),
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
