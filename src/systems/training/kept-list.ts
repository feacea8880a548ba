/** What a run has done so far, as a list in one of its artefacts: kept while it runs, so that one that was broken off does nothing twice. */

import { OsteonError } from "../../errors.ts";
import type { Home } from "../../store/index.ts";

/** A list by its artefact's name, its format, and what its entries are called. */
export interface KeptListKind {
  readonly name: string;
  readonly format: string;
  readonly entries: string;
}

export const writeKeptList = (
  { files }: Pick<Home, "files">,
  run: string,
  { kind: { name, format, entries }, list }: { readonly kind: KeptListKind; readonly list: readonly unknown[] },
): Promise<void> => files.writeArtefact(run, name, JSON.stringify({ format, [entries]: list }));

/** Empty where there is none, or what is there cannot be read: it is done again. */
export const readKeptList = async <T>(
  { files }: Pick<Home, "files">,
  run: string,
  { name, format, entries }: KeptListKind,
): Promise<T[]> => {
  if (!(await files.hasArtefact(run, name))) return [];
  try {
    const read = JSON.parse(new TextDecoder().decode(await files.readArtefact(run, name))) as Record<string, unknown>;
    return read.format === format ? (read[entries] as T[]) : [];
  } catch (error) {
    if (error instanceof SyntaxError || (error instanceof OsteonError && error.code === "corrupt-store")) return [];
    throw error;
  }
};
