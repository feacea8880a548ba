/**
 * Cleans free text (PS3.15 section E.3.5). The rule is safe rather than kind: a stretch of text between spaces stays only when every
 * word in it is on the list of harmless words, is a vertebra (L5, Th12), or is a single digit that stands alone; and no stretch stays
 * that touches an identifier of the same file, however that is spelt or spaced. Text on no list goes, whatever it says.
 */
import { foldedWords, foldUmlauts, weightOf } from "./fold-text.ts";
import type { KnownIdentifiers } from "./known-identifiers.ts";

interface Stretch {
  readonly text: string;
  readonly words: readonly string[];
}

const vertebra = /^(c[1-7]|(th?|d)(1[0-2]|[1-9])|l[1-5]|s[1-5])$/;
const plain = /^[\p{L}\p{N}\p{M}.,;:()/+-]+$/u;

const stretchesOf = (text: string): Stretch[] =>
  text
    .split(/[\s\0^_=]+/)
    .filter((stretch) => stretch !== "")
    .map((stretch) => ({ text: stretch, words: foldedWords(stretch) }));

/** Which stretches a phrase touches when all of them are written without spaces. */
const touchedBy = (stretches: readonly Stretch[], phrases: ReadonlySet<string>): Set<number> => {
  const touched = new Set<number>();
  const starts: number[] = [];
  let all = "";
  for (const { words } of stretches) {
    starts.push(all.length);
    all += words.join("");
  }
  for (const phrase of phrases) {
    for (let at = all.indexOf(phrase); at >= 0; at = all.indexOf(phrase, at + 1)) {
      starts.forEach((start, i) => {
        const end = starts[i + 1] ?? all.length;
        if (start < at + phrase.length && end > at) touched.add(i);
      });
    }
  }
  return touched;
};

const isDigit = (stretch: Stretch | undefined): boolean => stretch !== undefined && /^\d/.test(stretch.words.join(""));

/**
 * The harmless part of a text.
 *
 * @param harmless folded words
 * @param identifiers none where a text that was cleaned is verified
 * @returns "" where nothing is left
 * @example
 * cleanText("Knie links Fr. Meier 2 Ebenen", harmlessWords, identifiers); // "Knie links 2 Ebenen"
 */
export const cleanText = (text: string, harmless: ReadonlySet<string>, identifiers?: KnownIdentifiers): string => {
  const stretches = stretchesOf(text);
  const touched = identifiers
    ? touchedBy(stretches, new Set([...identifiers.phrases, ...identifiers.places]))
    : new Set<number>();
  const isHarmless = (word: string): boolean =>
    (harmless.has(word) || vertebra.test(word)) && !identifiers?.names.has(word);
  const kept = stretches.filter(({ text: written, words }, i) => {
    if (touched.has(i) || words.length === 0 || !plain.test(written)) return false;
    if (/^\d$/.test(words.join(""))) return !isDigit(stretches[i - 1]) && !isDigit(stretches[i + 1]);
    return (
      words.every(isHarmless) && (foldUmlauts(written) === undefined || !identifiers?.names.has(foldUmlauts(written)!))
    );
  });
  // A digit whose neighbours went may stand beside another one now.
  return kept
    .filter((stretch, i) => !isDigit(stretch) || !isDigit(kept[i - 1]))
    .map(({ text: written }) => written)
    .join(" ");
};

/**
 * A value that the profile keeps, without the stretches that touch an identifier of a person; everything else stays.
 *
 * @returns the text itself where it names nobody
 * @example
 * sweepText("Meier knee", identifiers, harmlessWords); // "knee"
 */
export const sweepText = (text: string, identifiers: KnownIdentifiers, harmless: ReadonlySet<string>): string => {
  const stretches = stretchesOf(text);
  const touched = touchedBy(stretches, new Set([...identifiers.phrases].filter((phrase) => weightOf(phrase) >= 5)));
  const names = (word: string): boolean => weightOf(word) >= 3 && identifiers.names.has(word) && !harmless.has(word);
  const kept = stretches.filter(({ words }, i) => !touched.has(i) && !words.some(names));
  return kept.length === stretches.length ? text : kept.map(({ text: written }) => written).join(" ");
};
