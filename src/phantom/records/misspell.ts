/** Slips of the finger that leave only one word that can be meant. */
import { editDistance } from "../../clinic/vocabulary/edit-distance.ts";
import { entityTerms } from "../../clinic/vocabulary/entities.ts";
import { foldTerm } from "../../clinic/vocabulary/fold-term.ts";
import { siteTerms } from "../../clinic/vocabulary/sites.ts";
import type { Random } from "../../numeric/random.ts";

interface Named {
  readonly name: string;
  readonly synonyms: { readonly en: readonly string[]; readonly de: readonly string[] };
}

const slip = (word: string, random: Random): string => {
  // the first and last letters are the ones that people get right
  const at = 2 + random.integer(word.length - 5);
  const before = word.slice(0, at);
  const letter = word[at]!;
  const after = word.slice(at + 1);
  switch (random.integer(4)) {
    case 0:
      return before + after;
    case 1:
      return `${before}${letter}${letter}${after}`;
    case 2:
      return `${before}${after[0]}${letter}${after.slice(1)}`;
    default:
      return before + random.pick([..."aeiourstnlm"]) + after;
  }
};

const folded = (terms: readonly Named[]): ReadonlyMap<Named, readonly string[]> =>
  new Map(terms.map((term) => [term, [term.name, ...term.synonyms.de, ...term.synonyms.en].flatMap(foldTerm)]));

const misspeller = (terms: readonly Named[]) => {
  const words = folded(terms);
  return (name: string, random: Random): string | undefined => {
    const term = terms.find((one) => one.name === name)!;
    const candidates = [term.name, ...term.synonyms.de.slice(0, 2)].filter((word) => /^[\p{Letter}-]{9,}$/u.test(word));
    if (candidates.length === 0) return undefined;
    for (let attempt = 0; attempt < 20; attempt++) {
      const text = slip(random.pick(candidates), random);
      const keys = foldTerm(text);
      const nearest = (list: readonly string[]): number =>
        Math.min(...list.flatMap((word) => keys.map((key) => editDistance(key, word, 3))));
      const own = nearest(words.get(term)!);
      const others = Math.min(...terms.filter((one) => one !== term).map((one) => nearest(words.get(one)!)));
      if (own === 1 && others > 3) return text;
    }
    return undefined;
  };
};

/** A misspelt name of an entity; undefined where its names are too short or too like others. */
export const misspellEntity = misspeller(entityTerms);

/** A misspelt name of a site. */
export const misspellSite = misspeller(siteTerms);
