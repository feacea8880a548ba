/** Damaged DICOM files and tables through the readers that an import uses: each must be read, or refused with a reason. */

import { writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { OsteonError } from "../../src/errors.ts";
import { Random } from "../../src/numeric/random.ts";
import { openTable, proposeTableMapping, RadiographReader, readBatches } from "../../src/systems/cohort/index.ts";
import { mutateBytes, mutations } from "./mutate-bytes.ts";

/** What became of damaged files. */
export interface FuzzResult {
  readonly files: number;
  readonly read: number;
  readonly setAside: number;
  /** Refused without a sentence, or by an error that nobody foresaw. */
  readonly crashed: readonly string[];
  /** The longest that a file took, in milliseconds. */
  readonly slowestMs: number;
}

/** A file to be damaged. */
export interface FuzzSource {
  readonly name: string;
  readonly bytes: Uint8Array;
}

interface FuzzOptions {
  readonly count: number;
  readonly seed: number;
}

const mostMs = 10_000;

/** Damages DICOM files and reads each as an import does, two at once. */
export const fuzzRadiographs = async (
  sources: readonly FuzzSource[],
  { count, seed }: FuzzOptions,
): Promise<FuzzResult> => {
  const reader = new RadiographReader({ timeoutMs: mostMs });
  const result = { files: 0, read: 0, setAside: 0, crashed: [] as string[], slowestMs: 0 };
  try {
    const one = async (i: number): Promise<void> => {
      const random = new Random(seed, "fuzz-radiographs", i);
      const source = sources[i % sources.length]!;
      const mutation = random.pick(mutations);
      const bytes = mutateBytes(source.bytes, mutation, random);
      const start = performance.now();
      const outcome = await reader.readBytes(bytes);
      result.slowestMs = Math.max(result.slowestMs, performance.now() - start);
      result.files++;
      if (outcome.ok) result.read++;
      else if (outcome.reason.detail === "" || ["timed-out", "decoder-crashed"].includes(outcome.reason.code)) {
        result.crashed.push(`${source.name}, ${mutation}, ${i}: ${outcome.reason.code}`);
      } else result.setAside++;
    };
    for (let i = 0; i < count; i += 2) await Promise.all([one(i), ...(i + 1 < count ? [one(i + 1)] : [])]);
    return result;
  } finally {
    await reader.close();
  }
};

/** Damages tables and reads each to its end, with the mapping that is proposed for it. */
export const fuzzTables = async (
  sources: readonly FuzzSource[],
  { count, seed, folder }: FuzzOptions & { readonly folder: string },
): Promise<FuzzResult> => {
  const result = { files: 0, read: 0, setAside: 0, crashed: [] as string[], slowestMs: 0 };
  for (let i = 0; i < count; i++) {
    const random = new Random(seed, "fuzz-tables", i);
    const source = sources[i % sources.length]!;
    const mutation = random.pick(mutations);
    const path = join(folder, `table${extname(source.name)}`);
    await writeFile(path, mutateBytes(source.bytes, mutation, random));
    const start = performance.now();
    result.files++;
    try {
      const mapping = await proposeTableMapping(path, { asOf: "2026-01-01" });
      for await (const batch of readBatches(await openTable(path), { mapping, asOf: "2026-01-01" })) void batch;
      result.read++;
    } catch (error) {
      if (error instanceof OsteonError && error.message !== "") result.setAside++;
      else result.crashed.push(`${source.name}, ${mutation}, ${i}: ${error instanceof Error ? error.message : error}`);
    }
    const ms = performance.now() - start;
    result.slowestMs = Math.max(result.slowestMs, ms);
    if (ms > mostMs) result.crashed.push(`${source.name}, ${mutation}, ${i}: took ${Math.round(ms)} ms`);
  }
  return result;
};
