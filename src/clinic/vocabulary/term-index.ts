/** Finds the term that a cell means: by name, by synonym, or, where one term is clearly nearest, by a misspelling of them. */
import { editDistance } from "./edit-distance.ts";
import { foldTerm } from "./fold-term.ts";

/** What was found, and how. */
export interface TermMatch<T> {
  readonly term: T;
  /** `name`: as the vocabulary writes it, letter for letter; `misspelt`: the nearest term, and the only one so near. */
  readonly how: "name" | "synonym" | "misspelt";
}

/** A term with names. */
export interface NamedTerm {
  readonly name: string;
  readonly seedName?: string;
  readonly synonyms: { readonly en: readonly string[]; readonly de: readonly string[] };
}

/** All words that a term goes by. */
export const wordsOf = ({ name, seedName, synonyms }: NamedTerm): string[] => [
  name,
  ...(seedName === undefined ? [] : [seedName]),
  ...synonyms.en,
  ...synonyms.de,
];

/** Endings of German and English plurals and genitives. */
const endings = ["s", "e", "n", "es", "en", "er", "a"];
/** Abbreviations are a letter away from one another. */
const abbreviation = /^\p{Lu}[\p{Lu}\p{Number}]{1,5}$/u;
const mostCached = 10_000;

/**
 * The vocabulary as a function of text; answers are kept, for tables repeat themselves.
 *
 * @param shortestMisspelling letters of the shortest word that may be a misspelling: a shorter one is as likely another word
 */
export const termFinder = <T extends NamedTerm>(
  terms: readonly T[],
  { shortestMisspelling }: { readonly shortestMisspelling: number },
): ((text: string) => TermMatch<T> | undefined) => {
  const byKey = new Map<string, T>();
  for (const term of terms) {
    for (const key of wordsOf(term).flatMap(foldTerm)) {
      const other = byKey.get(key);
      if (other !== undefined && other !== term) {
        throw new Error(`The word ${key} stands for ${other.name} and for ${term.name}.`);
      }
      byKey.set(key, term);
    }
  }
  const names = new Set(terms.map(({ name }) => name));
  const keys = terms.flatMap((term) =>
    wordsOf(term)
      .filter((word) => !abbreviation.test(word))
      .flatMap(foldTerm)
      .filter((key) => key.length >= shortestMisspelling)
      .map((key) => [key, term] as const),
  );
  const cache = new Map<string, TermMatch<T> | undefined>();

  const exact = (text: string): T | undefined => {
    for (const key of foldTerm(text)) {
      const term = byKey.get(key);
      if (term !== undefined) return term;
      for (const ending of endings) {
        const stem = key.length > 6 && key.endsWith(ending) ? byKey.get(key.slice(0, -ending.length)) : undefined;
        if (stem !== undefined) return stem;
      }
    }
    return undefined;
  };

  const nearest = (text: string): T | undefined => {
    let best: { readonly term: T; readonly distance: number } | undefined;
    let unclear = false;
    for (const key of foldTerm(text)) {
      if (key.length < shortestMisspelling) continue;
      const most = key.length < 9 ? 1 : 2;
      for (const [known, term] of keys) {
        const distance = editDistance(key, known, most);
        if (distance > most || (best !== undefined && distance > best.distance)) continue;
        if (best !== undefined && distance === best.distance) {
          unclear ||= best.term !== term;
          continue;
        }
        best = { term, distance };
        unclear = false;
      }
    }
    return unclear ? undefined : best?.term;
  };

  const find = (text: string): TermMatch<T> | undefined => {
    const trimmed = text.trim();
    if (names.has(trimmed)) return { term: byKey.get(foldTerm(trimmed)[0]!)!, how: "name" };
    const readings = readingsOf(trimmed);
    for (const reading of readings) {
      const term = exact(reading);
      if (term !== undefined) return { term, how: "synonym" };
    }
    for (const reading of readings) {
      const term = nearest(reading);
      if (term !== undefined) return { term, how: "misspelt" };
    }
    return undefined;
  };

  return (text) => {
    // A cell longer than any term is prose; to compare it with every term would take long.
    if (text.length > 120) return undefined;
    if (cache.has(text)) return cache.get(text);
    const match = find(text);
    if (cache.size >= mostCached) cache.clear();
    cache.set(text, match);
    return match;
  };
};

/** The text, then what it says with its commas turned round or its brackets left out: "chondromatosis, synovial". */
const readingsOf = (text: string): string[] => {
  const readings = [text];
  const turned = /^([^,]+),\s*([^,]+)$/.exec(text);
  if (turned !== null) readings.push(`${turned[2]} ${turned[1]}`);
  const bare = text.replace(/\s*[([][^)\]]*[)\]]\s*/g, " ").trim();
  if (bare !== "" && bare !== text) readings.push(bare);
  return readings;
};
