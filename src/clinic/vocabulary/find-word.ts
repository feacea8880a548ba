/** Finds the value of a closed list that a cell names. */
import type { WordEntry } from "./clinical-words.ts";
import { foldTerm } from "./fold-term.ts";

/** What was found; `name` where the cell holds the list's own word. */
export interface WordMatch<T extends string> {
  readonly value: T;
  readonly how: "name" | "synonym";
}

/** The list as a function of a cell's text. */
export const wordFinder = <T extends string>(
  entries: readonly WordEntry<T>[],
): ((text: string) => WordMatch<T> | undefined) => {
  const byKey = new Map<string, T>();
  for (const { value, en, de } of entries) {
    for (const key of [value, ...en, ...de].flatMap(foldTerm)) {
      const other = byKey.get(key);
      if (other !== undefined && other !== value)
        throw new Error(`The word ${key} stands for ${other} and for ${value}.`);
      byKey.set(key, value);
    }
  }
  return (text) => {
    const trimmed = text.trim();
    if (entries.some(({ value }) => value === trimmed)) return { value: trimmed as T, how: "name" };
    for (const key of foldTerm(trimmed)) {
      const value = byKey.get(key);
      if (value !== undefined) return { value, how: "synonym" };
    }
    return undefined;
  };
};
