/** A precedent index in memory that threads share: hundreds of megabytes of a large archive are there once. */

import type { PrecedentEntry, PrecedentIndex } from "./precedent-index.ts";
import { type HyperplaneSettings, RandomHyperplanes } from "./random-hyperplanes.ts";

/** What is sent to a thread; its arrays are shared and not copied. */
export interface SharedIndex {
  readonly modelId: string;
  readonly hyperplanes: HyperplaneSettings;
  readonly normals: Float32Array;
  readonly entries: readonly PrecedentEntry[];
  readonly directions: PrecedentIndex["directions"];
  readonly codes: PrecedentIndex["codes"];
}

/** The index for other threads. */
export const shareIndex = ({ modelId, hyperplanes, entries, directions, codes }: PrecedentIndex): SharedIndex => ({
  modelId,
  hyperplanes: hyperplanes.settings,
  normals: inSharedMemory(hyperplanes.normals, Float32Array),
  entries,
  directions: { ...directions, values: inSharedMemory(directions.values, Float32Array) },
  codes: { ...codes, values: inSharedMemory(codes.values, Uint32Array) },
});

/** The index that another thread shared. */
export const openSharedIndex = ({ hyperplanes, normals, ...rest }: SharedIndex): PrecedentIndex => ({
  ...rest,
  hyperplanes: new RandomHyperplanes(hyperplanes, normals),
});

const inSharedMemory = <Values extends Float32Array | Uint32Array>(
  values: Values,
  Kind: new (memory: SharedArrayBuffer) => Values,
): Values => {
  const shared = new Kind(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
};
