/** A precedent index in memory that threads share: hundreds of megabytes of a large archive are there once. */

import { Hashing, type HashingParts } from "./hashing/hashing.ts";
import type { PrecedentEntry, PrecedentIndex } from "./precedent-index.ts";

/** What is sent to a thread; its arrays are shared and not copied. */
export interface SharedIndex {
  readonly modelId: string;
  readonly hashing: HashingParts;
  readonly entries: readonly PrecedentEntry[];
  readonly directions: PrecedentIndex["directions"];
  readonly codes: PrecedentIndex["codes"];
}

/** The index for other threads. */
export const shareIndex = ({ modelId, hashing, entries, directions, codes }: PrecedentIndex): SharedIndex => ({
  modelId,
  hashing: { ...hashing.parts, normals: inSharedMemory(hashing.normals, Float32Array) },
  entries,
  directions: { ...directions, values: inSharedMemory(directions.values, Float32Array) },
  codes: { ...codes, values: inSharedMemory(codes.values, Uint32Array) },
});

/** The index that another thread shared. */
export const openSharedIndex = ({ hashing, ...rest }: SharedIndex): PrecedentIndex => ({
  ...rest,
  hashing: new Hashing(hashing),
});

const inSharedMemory = <Values extends Float32Array | Uint32Array>(
  values: Values,
  Kind: new (memory: SharedArrayBuffer) => Values,
): Values => {
  const shared = new Kind(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
};
