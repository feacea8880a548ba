/** After an import: the new radiographs sorted by region, where the atlas is trained. Whatever happens here, they are imported. */

import type { Home } from "../../store/index.ts";
import { sortAfterImport } from "../../systems/atlas/index.ts";
import { count, type OutputOptions, say } from "../output.ts";
import { startProgress } from "../progress.ts";

/** What the answer of an import says of it: nothing where there is nothing to sort by. */
export interface SortedPart {
  readonly sorted?: { readonly known: number; readonly unknown: number };
}

export const sortImported = async (
  home: Home,
  { signal, ...options }: OutputOptions & { readonly sort: boolean; readonly signal: AbortSignal },
): Promise<SortedPart> => {
  if (!options.sort) return {};
  const progress = startProgress("Sorting", options);
  const sorted = await sortAfterImport(home, {
    signal,
    now: () => new Date(),
    onProgress: progress.update,
  }).finally(() => progress.end());
  if (sorted === null) return {};
  if (sorted.problem !== null) {
    say(`The radiographs are imported, but not sorted by region: ${sorted.problem}`, options);
    return {};
  }
  const { known, unknown } = sorted;
  if (known + unknown > 0) say(`${count(known + unknown, "radiograph")} sorted, ${unknown} of no region.`, options);
  return { sorted: { known, unknown } };
};
