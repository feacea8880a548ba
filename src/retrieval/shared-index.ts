/** A precedent index in memory that threads share: hundreds of megabytes of a large archive are there once. */

import { Hashing, type HashingParts } from "./hashing/hashing.ts";
import type { PrecedentEntry, PrecedentIndex } from "./precedent-index.ts";
import { CodeMemory, type SharedCodeMemory } from "./search/code-memory.ts";
import { CodeScanner } from "./search/code-scanner.ts";

/** What is sent to a thread; its arrays are shared and not copied. */
export interface SharedIndex {
  readonly modelId: string;
  readonly hashing: HashingParts;
  readonly entries: readonly PrecedentEntry[];
  readonly directions: PrecedentIndex["directions"];
  readonly codes: SharedCodeMemory;
}

/** The index for other threads. */
export const shareIndex = ({ modelId, hashing, entries, directions, codes }: PrecedentIndex): SharedIndex => ({
  modelId,
  hashing: { ...hashing.parts, normals: inSharedMemory(hashing.normals) },
  entries,
  directions: { ...directions, values: inSharedMemory(directions.values) },
  codes: CodeMemory.of(codes).share(),
});

/** The index that another thread shared. */
export const openSharedIndex = ({ hashing, codes, ...rest }: SharedIndex): PrecedentIndex => {
  const memory = CodeMemory.open(codes);
  return { ...rest, hashing: new Hashing(hashing), codes: memory.codes, scanner: new CodeScanner(memory) };
};

const inSharedMemory = (values: Float32Array): Float32Array => {
  const shared = new Float32Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
};
